import { randomUUID } from "node:crypto";
import type { Actor } from "@/lib/access/actor";
import { config } from "@/lib/config.mjs";
import { parseAddress } from "@/lib/invitations/address";
import { needsMending, type Outcome, wentOut } from "@/lib/invitations/outcomes";
import { type InviteInput, mostTyped } from "@/lib/invitations/schema";
import { joinLink } from "@/lib/invitations/token";
import { domainOf, meantBy } from "@/lib/invitations/typo";
import { inWords, wordsFor } from "@/lib/messages";
import { othersCorrect } from "../words";

/** What the invite form says after it was sent; plain data, because it goes to the browser. */
export type InviteAnswer = {
  heading: string;
  rows: {
    typed: string;
    outcome: string;
    tone: "success" | "warning" | "plain";
    detail?: string;
    link?: string;
    next?: NextPress;
  }[];
  /** How many went out and aren't in the rows, which would be too many to read. */
  unlisted: number;
  /** What is left to mend, as it goes back into the form; empty when nothing is. */
  leftover: string;
  /** What goes along with the rest, as it was sent. */
  groups: readonly string[];
  message: string;
  lifetimeDays: string;
  /** The key of the form that sends the rest. */
  key: string;
  /** From which address the mail comes; null when none was sent. */
  from: string | null;
};

/** What can be done about an address that was not invited, or perhaps wrongly, and to whom. */
export type NextPress = { verb: "resend" | "reactivate" | "look"; id: string } | { verb: "mail" };

export const outcomeWords: Record<Outcome["kind"], string> = {
  invited: "Invited",
  "link-created": "Link created",
  "invited-again": "Invited again",
  "already-member": "Already a member",
  "already-invited": "Already invited",
  inactive: "Inactive",
  "not-an-address": "Not an email address",
  "listed-twice": "Listed twice",
  "limit-reached": "Limit reached",
  "cant-be-delivered": "Can't be delivered",
};

/** Puts the outcomes into words. */
export const answerOf = (
  outcomes: readonly Outcome[],
  input: Pick<InviteInput, "groups" | "message" | "lifetimeDays">,
  actor: Actor,
): InviteAnswer => {
  const { mail } = config();
  return {
    heading: headingOf(outcomes, actor, mail.kind === "none"),
    rows: shown(outcomes, mail.kind === "none").map((outcome) => ({
      typed: outcome.typed,
      outcome: outcomeWords[outcome.kind],
      tone: wentOut(outcome) ? "success" : needsMending(outcome) ? "warning" : "plain",
      detail: detailOnceSent(outcome, actor),
      link: wentOut(outcome) && mail.kind === "none" ? linkOf(outcome) : undefined,
      next: nextOf(outcome, actor),
    })),
    unlisted: outcomes.length - shown(outcomes, mail.kind === "none").length,
    leftover: outcomes
      .filter(needsMending)
      .map(({ typed }) => typed)
      .join("\n"),
    groups: input.groups,
    message: input.message,
    lifetimeDays: String(input.lifetimeDays),
    key: randomUUID(),
    from: mail.kind !== "none" && outcomes.some(wentOut) ? mail.from : null,
  };
};

/** Of a long list, those that something is to be said of: the heading counts the others. */
const shown = (outcomes: readonly Outcome[], linksOnly: boolean): readonly Outcome[] =>
  linksOnly || outcomes.length <= mostTyped ? outcomes : outcomes.filter((outcome) => !wentOut(outcome));

const plural = new Intl.PluralRules("en");
const count = (number: number, one: string, many: string) =>
  `${number === 0 ? "No" : number.toLocaleString("en")} ${plural.select(number) === "one" ? one : many}`;

/** What has gone out, and how many are left to be mended in the form or by a press of their own. */
const headingOf = (outcomes: readonly Outcome[], actor: Actor, linksOnly: boolean): string => {
  const out = outcomes.filter(wentOut).length;
  const left = outcomes.filter((one) => !wentOut(one) && (needsMending(one) || nextOf(one, actor))).length;
  const sent = linksOnly ? count(out, "link created", "links created") : count(out, "invite sent", "invites sent");
  return left === 0 ? sent : `${sent}, ${count(left, "needs attention", "need attention")}`;
};

/** What more is to be said of an outcome, before anything is sent as afterwards. */
export const detailOf = ({ kind, until, because }: Outcome): string | undefined => {
  switch (kind) {
    case "limit-reached":
      return until
        ? `Your organization can invite again ${inWords(new Date(until), new Date())}.`
        : wordsFor({ code: "sent-enough" });
    case "cant-be-delivered":
      return because && wordsFor({ code: "undeliverable", because });
    case "already-invited":
      return "Their invite is still open.";
    case "inactive":
      return "They were deactivated in your organization; an invite doesn't change that.";
    default:
      return undefined;
  }
};

/** What is said of it only once the form was sent. */
const detailOnceSent = (outcome: Outcome, actor: Actor): string | undefined => {
  if (outcome.kind === "not-an-address") return "It is kept in the form, to be mended there.";
  if (!wentOut(outcome)) return detailOf(outcome);
  const renewed = outcome.kind === "invited-again" && "The earlier invite had expired.";
  return [renewed, doubtOf(outcome.typed, actor)].filter(Boolean).join(" ") || undefined;
};

/** What is asked of an address with a slip in the name of a well-known mail service. */
export const slipIn = (typed: string): string | undefined => {
  const address = parseAddress(typed);
  const meant = address && meantBy(address);
  return meant ? `Did you mean ${domainOf(meant)}?` : undefined;
};

/** Whoever was asked this before sending and pressed all the same is told how it is mended: by them, or by whom. */
const doubtOf = (typed: string, { rights }: Actor): string | undefined => {
  const slip = slipIn(typed);
  return slip && `${slip} ${rights.has("access.delete") ? "Then correct the address." : othersCorrect}`;
};

const nextOf = (outcome: Outcome, { rights, owner }: Actor): NextPress | undefined => {
  const { kind, typed, invitationId, userId, because } = outcome;
  if (kind === "cant-be-delivered" && owner && because !== "blocked") return { verb: "mail" };
  if (kind === "already-invited" && invitationId) return { verb: "resend", id: invitationId };
  if (kind === "inactive" && userId && rights.has("access.edit")) return { verb: "reactivate", id: userId };
  // Sent as often as it can be, or perhaps to the wrong address: both are mended on its own page.
  const look = (kind === "limit-reached" && !outcome.until) || (wentOut(outcome) && slipIn(typed));
  return look && invitationId ? { verb: "look", id: invitationId } : undefined;
};

// Derived again for each answer and kept nowhere; the command has put showing it into the audit.
const linkOf = ({ invitationId }: Outcome): string | undefined => {
  const id = invitationId && asInvitationId(invitationId);
  return (id && joinLink(id, "link")) || undefined;
};
const asInvitationId = (id: string) => id as Parameters<typeof joinLink>[0]; // written by our own command
