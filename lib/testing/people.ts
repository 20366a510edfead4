import { randomUUID } from "node:crypto";
import { hash } from "@node-rs/argon2";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { GroupId, InvitationId, OrganizationId, SessionId, UserId } from "@/db/schema/ids";
import { type Actor, readViewer } from "@/lib/access/actor";
import type { Right } from "@/lib/access/catalogue";
import { type Grant, grant } from "@/lib/access/grant";
import type { Policy } from "@/lib/access/policy";
import { foundOrganization } from "@/lib/auth/founding";
import { redeem, ticketFor } from "@/lib/auth/session-rows";
import { createGroup } from "@/lib/groups/commands";
import { addMembers } from "@/lib/groups/members";
import { addPolicies } from "@/lib/groups/policies";
import { accept } from "@/lib/invitations/accept";
import { invite } from "@/lib/invitations/invite";
import { InviteInput } from "@/lib/invitations/schema";
import type { Refusal, Result } from "@/lib/result";

/** The password of everybody made here; hashed as cheaply as Argon2 allows, for tests make many people. */
export const password = "a password of tests alone";
export const passwordHash = await hash(password, { memoryCost: 1024, timeCost: 1 });

/** The value of a result that a test needs to have succeeded; throws its refusal otherwise. */
export const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`Refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
};

/** Why something was refused, or that it was done. */
export const refusalOf = async (result: Promise<Result<unknown>>): Promise<Refusal["code"] | "done"> => {
  const answer = await result;
  return answer.ok ? "done" : answer.refusal.code;
};

let count = 0;
/** An address that no other person of this run has. */
export const freshEmail = (name = "person"): string => `${name}-${process.pid}-${++count}@example.org`;

/** The actor behind a session that has just been started, as the next request would read it. */
export const actorOf = async (sessionId: SessionId): Promise<Actor> => {
  await redeem(ticketFor(sessionId), { userAgent: "", address: "" });
  return currentActor(sessionId);
};

/** The same, for a session that was opened earlier: rights are read anew. */
export const currentActor = async (sessionId: SessionId): Promise<Actor> => {
  const actor = (await readViewer(db(), sessionId))?.actor;
  if (!actor) throw new Error("Nobody stands in an organization with this session");
  return actor;
};

/** The grant of an actor who has the right; throws for one who hasn't. */
export const granted = <R extends Right>(actor: Actor, right: R): Grant<R> => {
  const given = grant(actor, right);
  if (!given) throw new Error(`This actor lacks ${right}`);
  return given;
};

/** A new organization and its owner, through the command that sign-up uses. */
export const makeOwner = async (organizationName = "Acme", email = freshEmail("owner")): Promise<Actor> => {
  const founder = { organizationName, name: "Olive Owner", email, passwordHash, verified: true };
  return actorOf(must(await foundOrganization(founder)).sessionId);
};

/** What the invite form sends when these addresses are typed. */
export const inviteInput = (addresses: string, more: Partial<InviteInput> = {}): InviteInput => ({
  ...InviteInput.parse({ key: randomUUID(), addresses }),
  ...more,
});

/** Invites one address; gives the invitation's id. */
export const inviteOne = async (inviter: Actor, email: string, groups: GroupId[] = []): Promise<InvitationId> => {
  must(await invite(granted(inviter, "access.create"), inviteInput(email, { groups })));
  const [row] = await db().execute<{ id: InvitationId }>(sql`
    select id from invitations where organization_id = ${inviter.organizationId} and email = ${email}
    order by created_at desc limit 1`);
  if (!row) throw new Error(`${email} was not invited`);
  return row.id;
};

/** Somebody new who was invited by mail and has joined. */
export const makeMember = async (
  inviter: Actor,
  groups: GroupId[] = [],
  email = freshEmail("member"),
): Promise<Actor> => {
  const id = await inviteOne(inviter, email, groups);
  const joined = must(await accept({ id, channel: "email" }, { name: "Mia Member", passwordHash }));
  return actorOf(joined.sessionId);
};

/** A right on the whole organization as a policy. */
export const whole = (right: Right): Policy => ({ right, on: null });

/** A group with these policies and nobody in it yet, made by an owner. */
export const makeGroup = async (
  owner: Actor,
  allows: readonly (Right | Policy)[],
  name = `Group ${++count}`,
): Promise<GroupId> => {
  const id = must(await createGroup(granted(owner, "groups.create"), { name, description: "", members: [] }));
  const policies = allows.map((one) => (typeof one === "string" ? whole(one) : one));
  must(await addPolicies(granted(owner, "groups.create"), id, policies));
  return id;
};

/** A member who holds these rights and what they imply, and nothing else. */
export const makeMemberWith = async (owner: Actor, allows: readonly (Right | Policy)[]): Promise<Actor> =>
  makeMember(owner, allows.length > 0 ? [await makeGroup(owner, allows)] : []);

/** Lets an invitation be so much older than it is, with the end of its life; told in the words of Postgres. */
export const age = async (id: InvitationId, by: "6 minutes" | "8 days"): Promise<void> => {
  await db().execute(sql`
    update invitations set last_sent_at = last_sent_at - ${by}::interval, expires_at = expires_at - ${by}::interval
    where id = ${id}`);
};

/** The Owners group of an organization. */
export const ownersGroup = async (organizationId: OrganizationId): Promise<GroupId> => {
  const [row] = await db().execute<{ id: GroupId }>(
    sql`select id from groups where organization_id = ${organizationId} and built_in = 'owners'`,
  );
  if (!row) throw new Error("Every organization has Owners");
  return row.id;
};

/** Makes a member an owner too. */
export const promote = async (owner: Actor, userId: UserId): Promise<void> => {
  must(await addMembers(granted(owner, "groups.edit"), await ownersGroup(owner.organizationId), [userId]));
};

/**
 * The grant of an actor who may not have the right: it stands for one that was lost after the page was drawn, or a post
 * that was never offered. Commands look again, under their lock.
 */
export const forged = <R extends Right>(actor: Actor, right: R): Grant<R> =>
  granted({ ...actor, rights: new Set<Right>([right]) }, right);
