import { ButtonLink } from "@/components/button";
import { EmptyState } from "@/components/empty-state";
import { WidePage } from "@/components/page";
import { memberPage } from "../gated-page";
import { JustJoined } from "../just-joined";
import { NoAccessYet } from "../no-access-yet";
import { titled } from "../signed-in";

export const generateMetadata = titled("Sources");

export default memberPage("/sources", async (actor, { searchParams }: PageProps<"/sources">) => (
  <WidePage title="Sources">
    <JustJoined actor={actor} asked={"joined" in (await searchParams)} />
    {actor.rights.has("sources.read") ? (
      <NoSources mayInvite={actor.rights.has("access.create")} />
    ) : (
      <NoAccessYet actor={actor} things="sources" />
    )}
  </WidePage>
));

const NoSources = ({ mayInvite }: { mayInvite: boolean }) => (
  <EmptyState
    title="No sources yet"
    actions={
      mayInvite && (
        <ButtonLink href="/account/users/invite" tone="main">
          Invite Users
        </ButtonLink>
      )
    }
  >
    <p>
      Sources are the databases your organization connects, so that people can find what is in them. This version can't
      connect any yet{mayInvite ? ". Until it can, invite the people who will use them." : "."}
    </p>
  </EmptyState>
);
