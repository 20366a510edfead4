import { Notice } from "@/components/notice";
import { Time } from "@/components/time";
import type { Actor } from "@/lib/access/actor";
import { mailStanding } from "@/lib/outbox/flow";
import { retryHours } from "@/lib/outbox/rules";
import { LinksOnly } from "./invite/links-only";

/** Of a pause: what becomes of the mail that waits. */
export const onceItIsOver = `What waits goes out by itself once the provider takes mail again, except what has expired by then or was first tried more than ${retryHours} hours before.`;

/**
 * Said where invites are made and watched, as long as mail doesn't leave. What the provider says of us stands here for
 * owners alone: they know whom to pass it on to.
 */
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
            Mail has been waiting since <Time at={mail.since} />, because the mail provider refuses this server.{" "}
            {onceItIsOver}
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
