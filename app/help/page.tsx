import { WidePage } from "@/components/page";
import { personalPage } from "../gated-page";
import { titled } from "../signed-in";
import { answersFor } from "./answers";

export const generateMetadata = titled("Help");

/** What the button Help opens, as a page: for those without script, and for whoever wants to keep it beside their work. */
export default personalPage("/help", async (person) => (
  <WidePage title="Help">
    <div className="max-w-[40rem]">{await answersFor(person, { open: true })}</div>
  </WidePage>
));
