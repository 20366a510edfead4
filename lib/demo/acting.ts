import { db } from "@/db/client";
import type { SessionId } from "@/db/schema/ids";
import { type Actor, readViewer } from "@/lib/access/actor";
import type { Right, ScopedRight } from "@/lib/access/catalogue";
import { type Grant, grant, grantOn, type Named } from "@/lib/access/grant";
import { redeem, ticketFor } from "@/lib/auth/session-rows";
import type { Result } from "@/lib/result";

/** What a command gave, which in the demo nothing may refuse. */
export const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`The demo can't be filled: ${JSON.stringify(result.refusal)}`);
  return result.value;
};

/** Whoever has just signed up or joined, in their first session. */
export const enter = async (session: SessionId): Promise<Actor> => {
  await redeem(ticketFor(session), { userAgent: "", address: "" });
  const actor = (await readViewer(db(), session))?.actor;
  if (!actor) throw new Error("Nobody stands in an organization with this session");
  return actor;
};

/** The grant that a command asks for. */
export const by = <R extends Right>(actor: Actor, right: R): Grant<R> => {
  const granted = grant(actor, right);
  if (!granted) throw new Error(`${actor.name} lacks ${right}`);
  return granted;
};

/** The same on one resource. */
export const byOn = async <R extends ScopedRight>(actor: Actor, right: R, on: Named<R>): Promise<Grant<R>> =>
  must(await grantOn(actor, right, on));
