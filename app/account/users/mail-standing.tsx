import { Notice } from "@/components/notice";
import { Time } from "@/components/time";
import type { Actor } from "@/lib/access/actor";
import { mailStanding } from "@/lib/outbox/flow";
import { LinksOnly } from "./invite/links-only";

/** Said where invites are made and watched, as long as mail doesn't leave. What the provider says of us stands here for owners, who can mend it. */
export const MailStanding = async ({ actor }: { actor: Actor }) => {
  const mail = await mailStanding();
  switch (mail.kind) {
    case "on":
      return null;
    case "off":
      return <LinksOnly />;
    case "paused":
      return (
        <Notice tone="warning">
          <p>
            Mail has been waiting since <Time at={mail.since} />, because the mail provider refuses this server. Nothing
            is lost: what waits goes out as soon as it is let in again.
          </p>
          {actor.owner && (
            <p className="wrap-anywhere">
              The provider says: <q>{mail.reason}</q>. Whoever runs this server can mend that.
            </p>
          )}
        </Notice>
      );
  }
};
