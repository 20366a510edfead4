import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { GroupId, SourceId, UserId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import type { Grant } from "@/lib/access/grant";
import { type NamedPolicy, readPolicies } from "@/lib/access/named";
import { keyOf, type Policy, readOf } from "@/lib/access/policy";

/** Something a member may see or do, and the groups that give it, by name. `disabled`: its source is, so nothing of it shows. */
export type AccessLine = NamedPolicy & Readonly<{ through: readonly string[]; disabled: boolean }>;
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
  const off = await db().execute<{ id: SourceId }>(sql`
    select id from sources where organization_id = ${organizationId} and disabled_at is not null`);
  const disabled = new Set(off.map(({ id }) => id));
  const lines = new Map<string, NamedPolicy & { through: Set<string> }>();
  // In order: the `read` that an operation implies comes before it, and is on the same.
  for (const { policy, names, group } of given) {
    const through = groups.find(({ id }) => id === group)?.name ?? "";
    for (const each of [readOf(policy), policy].filter((one) => one !== undefined)) {
      const line = lines.get(keyOf(each)) ?? { policy: each, names, through: new Set() };
      line.through.add(through);
      lines.set(keyOf(each), line);
    }
  }
  return {
    everything: groups.some(({ owners }) => owners),
    lines: [...lines.values()].map((line) => ({
      ...line,
      through: [...line.through].toSorted(),
      disabled: isHidden(line.policy, disabled),
    })),
  };
};

/** Only what a source holds goes out of sight with it; the source itself shows. */
const isHidden = ({ on }: Policy, disabled: ReadonlySet<SourceId>): boolean =>
  on !== null && "asset" in on && disabled.has(on.source);
