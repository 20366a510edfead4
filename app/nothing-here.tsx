import { ButtonLink } from "@/components/button";
import { QuietPage } from "@/components/page";
import { answerWith } from "@/lib/http/exchange";
import { NotSent } from "./you-typed";

/** The page for an address that leads nowhere, or to something this person may not know of: 404, in words. */
export const NothingHere = () => {
  answerWith(404);
  return (
    <QuietPage
      title="There is nothing here"
      lead="The address may be mistyped or cut short, or what stood here is gone. If you followed a link, check that all of it was copied."
    >
      <NotSent />
      <ButtonLink href="/" tone="main" wide>
        Go to the start page
      </ButtonLink>
    </QuietPage>
  );
};
