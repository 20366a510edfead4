import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { Facts } from "@/lib/audit/events";
import { hit, type Limit } from "@/lib/limits/limits";
import { done, type Refusal } from "@/lib/result";
import type { FaultCode } from "@/lib/sources/reader/fault.mjs";
import type { Actor } from "./actor";
import { attemptedIn, gainedIn, idsIn, isRecord } from "./attempted";
import type { AnyRight } from "./catalogue";
import { changeOrganization } from "./change";
import { holdsOnAsset, seesAsset, seesDomain, seesSource } from "./visible";

/** More of one person's would say nothing new, and each holds the organization's lock for a moment. */
const attempts: Limit = { scope: "overreach", max: 20, seconds: 3600 };

/**
 * Writes down that a member tried what takes a right they lack, hands out more than they hold, names something of the
 * organization that doesn't show to them, or connects a source where none may be: at most twenty times an hour each, with
 * what their form named. Any other refusal leaves no trace: an id that nothing has, or has any more, is a mistake.
 */
export const recordOverreach = async (
  actor: Actor,
  right: AnyRight,
  refusal: Refusal,
  input?: unknown,
): Promise<void> => {
  const tried = await triedIn(actor, refusal, input);
  if (!tried || (await hit(db(), attempts, `${actor.organizationId} ${actor.userId}`))) return;
  await changeOrganization(actor.organizationId, actor.userId, async ({ record }) => {
    record({
      action: "membership.overreached",
      target: { type: "user", id: actor.userId },
      after: { ...attemptedIn(input), right, refusal: refusal.code, ...tried },
    });
    return done(null);
  });
};

const triedIn = async (actor: Actor, refusal: Refusal, input: unknown): Promise<Facts | null> => {
  if (refusal.code === "forbidden") return { missing: refusal.missing };
  if (refusal.code === "beyond-own-rights")
    return "group" in refusal ? { group: refusal.group } : { missing: refusal.missing };
  if (refusal.code === "owners-only") return {};
  if (refusal.code === "invalid") return placeIn(refusal.fault, input);
  return refusal.code === "not-found" && (await namesUnseen(actor, input)) ? {} : null;
};

const forbidden: ReadonlySet<FaultCode> = new Set(["target-refused", "this-machine", "own-database", "not-listed"]);

/** Where somebody wanted a source to be, if none may be there. Of its address only this is no secret. */
const placeIn = (fault: FaultCode | undefined, input: unknown): Facts | null => {
  if (!fault || !forbidden.has(fault) || !isRecord(input) || !isRecord(input.address)) return null;
  const { host, port } = input.address;
  return { fault, host: String(host), port: Number(port) };
};

/** Whether a form names what the organization has, and the actor can't see. What is disabled shows to nobody: that is no try. */
const namesUnseen = async (actor: Actor, input: unknown): Promise<boolean> => {
  if (actor.owner || !isRecord(input)) return false;
  const { organizationId } = actor;
  const ids = (...fields: string[]) => fields.flatMap((field) => idsIn(input[field]));
  const among = (named: readonly string[]) =>
    sql`(select value::uuid from jsonb_array_elements_text(${JSON.stringify(named)}::jsonb))`;
  const gained = gainedIn(input);
  const [row] = await db().execute<{ unseen: boolean }>(sql`
    select exists (select from sources s where s.organization_id = ${organizationId}
        and s.id in ${among(ids("source", "about"))} and not ${seesSource(actor)})
      or exists (select from domains d where d.organization_id = ${organizationId}
        and d.id in ${among([...ids("domain"), ...gained])} and not ${seesDomain(actor)})
      or exists (select from assets a join sources s on s.id = a.source_id where a.organization_id = ${organizationId}
        and s.disabled_at is null and (a.id in ${among([...ids("asset"), ...gained])} and not ${seesAsset(actor)}
          or a.id in ${among(ids("assets"))} and not ${holdsOnAsset(actor, "assets.read")})) as unseen`);
  return row?.unseen ?? false;
};
