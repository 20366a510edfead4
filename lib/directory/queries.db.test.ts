import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import type { Actor } from "@/lib/access/actor";
import type { Grant } from "@/lib/access/grant";
import type { Page } from "@/lib/paging";
import { testDatabase } from "@/lib/testing/database";
import { granted, makeGroup, makeMember, makeOwner, ownersGroup } from "@/lib/testing/people";
import { addressOf, type Listing, type Params, readListing, sortKeys, views } from "./listing";
import { countViews, listDirectory, pageSize, type Row, readGroupNames } from "./queries";

testDatabase();

let owner: Actor;
let reading: Grant<"access.read">;
let group: string;

/** A crowd with ties in every key: same names in other case, same moments, missing moments. */
const makeCrowd = async () => {
  owner = await makeOwner("Acme");
  reading = granted(owner, "access.read");
  group = await makeGroup(owner, ["access.read"], "Readers");
  await makeMember(owner);
  const other = await makeOwner("Globex");
  for (const { organizationId, userId } of [owner, other]) {
    await db().execute(sql`
      with made as (
        insert into users (email, name, password_hash)
        select 'member.' || n || '@' || ${organizationId} || '.example', (array['Ada', 'ada', 'ADA 100%', 'Émile', 'Bob_by', 'Zoë'])[1 + n % 6] || case when n % 4 = 0 then '' else ' ' || n end, 'x'
        from generate_series(1, 70) n returning id, email, name)
      insert into memberships (organization_id, user_id, name, email, joined_at, last_active_at, deactivated_at)
      select ${organizationId}, id, name, email, timestamptz '2026-01-01' + interval '1 day' * (row_number() over (order by email) / 3),
        case when row_number() over (order by email) % 3 = 0 then null else timestamptz '2026-02-01 00:00:00.123456' + interval '1 hour' * (row_number() over (order by email) / 5) end,
        case when row_number() over (order by email) % 5 = 0 then now() end
      from made`);
    await db().execute(sql`
      insert into invitations (organization_id, email, invited_by_id, sponsor_id, lifetime_days, last_sent_at, expires_at, link_only, declined_at, revoked_at)
      select ${organizationId}, 'invited.' || n || case when n % 7 = 0 then '.ada' else '' end || '@example.org', ${userId}, ${userId}, 7, sent, sent + interval '7 days', true,
        case when n % 3 = 0 then now() end, case when n % 3 = 1 and n > 45 then now() end
      from generate_series(1, 90) n, lateral (select now() - interval '12 hours' * (n / 4) as sent) s`);
  }
  await db().execute(sql`
    insert into group_members (organization_id, group_id, user_id)
    select organization_id, ${group}, user_id from memberships where organization_id = ${owner.organizationId} and name like '%1%'`);
  await db().execute(sql`
    insert into invitation_groups (organization_id, invitation_id, group_id)
    select organization_id, id, ${group} from invitations where organization_id = ${owner.organizationId} and email like '%2%'`);
};
beforeAll(makeCrowd);

type Plain = {
  id: string;
  words: string;
  groups: string[];
  views: string[];
  keys: Record<(typeof sortKeys)[number], string>;
};

/** Everything there is, read without filter, order or page: what the pages are held against. */
const readPlainly = async (): Promise<Plain[]> => {
  const moment = (column: string) => sql.raw(`to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`);
  const [first, last] = ["0001-01-01T00:00:00.000000Z", "9999-12-31T00:00:00.000000Z"];
  const members = await db().execute<{
    id: string;
    name: string;
    email: string;
    joined: string;
    active: string | null;
    off: boolean;
    groups: string[];
  }>(sql`
    select user_id as id, name, email, ${moment("joined_at")} as joined, ${moment("last_active_at")} as active, deactivated_at is not null as off,
      array(select group_id::text from group_members gm where gm.user_id = m.user_id) as groups
    from memberships m where organization_id = ${owner.organizationId}`);
  const invitations = await db().execute<{
    id: string;
    email: string;
    sent: string;
    expires: string;
    ended: boolean;
    groups: string[];
  }>(sql`
    select id, email, ${moment("last_sent_at")} as sent, ${moment("expires_at")} as expires, num_nonnulls(accepted_at, declined_at, revoked_at) > 0 as ended,
      array(select group_id::text from invitation_groups ig where ig.invitation_id = i.id) as groups
    from invitations i where organization_id = ${owner.organizationId}`);
  return [
    ...members.map(({ id, name, email, joined, active, off, groups }) => ({
      id,
      words: `${name} ${email}`.toLowerCase(),
      groups,
      views: ["all", off ? "inactive" : "active"],
      keys: { name: name.toLowerCase(), joined, active: active ?? first, sent: first, expires: last },
    })),
    ...invitations.map(({ id, email, sent, expires, ended, groups }) => ({
      id,
      words: email,
      groups,
      views: ended ? ["history"] : ["all", "pending"],
      keys: { name: email, joined: last, active: first, sent, expires },
    })),
  ];
};

