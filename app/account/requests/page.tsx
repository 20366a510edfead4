import type { Metadata } from "next";
import { DataTable } from "@/components/data-table";
import { EmptyState } from "@/components/empty-state";
import { Outcome } from "@/components/outcome";
import { WidePage } from "@/components/page";
import { PageLinks } from "@/components/page-links";
import { type Paging, pageAddress, readPaging } from "@/lib/paging";
import { listDecided, listWaiting, readRequest } from "@/lib/requests/queries";
import { gatedPage } from "../../gated-page";
import { decidedColumns, waitingColumns } from "./columns";
import { wordsForDecision } from "./words";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export const metadata: Metadata = { title: "Access requests" };

/** Who asks for access, whoever has waited longest first, and what was answered before. */
export default gatedPage("groups.edit", "/account/requests", async (granted, { searchParams }: Props) => {
  const asked = await searchParams;
  const waiting = await listWaiting(granted, readPaging(asked, "_waiting"));
  const decided = await listDecided(granted, readPaging(asked, "_decided"));
  const last = typeof asked.after === "string" ? await readRequest(granted, asked.after) : null;
  return (
    <WidePage
      title="Access requests"
      lead="Members who would like to see more. Whoever may change groups decides: by choosing groups for them, or by refusing."
    >
      <Outcome after={last && wordsForDecision(last)} />
      {waiting.rows.length > 0 ? (
        <DataTable
          caption="Waiting for an answer"
          showCaption
          columns={waitingColumns(granted.actor)}
          rows={waiting.rows}
          keyOf={({ id }) => id}
        />
      ) : (
        <EmptyState title="Nobody is waiting">
          <p>
            Whoever sees nothing yet, or misses something, can press Request access. Until somebody decides, the request
            appears here.
          </p>
        </EmptyState>
      )}
      <PageLinks
        previous={waiting.previous && addressOf(waiting.previous, "_waiting")}
        next={waiting.next && addressOf(waiting.next, "_waiting")}
      />
      {decided.rows.length > 0 && (
        <div id="decided" className="space-y-4">
          <DataTable
            caption="Decided"
            showCaption
            columns={decidedColumns(granted.actor)}
            rows={decided.rows}
            keyOf={({ id }) => id}
          />
          <PageLinks
            previous={decided.previous && `${addressOf(decided.previous, "_decided")}#decided`}
            next={decided.next && `${addressOf(decided.next, "_decided")}#decided`}
          />
        </div>
      )}
    </WidePage>
  );
});

const addressOf = (page: Paging["page"], of: string) => pageAddress("/account/requests", { page }, of);
