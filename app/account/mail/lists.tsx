import { DataTable } from "@/components/data-table";
import { EmptyState } from "@/components/empty-state";
import { Section } from "@/components/page";
import { PageLinks } from "@/components/page-links";
import { AnyOf } from "@/components/people";
import type { Actor } from "@/lib/access/actor";
import { listedDays, mostLookedThrough, type UndeliveredMail } from "@/lib/directory/undelivered";
import { readOwners } from "@/lib/members/queries";
import { type Page, pageAddress } from "@/lib/paging";
import type { Suppression } from "@/lib/suppressions/queries";
import { suppressionColumns, undeliveredColumns } from "./columns";

/** What didn't arrive, and why. */
export const Undelivered = ({ rows, more, actor }: UndeliveredMail & { actor: Actor }) => (
  <Section
    id="undelivered"
    title="Mail that didn't arrive"
    lead={
      (rows.length > 0 || more) &&
      `Mail of an invite stands here until the invite is sent again or ended, any other for ${listedDays} days.${more ? " These are the newest: what became of older mail stands on the page of its invite." : ""}`
    }
  >
    {rows.length > 0 ? (
      <DataTable
        caption="Mail that didn't arrive, the newest first"
        columns={undeliveredColumns(actor)}
        rows={rows}
        keyOf={({ mail }) => mail.id}
      />
    ) : (
      <EmptyState>
        <p>
          {more
            ? `Of the newest ${mostLookedThrough.toLocaleString("en")} that didn't arrive none needs anybody any more.`
            : "Nothing is known to have failed. Mail that bounces, fails or is marked as spam appears here, with why."}
        </p>
      </EmptyState>
    )}
  </Section>
);

/** Which addresses are spared, and how an owner lifts that, or who the owners are. */
export const SuppressedAddresses = async ({ rows, previous, next, actor }: Page<Suppression> & { actor: Actor }) => (
  <Section
    id="suppressed"
    title="Addresses we no longer mail"
    lead="Mail to them bounced for good or was marked as spam. More of it would make all your mail look like spam, so none is sent to them. Codes and password resets still are."
  >
    {rows.length > 0 ? (
      <DataTable
        caption="Addresses we no longer mail"
        columns={suppressionColumns(actor.owner)}
        rows={rows}
        keyOf={({ id }) => id}
      />
    ) : (
      <EmptyState>
        <p>None at the moment.</p>
      </EmptyState>
    )}
    <PageLinks
      previous={previous && pageAddress("/account/mail", { page: previous })}
      next={next && pageAddress("/account/mail", { page: next })}
    />
    {!actor.owner && rows.length > 0 && (
      <p className="text-quiet">
        An owner can lift this once an address works again. Ask <AnyOf people={await readOwners(actor)} />.
      </p>
    )}
  </Section>
);
