import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/db/client";
import { readHolding } from "@/lib/access/holding";
import { readListing } from "@/lib/directory/listing";
import { listDirectory } from "@/lib/directory/queries";
import { listDomains } from "@/lib/domains/queries";
import { readCandidates } from "@/lib/groups/queries";
import { findGroups } from "@/lib/invitations/named-groups";
import { listAssets, listSources } from "@/lib/sources/queries";
import { testDatabase } from "@/lib/testing/database";
import { granted, makeGroup, makeMember, makeOwner } from "@/lib/testing/people";
import { makeDomain, makeSource } from "@/lib/testing/resources";

testDatabase();

// What JavaScript makes of these in lower case is not what Postgres does.
test.each(["İbrahim Demir", "ΑΝΔΡΕΑΣ ΠΑΠΠΑΣ"])(
  "what is called %s is found by that very name, wherever one looks",
  async (name) => {
    const owner = await makeOwner();
    const member = await makeMember(owner);
    await db().execute(sql`update users set name = ${name} where id = ${member.userId}`);
    const [group, domain] = [await makeGroup(owner, [], name), await makeDomain(owner, name)];
    const source = await makeSource(owner, { [name]: [] }, name);
    const paging = { q: name, page: null };

    const people = await listDirectory(granted(owner, "access.read"), readListing({ q: name }));
    expect(people.rows.map(({ id }) => id)).toEqual([member.userId]);
    const { rows: candidates } = await readCandidates(granted(owner, "groups.read"), null, name);
    expect(candidates.map(({ id }) => id)).toEqual([member.userId]);
    expect((await listSources(owner, paging)).rows.map(({ id }) => id)).toEqual([source.id]);
    expect((await listAssets(owner, { source: source.id, schema: null }, paging)).rows).toHaveLength(1);
    expect((await listDomains(owner, paging)).rows.map(({ id }) => id)).toEqual([domain]);

    const holding = await readHolding(db(), owner.organizationId, owner.userId);
    if (!holding) throw new Error("no such member");
    const row = { row: 2, email: "ada@example.org", name: "", groups: [name], problem: null };
    expect(await findGroups(db(), owner.organizationId, holding, [row])).toMatchObject([
      { groupIds: [group], problem: null },
    ]);
  },
);
