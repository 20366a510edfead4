import { EmptyState } from "@/components/empty-state";
import { WidePage } from "@/components/page";
import { memberPage } from "../gated-page";
import { NoAccessYet } from "../no-access-yet";
import { titled } from "../signed-in";

export const generateMetadata = titled("Domains");

export default memberPage("/domains", async (actor) => (
  <WidePage title="Domains">
    {actor.rights.has("domains.read") ? (
      <EmptyState title="No domains yet">
        <p>
          Domains are named areas of your business that gather what belongs together from your sources. This version
          can't make any yet.
        </p>
      </EmptyState>
    ) : (
      <NoAccessYet actor={actor} things="domains" />
    )}
  </WidePage>
));
