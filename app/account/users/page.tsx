import type { Metadata } from "next";
import { ButtonLink } from "@/components/button";
import { DataTable } from "@/components/data-table";
import { EmptyState } from "@/components/empty-state";
import { Fresh } from "@/components/fresh";
import { WidePage } from "@/components/page";
import { PageLinks } from "@/components/page-links";
import { addressOf, bentIn, type Listing, type Params, readListing } from "@/lib/directory/listing";
import { countViews, listDirectory, readGroupNames } from "@/lib/directory/queries";
import { gatedPage } from "../../gated-page";
import { BentAddress } from "./bent";
import { columnsOf } from "./columns";
import { isOnItsWay } from "./delivery";
import { Filters, Views, viewNames } from "./filters";
import { MailStanding } from "./mail-standing";
import { Nobody } from "./nobody";
import { RowActions } from "./row-actions";

type Props = { searchParams: Promise<Params> };

export const generateMetadata = async ({ searchParams }: Props): Promise<Metadata> => {
  const { view } = readListing(await searchParams);
  return { title: view === "all" ? "User Management" : `${viewNames[view]} – User Management` };
};

/** Who is in the organization, and who has been asked to be. */
export default gatedPage("access.read", "/account/users", async (granted, { searchParams }: Props) => {
  const asked = await searchParams;
  const read = readListing(asked);
  const groups = await readGroupNames(granted);
  const bent = bentIn(
    asked,
    read,
    groups.map(({ id }) => id),
  );
  const listing = bent.includes("group") ? { ...read, group: null } : read;
  const [page, counts] = await Promise.all([listDirectory(granted, listing), countViews(granted)]);
  const to = (beside: Listing["page"]) => beside && addressOf("/account/users", { ...listing, page: beside });
  const { actor } = granted;
  const mayInvite = actor.rights.has("access.create");
  const invite = (
    <ButtonLink href={addressOf("/account/users/invite", listing)} tone="main">
      Invite Users
    </ButtonLink>
  );
  return (
    <WidePage title="User Management" actions={mayInvite && invite}>
      <Fresh
        from="/account/users/changes"
        soon={page.rows.some((row) => row.kind === "invitation" && isOnItsWay(row.mail))}
      />
      <div className="space-y-4">
        <MailStanding actor={actor} />
        <Views listing={listing} counts={counts} />
        <Filters listing={listing} groups={groups} found={page.rows.length > 0} />
        <BentAddress bent={bent} listing={listing} />
        <RowActions organization={granted.organizationId}>
          {page.rows.length > 0 ? (
            <DataTable
              caption={`${viewNames[listing.view]}: users and invites`}
              columns={columnsOf(actor, listing)}
              rows={page.rows}
              keyOf={({ id }) => id}
            />
          ) : (
            <Nobody listing={listing} />
          )}
        </RowActions>
        <PageLinks previous={to(page.previous)} next={to(page.next)} />
      </div>
      {listing.view === "all" && counts.all === 1 && (
        <EmptyState>
          <p>
            It's just you so far.{" "}
            {mayInvite && <a href={addressOf("/account/users/invite", listing)}>Invite people to your organization.</a>}
          </p>
        </EmptyState>
      )}
    </WidePage>
  );
});
