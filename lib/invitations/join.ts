import "server-only";
import type { Route } from "next";
import type { Viewer } from "@/lib/access/actor";
import { hashPassword } from "@/lib/auth/password";
import { openSession } from "@/lib/auth/session";
import { checkPassword, signIn } from "@/lib/auth/sign-in";
import { done, type Result, refused } from "@/lib/result";
import { accept, type Joiner, type Opened, recordWrongAccount } from "./accept";
import { type OfferShown, readOffer } from "./queries";
import { readToken } from "./token";

/** Where joining leads. */
const landing: Route = "/sources?joined=1";

/** Somebody new joins with the name and password they typed, and is signed in. */
export const joinAsNew = async (token: string, name: string, password: string): Promise<Result<Route>> =>
  withOffer(token, async (opened, offer) => {
    // Hashing is dear: not for an invitation that is over.
    if (offer.state !== "pending") return signInAgain(offer, password, refused({ code: "no-longer-open" }));
    const joined = await settle(opened, { name, passwordHash: await hashPassword(password) });
    return joined.ok ? joined : signInAgain(offer, password, joined);
  });

/** An account joins by its password, through the same door as signing in. */
export const joinWithPassword = async (token: string, password: string): Promise<Result<Route>> =>
  withOffer(token, async (opened, offer) => {
    const checked = await checkPassword(offer.email, password);
    if (!checked.ok) return checked;
    const joined = await settle(opened, { userId: checked.value.userId, shownBy: "password" });
    return joined.ok ? joined : signInAgain(offer, password, joined);
  });

/** The signed-in person joins. Anybody but the invited one is refused, and that they tried is written down. */
export const joinSignedIn = async (token: string, person: Viewer): Promise<Result<Route>> =>
  withOffer(token, async (opened, offer) => {
    if (offer.account?.id === person.userId) return settle(opened, { userId: person.userId, shownBy: "session" });
    await recordWrongAccount(opened, person.userId);
    return refused({ code: "not-yours" });
  });

const withOffer = async (
  token: string,
  run: (opened: Opened, offer: OfferShown) => Promise<Result<Route>>,
): Promise<Result<Route>> => {
  const opened = readToken(token);
  const offer = opened && (await readOffer(opened.id));
  return opened && offer ? run(opened, offer) : refused({ code: "not-found" });
};

const settle = async (opened: Opened, joiner: Joiner): Promise<Result<Route>> => {
  const joined = await accept(opened, joiner);
  if (!joined.ok) return joined;
  await openSession(joined.value.sessionId);
  return done(landing);
};

/**
 * A second press by the one who has just joined, known by the right password, lands like the first (SPEC section 6): of
 * twenty clicks one makes the membership and all arrive.
 */
const signInAgain = async (before: OfferShown, password: string, otherwise: Result<Route>): Promise<Result<Route>> => {
  const offer = await readOffer(before.id);
  if (!offer?.acceptedById || offer.acceptedById !== offer.account?.id) return otherwise;
  const signedIn = await signIn(offer.email, password, offer.organizationId);
  return signedIn.ok ? done(landing) : otherwise;
};
