import type { Metadata } from "next";
import { DataTable } from "@/components/data-table";
import { EmptyState } from "@/components/empty-state";
import { Outcome } from "@/components/outcome";
import { WidePage } from "@/components/page";
import { PageLinks } from "@/components/page-links";
import { listDecided, listWaiting, readRequest } from "@/lib/requests/queries";
import { gatedPage } from "../../gated-page";
import { decidedColumns, waitingColumns } from "./columns";
import { wordsForDecision } from "./words";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export const metadata: Metadata = { title: "Access requests" };

/** Who asks for access, whoever has waited longest first, and what was answered before. */
export default gatedPage("groups.edit", "/account/requests", async (granted, { searchParams }: Props) => {
  const asked = await searchParams;
  const [after, waitingAfter, decidedAfter] = [textOf(asked.after), textOf(asked.waiting), textOf(asked.decided)];
  const waiting = await listWaiting(granted, waitingAfter);
  const decided = await listDecided(granted, decidedAfter);
  const last = after ? await readRequest(granted, after) : null;
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
        <EmptyState title={waitingAfter ? "Nobody else is waiting" : "Nobody is waiting"}>
          <p>
            Whoever sees nothing yet, or misses something, can press Request access. Until somebody decides, the request
            appears here.
          </p>
        </EmptyState>
      )}
      <PageLinks
        previous={waitingAfter ? "/account/requests" : null}
        next={waiting.next && `/account/requests?waiting=${waiting.next}`}
      />
      {(decided.rows.length > 0 || decidedAfter) && (
        <div id="decided" className="space-y-4">
          <DataTable
            caption="Decided"
            showCaption
            columns={decidedColumns(granted.actor)}
            rows={decided.rows}
            keyOf={({ id }) => id}
          />
          <PageLinks
            previous={decidedAfter ? "/account/requests#decided" : null}
            next={decided.next && `/account/requests?decided=${decided.next}#decided`}
          />
        </div>
      )}
    </WidePage>
  );
});

const textOf = (value: string | string[] | undefined) => (typeof value === "string" ? value : undefined);
