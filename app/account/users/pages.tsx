import { ButtonLink } from "@/components/button";
import { addressOf, type Listing } from "@/lib/directory/listing";
import type { Page } from "@/lib/directory/queries";

/** The ways to the pages before and after this one, where there are any. */
export const Pages = ({ listing, page: { previous, next } }: { listing: Listing; page: Page }) =>
  (previous || next) && (
    <nav aria-label="Pages" className="flex flex-wrap gap-3">
      {previous && <ButtonLink href={addressOf("/account/users", { ...listing, page: previous })}>Previous</ButtonLink>}
      {next && <ButtonLink href={addressOf("/account/users", { ...listing, page: next })}>Next</ButtonLink>}
    </nav>
  );
