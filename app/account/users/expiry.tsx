import { Badge } from "@/components/badge";
import { Time, whenIn } from "@/components/time";
import type { Actor } from "@/lib/access/actor";
import type { InvitationRow } from "@/lib/directory/queries";
import { whyNotAgain } from "@/lib/directory/rules";
import { sentEnough, wordsFor } from "@/lib/messages";
import { PressForm } from "./press-button";
import { InvitationStatus } from "./status";
import type { Subject } from "./verbs";

const day = 24 * 3600_000;

/** When an invitation runs out: the last 24 hours stand out, and one that has run out can be sent again on the spot. */
export const Expiry = async ({ actor, row, about }: { actor: Actor; row: InvitationRow; about: Subject }) => {
  const never = whyNotAgain(actor, row);
  if (row.state === "expired")
    return (
      <div className="flex flex-wrap items-center gap-2">
        <InvitationStatus state="expired" />
        {about.verbs.includes("resend") && <PressForm about={about} verb="resend" />}
        {never && (
          <span className="text-sm text-quiet">{never.code === "sent-enough" ? sentEnough : wordsFor(never)}</span>
        )}
      </div>
    );
  if (row.expiresAt.getTime() - Date.now() < day)
    return (
      <span className="inline-flex flex-wrap items-center gap-1">
        <Badge tone="warning" icon="warning">
          Expires {(await isToday(row.expiresAt)) ? "today" : "tomorrow"}
        </Badge>
        <Time at={row.expiresAt} />
      </span>
    );
  return <Time at={row.expiresAt} relative date />;
};

/** Whether a moment is of today, where the viewer is. */
const isToday = async (at: Date): Promise<boolean> =>
  (await whenIn(at, { date: true })) === (await whenIn(new Date(), { date: true }));