const expected = (all: Plain[], { view, q, group: wanted, sort }: Listing): string[] => {
  const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  const rows = all
    .filter((row) => row.views.includes(view) && row.words.includes(q.toLowerCase()))
    .filter((row) => wanted === null || (wanted === "none" ? row.groups.length === 0 : row.groups.includes(wanted)))
    .toSorted((a, b) => compare(a.keys[sort.key], b.keys[sort.key]) || compare(a.id, b.id))
    .map(({ id }) => id);
  return sort.reversed ? rows.toReversed() : rows;
};

/** Follows a link of a page the way a browser does: through the address. */
const follow = (listing: Listing, page: Listing["page"]): Listing => {
  const address = addressOf("/account/users", { ...listing, page });
  return readListing(Object.fromEntries(new URL(address, "http://localhost").searchParams));
};

const walk = async (listing: Listing, way: "next" | "previous"): Promise<Page<Row>[]> => {
  const pages: Page<Row>[] = [];
  for (let at: Listing | null = listing; at && pages.length < 20; ) {
    const page: Page<Row> = await listDirectory(reading, at);
    pages.push(page);
    at = page[way] && follow(listing, page[way]);
  }
  return pages;
};
const ids = (pages: readonly Page<Row>[]) => pages.flatMap(({ rows }) => rows.map(({ id }) => id));

describe("every view, sort, search and group, page by page, is what a plain reading gives", () => {
  test.each(views.flatMap((status) => sortKeys.flatMap((key) => [key, `-${key}`].map((sort) => ({ status, sort })))))(
    "$status by $sort",
    async ({ status, sort }) => {
      const all = await readPlainly();
      for (const q of ["", "ada", "ADA 1", "0%", "_b", "émile", "example.org", "nobody at all"]) {
        for (const narrowed of [undefined, "none", group]) {
          const listing = readListing({ status, sort, q, group: narrowed });
          const forwards = await walk(listing, "next");
          expect(ids(forwards), `${q} in ${narrowed}`).toEqual(expected(all, listing));
          const last = forwards.at(-1);
          if (!last || forwards.length < 2) continue;
          expect(forwards.slice(0, -1).every(({ rows }) => rows.length === pageSize)).toBe(true);
          const back = await walk(follow(listing, last.previous), "previous");
          expect(ids(back.toReversed())).toEqual(expected(all, listing).slice(0, -last.rows.length));
        }
      }
    },
  );
});

test("the counts of the views are those of a plain reading, whatever is searched for", async () => {
  const all = await readPlainly();
  const counted = Object.fromEntries(views.map((view) => [view, all.filter((row) => row.views.includes(view)).length]));
  expect(await countViews(reading)).toEqual(counted);
});

test("a row tells the groups, Owners first, and what they amount to", async () => {
  const { rows } = await listDirectory(reading, readListing({ q: owner.email }));
  expect(rows).toMatchObject([{ kind: "member", id: owner.userId, groups: ["Owners"], owner: true, beyond: false }]);
  const readers = await listDirectory(reading, readListing({ group, sort: "-sent" }));
  expect(readers.rows[0]).toMatchObject({ kind: "invitation", groups: ["Readers"], invitedBy: "Olive Owner" });
  expect(await readGroupNames(reading)).toEqual([
    { id: await ownersGroup(owner.organizationId), name: "Owners" },
    { id: group, name: "Readers" },
  ]);
});

test("a page whose rows have gone meanwhile gives the first one", async () => {
  const beyond = { key: "\u{10fffd}", id: "ffffffff-ffff-4fff-bfff-ffffffffffff" };
  const first = await listDirectory(reading, readListing({}));
  expect(await listDirectory(reading, { ...readListing({}), page: { after: beyond } })).toEqual(first);
});

const bent: Params[] = [
  { after: "nonsense" },
  { after: "~" },
  { after: "2026-02-30T00:00:00.000000Z~00000000-0000-4000-8000-000000000000", sort: "joined" },
  { after: "2026-13-01T00:00:00.000000Z~00000000-0000-4000-8000-000000000000", sort: "-active" },
  { after: "infinity~00000000-0000-4000-8000-000000000000", sort: "sent" },
  { after: "a~b~c" },
  { after: ["a", "b"] },
  { sort: "password" },
  { sort: "--name" },
  { status: "deleted" },
  { group: "1 or 1=1" },
  { q: "\0" },
  { q: ["ada"] },
];
test.each(bent)("%j counts as left out", async (params) => {
  expect(await listDirectory(reading, readListing(params))).toEqual(
    await listDirectory(reading, readListing({ sort: params.sort })),
  );
});

test.each([{ q: "\\" }, { q: "%" }, { q: "'" }, { q: "\ud800" }, { after: "\0~00000000-0000-4000-8000-000000000000" }])(
  "%j is searched for or left out, and never breaks the page",
  async (params) => {
    await expect(listDirectory(reading, readListing(params))).resolves.toBeDefined();
  },
);
