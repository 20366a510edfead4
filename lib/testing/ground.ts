import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { AccessRequestId, DomainId, GroupId, InvitationId, SuppressionId, UserId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { addMembers } from "@/lib/groups/members";
import { deactivate } from "@/lib/members/deactivate";
import { age, freshEmail, granted, inviteOne, makeGroup, makeMember, must } from "./people";
import { letAsk } from "./requests";
import { type MadeSchema, type MadeSource, type MadeTable, makeDomain, makeSource } from "./resources";

// What forms and addresses are about: one of each, in an organization, to be pressed on.

/** One of each thing of an organization; what policies are on, and what lies beside it. */
export type Ground = Readonly<{
  owner: Actor;
  source: MadeSource;
  schema: MadeSchema;
  table: MadeTable;
  /** In the same schema, in another schema of the same source, and another source. */
  beside: MadeTable;
  otherSchema: MadeSchema;
  otherSource: MadeSource;
  domain: DomainId;
  otherDomain: DomainId;
  member: UserId;
  inactive: UserId;
  group: GroupId;
  invitation: InvitationId;
  request: AccessRequestId;
  suppression: SuppressionId;
}>;

/** The first of some that there are. */
export const first = <T>([one]: readonly T[]): T => {
  if (!one) throw new Error("There is one");
  return one;
};

/** Sources and domains of an organization, new ones. Both domains gather the table, the other source is like the first. */
export const makeResources = async (owner: Actor) => {
  const catalogue = { sales: ["orders", "customers"], people: ["salaries"] };
  const [source, otherSource] = [await makeSource(owner, catalogue), await makeSource(owner, catalogue)];
  const [schema, otherSchema] = [first(source.schemas), first(source.schemas.slice(1))];
  const [table, beside] = [first(schema.tables), first(schema.tables.slice(1))];
  const [domain, otherDomain] = [await makeDomain(owner), await makeDomain(owner)];
  await db().execute(sql`
    insert into domain_assets (organization_id, domain_id, source_id, asset_id)
    values (${owner.organizationId}, ${domain}, ${source.id}, ${table.id}),
      (${owner.organizationId}, ${otherDomain}, ${source.id}, ${table.id})`);
  return { source, schema, table, beside, otherSchema, otherSource, domain, otherDomain };
};

/** Somebody who was deactivated, with no group. */
const makeInactive = async (owner: Actor): Promise<UserId> => {
  const { userId } = await makeMember(owner);
  must(await deactivate(granted(owner, "access.edit"), userId));
  return userId;
};

/** An invitation that was sent long enough ago to be sent again. */
const makeInvitation = async (owner: Actor): Promise<InvitationId> => {
  const id = await inviteOne(owner, freshEmail("invited"));
  await age(id, "6 minutes");
  return id;
};

/** A group with somebody in it, that allows no more than whoever holds any right on groups does. */
const makeFullGroup = async (owner: Actor, member: UserId): Promise<GroupId> => {
  const group = await makeGroup(owner, ["groups.read"]);
  must(await addMembers(granted(owner, "groups.edit"), group, [member]));
  return group;
};

/** An address that mail of the organization has bounced from. */
const makeSuppression = async ({ organizationId }: Actor): Promise<SuppressionId> => {
  const made = await db().execute<{ id: SuppressionId }>(sql`
    insert into suppressions (organization_id, email, because)
    values (${organizationId}, ${freshEmail("bounced")}, 'bounced') returning id`);
  return first(made).id;
};

export const makeGround = async (owner: Actor): Promise<Ground> => {
  const { userId: member } = await makeMember(owner);
  return {
    owner,
    ...(await makeResources(owner)),
    member,
    inactive: await makeInactive(owner),
    group: await makeFullGroup(owner, member),
    invitation: await makeInvitation(owner),
    request: await letAsk(await makeMember(owner)),
    suppression: await makeSuppression(owner),
  };
};

/** The same ground with a new one of this kind, for a press that uses it up. */
export const renew = async (ground: Ground, kind: Kind | null): Promise<Ground> => {
  const { owner, member } = ground;
  switch (kind) {
    case null:
      return ground;
    case "member":
      return { ...ground, member: (await makeMember(owner)).userId };
    case "inactive":
      return { ...ground, inactive: await makeInactive(owner) };
    case "group":
      return { ...ground, group: await makeFullGroup(owner, member) };
    case "invitation":
      return { ...ground, invitation: await makeInvitation(owner) };
    case "request":
      return { ...ground, request: await letAsk(await makeMember(owner)) };
    default:
      return { ...ground, ...(await makeResources(owner)) };
  }
};

/** What a press or a page is about. */
export type Kind = "member" | "inactive" | "group" | "invitation" | "request" | "source" | "asset" | "domain";

/** Nobody else sends the same form. */
export const once = (): string => randomUUID();
