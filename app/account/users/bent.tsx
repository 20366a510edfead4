import { Notice } from "@/components/notice";
import type { Bent, Listing } from "@/lib/directory/listing";
import { sortsOf } from "./columns";
import { viewNames } from "./filters";

/** What is said of an address that could not be read whole: the list is shown as if those parts were not there. */
export const BentAddress = ({ bent, listing }: { bent: readonly Bent[]; listing: Listing }) =>
  bent.length > 0 && (
    <Notice tone="warning">
      {bent.map((part) => (
        <p key={part}>{wordsFor(listing)[part]}</p>
      ))}
    </Notice>
  );

const wordsFor = (listing: Listing): Record<Bent, string> => ({
  status: `There is no view like that; showing ${viewNames[listing.view]}.`,
  group: "There is no group like that; showing everyone.",
  q: "That is more than can be searched for; only the first 200 characters count.",
  sort: `There is no order like that; sorted by ${orderOf(listing)}.`,
  page: "There is no such place in the list; showing its first page.",
});

const orderOf = (listing: Listing): string =>
  sortsOf(listing)
    .find(({ key }) => key === listing.sort.key)
    ?.label.toLowerCase() ?? listing.sort.key;
