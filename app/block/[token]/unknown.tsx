import { answerWith } from "@/lib/http/exchange";
import { End } from "../../join/[token]/card";
import { ToStart } from "../../join/[token]/ends";

/** For a link that stops nothing: damaged, made up, or not from a mail. They all get the same answer. */
export const Unknown = () => {
  answerWith(404);
  return (
    <End
      title="This link can't stop invitations"
      next={<ToStart />}
      small="An invitation that nobody answers ends by itself."
    >
      Nothing has been stopped. Check that the whole link was copied, or open it from the mail again.
    </End>
  );
};
