import type { OrganizationId, UserId } from "@/db/schema/ids";
import type { Viewer } from "@/lib/access/actor";
import type { Channel } from "./token";

/** What is stored of an invitation's life. */
export type Facts = Readonly<{
  expiresAt: Date;
  acceptedAt: Date | null;
  declinedAt: Date | null;
  revokedAt: Date | null;
}>;
export type State = "pending" | "expired" | "accepted" | "declined" | "revoked";

/** Reads the state off the facts (SPEC section 5). `now` is the database's clock. Its SQL twin is `stateSql`. */
export const stateOf = (facts: Facts, now: Date): State => {
  if (facts.acceptedAt) return "accepted";
  if (facts.declinedAt) return "declined";
  if (facts.revokedAt) return "revoked";
  return facts.expiresAt > now ? "pending" : "expired";
};

/** At most 5 times again after the first, at least 5 minutes apart (SPEC section 5). */
export const mostSends = 6;
const secondsBetweenSends = 300;

/** When an invitation that was sent at this moment may be sent again. */
export const againAt = (lastSentAt: Date): Date => new Date(lastSentAt.getTime() + secondsBetweenSends * 1000);

/** When an invitation that is sent now runs out. */
export const expiryOf = (now: Date, days: number): Date => new Date(now.getTime() + days * 24 * 3600_000);

/** Neither accepted, declined nor revoked. An expired one is open: it can be sent again. Its SQL twin is `openSql`. */
export const isOpen = (state: State): boolean => state === "pending" || state === "expired";

/** What the join page knows about a genuine link. */
export type Offer = Readonly<{
  organizationId: OrganizationId;
  email: string;
  state: State;
  acceptedById: UserId | null;
  /** The account with the invited address, if there is one, and its place in the organization. */
  account: { id: UserId; verified: boolean; member: "active" | "inactive" | null } | null;
}>;

export type JoinState =
  | "already-member"
  | "inactive-member"
  | "used"
  | "revoked"
  | "declined"
  | "expired"
  | "needs-code"
  | "someone-else"
  | "signed-in"
  | "existing-account"
  | "new-address";

/** What a link by itself shows: `mailbox` when it came by mail or after a mailed code, `code-possible` when it was copied
 * though mail exists. */
export type Proof = "mailbox" | "code-possible" | "none";

/** A copied link says nothing about the mailbox; only where no mail exists at all does it have to do (SPEC section 5). */
export const proofOf = (channel: Channel, mailIsConfigured: boolean): Proof => {
  if (channel !== "link") return "mailbox";
  return mailIsConfigured ? "code-possible" : "none";
};

/**
 * Whether whoever holds this link, with or without an account, can answer for the invited. A copied link where mail exists
 * says nothing about who they are: then only the session of the invited address's own verified account does.
 */
export const answersForInvited = ({ account }: Pick<Offer, "account">, userId: UserId | null, proof: Proof): boolean =>
  proof !== "code-possible" || (account?.verified === true && account.id === userId);

/** The first row of SPEC section 6 that fits (a link that isn't genuine never gets here). */
export const joinStateOf = (offer: Offer, viewer: Viewer | null, proof: Proof): JoinState => {
  const invited = viewer !== null && viewer.userId === offer.account?.id;
  if (invited && offer.account?.member === "active") return "already-member";
  if (offer.account?.member === "inactive") return "inactive-member";
  if (offer.state === "accepted") return "used";
  if (offer.state !== "pending") return offer.state;
  if (viewer && !invited) return "someone-else";
  if (!answersForInvited(offer, viewer?.userId ?? null, proof)) return "needs-code";
  // An account that never proved its address may be anybody's: a mail that did reach the mailbox overrules it.
  if (!offer.account || (proof === "mailbox" && !offer.account.verified)) return "new-address";
  return invited ? "signed-in" : "existing-account";
};

/** `bob@acme.com` → `b•••@acme.com`, for whoever holds the link but is somebody else. */
export const masked = (email: string): string => email.replace(/^(.)[^@]*/u, "$1•••");
