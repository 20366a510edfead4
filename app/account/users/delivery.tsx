import { Badge } from "@/components/badge";
import { Time } from "@/components/time";
import type { MailShown } from "@/lib/directory/mail";
import type { InvitationRow } from "@/lib/directory/queries";
import { isOpen } from "@/lib/invitations/rules";
import { PressForm } from "./press-button";
import type { Subject } from "./verbs";
import { othersCorrect } from "./words";

type State = MailShown["state"];

const words: Record<State, string> = {
  queued: "Waiting to be sent",
  sending: "Being sent",
  sent: "Sent",
  delivered: "Delivered",
  delayed: "Delayed",
  bounced: "Bounced",
  complained: "Marked as spam",
  failed: "Failed",
  suppressed: "Suppressed",
  cancelled: "Cancelled",
  unknown: "Unknown",
};
const wrong: ReadonlySet<State> = new Set(["bounced", "complained", "failed", "suppressed", "unknown"]);
/** What can be said of a mail only after the provider took it: its last try was no mere try. */
const taken: ReadonlySet<State> = new Set(["delivered", "delayed", "bounced", "complained"]);

/**
 * What is known of one mail, and nothing more: sent is not delivered. What went wrong says why, what waits until when.
 * `whole`: also in a list the reason stands there whole, for its row leads to no page that has it.
 */
export const Delivery = ({ mail: { state, reason, lastTryAt, nextTryAt }, whole = false }: DeliveryProps) => (
  <>
    {wrong.has(state) ? (
      <Badge tone="danger" icon="danger">
        {words[state]}
      </Badge>
    ) : (
      words[state]
    )}
    {reason && (
      // A server's words can be a page long. In a list of invites they are cut, and stand whole on the invite's own page.
      <span
        title={whole ? undefined : reason}
        className={`block text-sm text-quiet wrap-anywhere @min-[56rem]:min-w-36 ${whole ? "" : "in-[td]:line-clamp-3"}`}
      >
        {reason}
      </span>
    )}
    {lastTryAt && (
      <span className="block text-sm text-quiet">
        {state !== "sent" && (taken.has(state) ? "Sent " : "Last try ")}
        <Time at={lastTryAt} relative date />
      </span>
    )}
    {nextTryAt && (
      <span className="block text-sm text-quiet">
        Next try <Time at={nextTryAt} relative />
      </span>
    )}
  </>
);

type DeliveryProps = { mail: MailShown; whole?: boolean };

/**
 * What is known of the newest mail of an invitation, if it had one, and, where its menu is, how what went wrong is mended;
 * on the invite's own page a button corrects the address, so that no link has to.
 */
export const InvitationDelivery = ({ row, about, own }: { row: InvitationRow; about?: Subject; own?: boolean }) => {
  if (row.linkOnly) return "Link only";
  if (!row.mail) return "Unknown";
  return (
    <>
      {row.mail.kind === "reminder" && "Reminder: "}
      <Delivery mail={row.mail} />
      {about && isOpen(row.state) && <Mend state={row.mail.state} about={about} own={own} />}
    </>
  );
};

/** The same where there is no column for it: of every invite that waits for its answer, and of mail that went wrong. */
export const DeliveryBelow = ({ row, about }: { row: InvitationRow; about: Subject }) =>
  (row.state === "pending" || (row.state === "expired" && row.mail && wrong.has(row.mail.state))) && (
    <div className="mt-1 text-sm">
      <InvitationDelivery row={row} about={about} />
    </div>
  );

/** What the address may be to blame for. */
const addressed: ReadonlySet<State> = new Set(["bounced", "failed", "suppressed"]);

/** What to do about a mail, naming a press only to those who are offered it. */
export const adviceFor = (state: State, { verbs }: Pick<Subject, "verbs">): string | null => {
  const again = verbs.includes("resend");
  if (state === "complained") return "Reach them in another way before you invite them again.";
  // Why nobody knows, and whether it may have arrived, stands in the reason.
  if (state === "unknown") return again ? "Resend the invite if it hasn't arrived." : null;
  // A bounce for good is held against the address, and nothing is resent: this one may be over, as when a mailbox was full.
  return state === "bounced" && again ? "If the address is right, try again later with Resend invite." : null;
};

type MendProps = { state: State; about: Subject; own?: boolean };

const Mend = ({ state, about, own }: MendProps) => {
  const advice = adviceFor(state, about);
  return (
    <>
      {advice && <span className="block text-sm text-quiet">{advice}</span>}
      {!(own && about.correct) && <Correct state={state} about={about} />}
      {about.retriable && <PressForm about={about} verb="retry" />}
    </>
  );
};

const Correct = ({ state, about }: { state: State; about: Subject }) => {
  if (!addressed.has(state)) return null;
  if (!about.correct) return state === "bounced" && <span className="block text-sm text-quiet">{othersCorrect}</span>;
  return (
    <a
      href={about.correct}
      className="inline-block py-0.5 text-sm text-accent underline decoration-1 underline-offset-3 pointer-coarse:py-3"
    >
      Correct the address<span className="sr-only"> {about.email}</span>
    </a>
  );
};

/** What is reported of a mail is reported soon after it left, mostly. */
const newsWithinMs = 60_000;

/** Whether something may have become of this mail a moment later. */
export const isOnItsWay = (mail: MailShown | null): boolean =>
  mail?.state === "queued" ||
  mail?.state === "sending" ||
  (mail?.state === "sent" && mail.lastTryAt !== null && Date.now() - mail.lastTryAt.getTime() < newsWithinMs);
