import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { GroupId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { isOf, rights, type ScopedRight, scopedRights } from "@/lib/access/catalogue";
import type { Policy } from "@/lib/access/policy";
import { deactivate } from "@/lib/members/deactivate";
import type { Ground } from "./ground";
import { granted, makeGroup, makeMember, makeOwner, must, whole } from "./people";
import { allow } from "./resources";
import type { Held } from "./rule";
import type { Visitor } from "./visitor";

// Everybody there can be for one organization: whoever owns it, members with one right each, and those who are none.

/** Somebody, and what they hold on this ground; null for who is no active member of its organization. */
export type Somebody = Readonly<{ name: string; visitor: Visitor; held: Held | null; of: Actor }>;

const onGround = (right: ScopedRight, { source, schema, table, domain }: Ground): [string, Policy][] => {
  if (isOf(right, "domain")) return [["", { right, on: { domain } }]];
  if (isOf(right, "source")) return [["", { right, on: { source: source.id } }]];
  return [
    [" on everything", { right, on: { source: source.id, asset: null, schema: null } }],
    [" on the schema", { right, on: { source: source.id, asset: schema.id, schema: null } }],
    [" on the table", { right, on: { source: source.id, asset: table.id, schema: schema.id } }],
  ];
};

/** What a member may hold: nothing; each right of the catalogue alone, on what there is of its kind; and two together. */
export const holdingsOn = (ground: Ground): [string, Policy[]][] => {
  const single = scopedRights.flatMap((right) =>
    onGround(right, ground).map(([on, policy]): [string, Policy[]] => [`who holds ${right}${on}`, [policy]]),
  );
  const { source, domain } = ground;
  const both: Policy[] = [
    { right: "domain.edit", on: { domain } },
    { right: "assets.read", on: { source: source.id, asset: null, schema: null } },
  ];
  return [
    ["without a group", []],
    ...rights.map((right): [string, Policy[]] => [`who holds ${right}`, [whole(right)]]),
    ...single,
    ["who edits a domain and sees a source", both],
  ];
};

export type Everybody = Readonly<{
  /** An owner, the member with each of what they may hold on this ground, and who is no active member. */
  all: (on: Ground) => Somebody[];
  /** An owner of another organization. */
  stranger: Somebody;
  /** Lets the member hold what this somebody holds, and nothing else, from now on. */
  be: (somebody: Somebody) => Promise<void>;
  facts: () => Promise<string>;
}>;

/** Signs everybody in. One member stands for all who differ only in what they hold: it is read at every request. */
export const gatherActors = async (
  owner: Actor,
  product: Readonly<{ visitor: () => Visitor; signedIn: (person: Actor) => Promise<Visitor> }>,
): Promise<Everybody> => {
  const group: GroupId = await makeGroup(owner, []);
  const [member, former] = [await makeMember(owner, [group]), await makeMember(owner, [group])];
  const stranger = await makeOwner("Globex");
  const signedIn = await Promise.all([owner, member, former, stranger].map(product.signedIn));
  const [owning, asMember, asFormer, asStranger] = signedIn;
  if (!owning || !asMember || !asFormer || !asStranger) throw new Error("Four signed in");
  must(await deactivate(granted(owner, "access.edit"), former.userId));
  return {
    all: (on) => [
      { name: "an owner", visitor: owning, held: { owner: true, policies: [] }, of: owner },
      ...holdingsOn(on).map(([name, policies]) => ({
        ...{ name: `a member ${name}`, visitor: asMember, of: owner },
        held: { owner: false, policies },
      })),
      { name: "a member who was deactivated while signed in", visitor: asFormer, held: null, of: owner },
      { name: "nobody", visitor: product.visitor(), held: null, of: owner },
    ],
    stranger: { name: "an owner of another organization", visitor: asStranger, held: null, of: stranger },
    be: async ({ visitor, held }) => {
      if (visitor === asMember && held) await allow(owner, group, held.policies);
    },
    facts: () => readFacts(group),
  };
};

/** Everything that a press could change, as one word; what a group allows is left out. */
const readFacts = async (group: GroupId): Promise<string> => {
  const rows = (from: string) => sql.raw(`(select string_agg(md5(t::text), '' order by md5(t::text)) from ${from} t)`);
  const whole = ["groups", "group_members", "invitations", "invitation_groups", "sources", "assets", "domains"];
  const [row] = await db().execute<{ facts: string }>(sql`
    select md5(concat(${sql.join([...whole, "domain_assets", "access_requests"].map(rows), sql`, `)},
      ${rows("(select organization_id, user_id, name, deactivated_at from memberships)")},
      ${rows("(select id, name, password_hash from users)")}, ${rows("(select id, ended_at from sessions)")},
      ${rows("(select organization_id, sequence from audit_events where action <> 'membership.overreached')")},
      (select string_agg(p.id::text, '' order by p.id) from policies p where p.group_id <> ${group}))) as facts`);
  return row?.facts ?? "";
};
