import { EmptyState } from "@/components/empty-state";
import type { Listing, View } from "@/lib/directory/listing";
import { ClearFilters, isNarrowed } from "./filters";

const emptyViews: Record<View, string> = {
  all: "Nobody is here yet.",
  active: "Nobody is active.",
  pending: "Nobody is invited at the moment. Invites appear here until they are accepted, declined or revoked.",
  inactive: "Nobody is inactive. People whose access you take away appear here, and can be given it back.",
  history: "No invite has ended yet. Accepted, declined and revoked ones stay here.",
};

/** What stands where the list would be when it is empty. */
export const Nobody = ({ listing }: { listing: Listing }) => {
  if (!isNarrowed(listing)) return <EmptyState>{emptyViews[listing.view]}</EmptyState>;
  return (
    <EmptyState actions={<ClearFilters listing={listing} />}>
      <p className="wrap-anywhere">{listing.q ? `No users match "${listing.q}".` : "No users match this group."}</p>
    </EmptyState>
  );
};
