import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { GroupId, UserId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import type { Grant } from "@/lib/access/grant";
import { locate, type NamedPolicy, readPolicies } from "@/lib/access/named";
import { keyOf, readOf } from "@/lib/access/policy";

/** Something a member may see or do, and the groups that give it, by name. */
export type AccessLine = NamedPolicy & Readonly<{ through: readonly string[] }>;
/** `everything`: they are an owner, and no line would say more. */
export type Access = Readonly<{ everything: boolean; lines: readonly AccessLine[] }>;

/** Everything a member's groups let them see and do, what an operation implies included, in the order of the catalogue. */
export const readAccess = ({ organizationId }: Grant<"access.read">, id: UserId): Promise<Access> =>
  accessOf({ organizationId, userId: id });

/** The same of oneself, which takes no right. */
export const readOwnAccess = (actor: Actor): Promise<Access> => accessOf(actor);

const accessOf = async ({ organizationId, userId }: Pick<Actor, "organizationId" | "userId">): Promise<Access> => {
  const groups = await db().execute<{ id: GroupId; name: string; owners: boolean }>(sql`
    select g.id, g.name, g.built_in is not null as owners from group_members gm join groups g on g.id = gm.group_id
    where gm.organization_id = ${organizationId} and gm.user_id = ${userId} order by lower(g.name)`);
  const given = await readPolicies(
    db(),
    organizationId,
    groups.map((group) => group.id),
  );
  const through = new Map<string, Set<string>>();
  for (const { policy, group } of given) {
    const name = groups.find((one) => one.id === group)?.name ?? "";
    for (const each of [policy, readOf(policy)]) {
      if (each) through.set(keyOf(each), (through.get(keyOf(each)) ?? new Set()).add(name));
    }
  }
  const all = given.flatMap(({ policy }) => [policy, readOf(policy)]).filter((policy) => policy !== undefined);
  const lines = (await locate(db(), organizationId, all)) ?? [];
  return {
    everything: groups.some(({ owners }) => owners),
    lines: lines.map((line) => ({ ...line, through: [...(through.get(keyOf(line.policy)) ?? [])].toSorted() })),
  };
};
