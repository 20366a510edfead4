import type { Metadata } from "next";
import { DataTable } from "@/components/data-table";
import { EmptyState } from "@/components/empty-state";
import { Outcome } from "@/components/outcome";
import { Section, WidePage } from "@/components/page";
import { PageLinks } from "@/components/page-links";
import { AnyOf } from "@/components/people";
import { listUndelivered, mostUndelivered } from "@/lib/directory/undelivered";
import { readOwners } from "@/lib/members/queries";
import { pageAddress, readPaging } from "@/lib/paging";
import { listSuppressions, readSuppression } from "@/lib/suppressions/queries";
import { gatedPage } from "../../gated-page";
import { Arrangement } from "./arrangement";
import { suppressionColumns, undeliveredColumns } from "./columns";
import { Lift } from "./lift";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export const metadata: Metadata = { title: "Mail" };

/** Whether mail leaves, what of it didn't arrive, and which addresses are spared because it bounced there. */
export default gatedPage("access.read", "/account/mail", async (granted, { searchParams }: Props) => {
  const { actor } = granted;
  const asked = await searchParams;
  const paging = readPaging(asked);
  const [undelivered, suppressed] = [await listUndelivered(granted), await listSuppressions(granted, paging)];
  const wanted = actor.owner ? await readSuppression(granted, textOf(asked.lift)) : null;
  const lifted = await readSuppression(granted, textOf(asked.lifted));
  return (
    <WidePage
      title="Mail"
      lead="What became of the mail your organization sends, and which addresses it no longer goes to."
    >
      <Outcome
        after={lifted?.lifted && `Mail of your organization goes to ${lifted.email} again. Nothing was sent by this.`}
      />
      {wanted && !wanted.lifted && <Lift suppression={wanted} organization={actor.organizationId} />}
      <Arrangement actor={actor} />
      <Section
        id="undelivered"
        title="Mail that didn't arrive"
        lead={undelivered.length === mostUndelivered ? `The newest ${mostUndelivered}.` : undefined}
      >
        {undelivered.length > 0 ? (
          <DataTable
            caption="Mail that didn't arrive, the newest first"
            columns={undeliveredColumns}
            rows={undelivered}
            keyOf={({ mail }) => mail.id}
          />
        ) : (
          <EmptyState>
            <p>Nothing is known to have failed. Mail that bounces, fails or is marked as spam stands here, with why.</p>
          </EmptyState>
        )}
      </Section>
      <Section
        id="suppressed"
        title="Addresses without mail"
        lead="Mail to them bounced for good or was marked as spam. More of it would make all your mail look like spam, so none is sent to them. Codes and password resets still are."
      >
        {suppressed.rows.length > 0 ? (
          <DataTable
            caption="Addresses without mail"
            columns={suppressionColumns(actor.owner)}
            rows={suppressed.rows}
            keyOf={({ id }) => id}
          />
        ) : (
          <EmptyState>
            <p>Mail goes to every address.</p>
          </EmptyState>
        )}
        <PageLinks
          previous={suppressed.previous && pageAddress("/account/mail", { page: suppressed.previous })}
          next={suppressed.next && pageAddress("/account/mail", { page: suppressed.next })}
        />
        {!actor.owner && suppressed.rows.length > 0 && (
          <p className="text-quiet">
            An owner can lift this once an address works again. Ask <AnyOf people={await readOwners(actor)} />.
          </p>
        )}
      </Section>
    </WidePage>
  );
});

const textOf = (value: string | string[] | undefined) => (typeof value === "string" ? value : "");
