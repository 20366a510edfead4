import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { Viewer } from "@/lib/access/actor";
import { viewer } from "@/lib/access/viewer";
import { enter } from "@/lib/auth/enter";
import { refusePersonal } from "@/lib/auth/guessable";
import { hashPassword } from "@/lib/auth/password";
import { openSession } from "@/lib/auth/session";
import { checkPassword } from "@/lib/auth/sign-in";
import { switchTo } from "@/lib/members/organizations";
import { mailIsConfigured } from "@/lib/outbox";
import { done, invalid, type Refusal, type Result, refused } from "@/lib/result";
import { accept, type Joiner, type Opened, recordWrongAccount } from "./accept";
import { decline } from "./decline";
import { type OfferShown, readOffer } from "./queries";
import { answersForInvited, proofOf } from "./rules";
import { readToken } from "./token";

/** Somebody new joins with the name and password they typed, and is signed in. Refuses a browser that is somebody else's. */
export const joinAsNew = async (token: string, name: string, password: string): Promise<Result<null>> =>
  withOffer(token, async (opened, offer) => {
    if (await isSomeoneElse(opened, offer)) return refused({ code: "not-yours" });
    if (isUnproved(opened, offer)) return refused({ code: "no-longer-open" });
    if (offer.state === "pending" && offer.account?.verified) return joinByTyped(opened, offer, password);
    // Hashing is dear: not for an invitation that is over.
    if (offer.state !== "pending") return signInAgain(offer, password, refused({ code: "no-longer-open" }));
    const judged = refusePersonal("password", password, [offer.organization, name, offer.email]);
    if (!judged.ok) return judged;
    const joined = await settle(opened, { name, passwordHash: await hashPassword(password) });
    return joined.ok ? joined : signInAgain(offer, password, joined);
  });

/**
 * The address got an account while the form for a new one was kept open, most likely by another invitation in another
 * tab: what was typed may be its password. A wrong one gets `no-longer-open`: the page then shows what is.
 */
const joinByTyped = async (opened: Opened, offer: OfferShown, password: string): Promise<Result<null>> => {
  const checked = await checkPassword(offer.email, password);
  if (checked.ok) return settle(opened, { shown: checked.value });
  return checked.refusal.code === "incorrect" ? refused({ code: "no-longer-open" }) : checked;
};

/** An account joins by its password, through the same door as signing in. Refuses a browser that is somebody else's. */
export const joinWithPassword = async (token: string, password: string): Promise<Result<null>> =>
  withOffer(token, async (opened, offer) => {
    if (await isSomeoneElse(opened, offer)) return refused({ code: "not-yours" });
    if (isUnproved(opened, offer)) return refused({ code: "no-longer-open" });
    const checked = await checkPassword(offer.email, password);
    if (!checked.ok) return wrongHere(checked.refusal);
    const joined = await settle(opened, { shown: checked.value });
    return joined.ok ? joined : signInAgain(offer, password, joined);
  });

/**
 * Whether this is a copied link to a pending invitation, whose page asks for a code and for nothing else. Refused before any
 * password is looked at: whoever copied the link must not learn by it whether the address has an account (SAFETY 29).
 */
const isUnproved = (opened: Opened, offer: OfferShown): boolean =>
  offer.state === "pending" && !answersForInvited(offer, null, proofOf(opened.channel, mailIsConfigured()));

/** On this page no address is typed, and whoever is signed in meanwhile needs no password any more: the page then says so. */
const wrongHere = async (refusal: Refusal): Promise<Result<null>> => {
  if (refusal.code !== "incorrect") return refused(refusal);
  if (await viewer()) return refused({ code: "no-longer-open" });
  return invalid("password", "This isn't the password of this account.");
};

/**
 * Whether this browser has meanwhile been signed in, in another tab, as anybody but the invited one: a form that was kept
 * open from before accepts nothing silently, and that it was sent is written down.
 */
const isSomeoneElse = async (opened: Opened, offer: OfferShown): Promise<boolean> => {
  const person = await viewer();
  if (!person || person.userId === offer.account?.id) return false;
  await recordWrongAccount(opened, person.userId);
  return true;
};

/** The signed-in person joins. Anybody but the invited one is refused, and that they tried is written down. */
export const joinSignedIn = async (token: string, person: Viewer): Promise<Result<null>> =>
  withOffer(token, async (opened, offer) => {
    if (offer.account?.id === person.userId)
      return settle(opened, { session: person.sessionId, userId: person.userId });
    await recordWrongAccount(opened, person.userId);
    return refused({ code: "not-yours" });
  });

/** Says no for whoever holds the link. Refuses a browser that is somebody else's. */
export const declineHere = async (token: string): Promise<Result<null>> =>
  withOffer(token, async (opened, offer) => {
    if (await isSomeoneElse(opened, offer)) return refused({ code: "not-yours" });
    return decline(opened, (await viewer())?.userId);
  });

/** Lets a member's session stand in the organization of this invitation. Refuses everybody else. */
export const goTo = async (token: string, person: Viewer): Promise<Result<null>> =>
  withOffer(token, async (_opened, offer) => switchTo(person, offer.organizationId));

const withOffer = async (
  token: string,
  run: (opened: Opened, offer: OfferShown) => Promise<Result<null>>,
): Promise<Result<null>> => {
  const opened = readToken(token);
  const offer = opened && (await readOffer(opened.id));
  return opened && offer ? run(opened, offer) : refused({ code: "not-found" });
};

const settle = async (opened: Opened, joiner: Joiner): Promise<Result<null>> => {
  const joined = await accept(opened, joiner);
  if (!joined.ok) return joined;
  await openSession(joined.value.sessionId);
  return done(null);
};

/**
 * A second press by the one who has just joined, known by the right password, lands like the first (SPEC section 6): of
 * twenty clicks one makes the membership and all arrive.
 */
const signInAgain = async (before: OfferShown, password: string, otherwise: Result<null>): Promise<Result<null>> => {
  const offer = await readOffer(before.id);
  if (!offer?.acceptedById || offer.acceptedById !== offer.account?.id) return otherwise;
  const shown = await checkInTurn(offer.email, password);
  if (!shown.ok) return otherwise;
  const entered = await enter(shown.value, offer.organizationId);
  if (!entered.ok) return entered;
  await openSession(entered.value);
  return done(null);
};

/** Between tries while others hold the turns of this account: some five seconds in all, apart by chance. */
const patience = [200, 400, 800, 1600, 2400];

/**
 * Many presses at once are many right passwords at once, more than an account's turns: each that succeeds gives its turn
 * back, so the others wait a little instead of being told to come back. A wrong password wins nothing by it.
 */
const checkInTurn = async (email: string, password: string) => {
  for (const wait of patience) {
    const shown = await checkPassword(email, password);
    if (shown.ok || shown.refusal.code !== "limited") return shown;
    await sleep(wait * (0.5 + Math.random()));
  }
  return checkPassword(email, password);
};
