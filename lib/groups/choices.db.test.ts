import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import type { GroupId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { readGroupHolding } from "@/lib/access/holding";
import { placeOf } from "@/lib/access/named";
import { keyOf, type Policy } from "@/lib/access/policy";
import { testDatabase } from "@/lib/testing/database";
import { granted, makeGroup, makeMemberWith, makeOwner, must, whole } from "@/lib/testing/people";
import {
  allow,
  type MadeSchema,
  type MadeSource,
  type MadeTable,
  makeDomain,
  makeSource,
} from "@/lib/testing/resources";
import { readChoices } from "./choices";
import { type Draft, drafted, readDraft } from "./draft";
import { changedBy, isPartOf, type Part, wordOf } from "./parts";
import { setPolicies, versionOf } from "./policies";
import { type GroupWhole, readGroup } from "./queries";

testDatabase();
let owner: Actor;
let source: MadeSource;
let sales: MadeSchema;
let orders: MadeTable;
let group: GroupId;

beforeAll(async () => {
  owner = await makeOwner();
});
beforeEach(async () => {
  source = await makeSource(owner);
  sales = source.schemas[0] as MadeSchema;
  orders = sales.tables[0] as MadeTable;
  group = await makeGroup(owner, []);
});

const reads = (asset: MadeSchema | MadeTable | null, from = source): Policy => ({
  right: "assets.read",
  on: { source: from.id, asset: asset?.id ?? null, schema: null },
});
const readWhole = async (): Promise<GroupWhole> => {
  const found = await readGroup(granted(owner, "groups.read"), group);
  if (!found) throw new Error("The group is gone");
  return found;
};
const policiesOf = ({ named }: GroupWhole) => named.map(({ policy }) => policy);
const keys = async () => (await readGroupHolding(db(), owner.organizationId, group))?.policies.map(keyOf).toSorted();

/** What the form shows to somebody. */
const shown = async (
  by: Actor,
  about: Part,
  q = "",
  draft: Draft = new Map(),
  right: "groups.edit" | "groups.create" = "groups.edit",
) => {
  const there = await readWhole();
  const changed = changedBy(policiesOf(there), about, draft);
  const choices = changed && (await readChoices(granted(by, right), there, about, changed, q));
  if (!choices) throw new Error("Nothing is shown");
  return choices;
};
type Shown = Awaited<ReturnType<typeof shown>>;
const placesIn = ({ rows }: Shown) => rows.map(({ names }) => placeOf(names) ?? "organization");
const boxesIn = ({ rows }: Shown) => rows.flatMap(({ choices }) => choices);
const wordsIn = (about: Part, choices: Shown, which: (box: Shown["rows"][number]["choices"][number]) => boolean) =>
  boxesIn(choices)
    .filter(which)
    .map(({ policy }) => wordOf(about, policy));

/** Opens a form, presses save without touching anything but `tick`, as the page does. */
const save = async (by: Actor, about: Part, tick: readonly Policy[] = []) => {
  const there = await readWhole();
  const offered = wordsIn(about, await shown(by, about), ({ chosen, fixed, beyond }) => chosen && !fixed && !beyond);
  const draft = drafted(new Map(), offered, [...offered, ...tick.map((policy) => wordOf(about, policy))]);
  const changed = changedBy(policiesOf(there), about, draft);
  if (!changed) throw new Error("No such policy");
  const rest = policiesOf(there).filter((policy) => !isPartOf(about)(policy));
  return setPolicies(granted(by, "groups.edit"), group, [...rest, ...changed.after], versionOf(policiesOf(there)));
};

describe("saving what is in sight keeps what isn't", () => {
  const audit = whole("audit.read");

  test("of a source that was disabled meanwhile: its policies stand in the form, and survive", async () => {
    await allow(owner, group, [reads(orders), reads(null)]);
    await db().execute(sql`update sources set disabled_at = now() where id = ${source.id}`);
    const choices = await shown(owner, source.id);
    expect(placesIn(choices)).toContain(`table sales.orders of ${source.name}`);
    must(await save(owner, source.id, [{ right: "source.read", on: { source: source.id } }]));
    expect(await keys()).toEqual([keyOf(reads(orders)), keyOf(reads(null)), `source.read/${source.id}`].toSorted());
  });

  test("of a table that its database has no longer: the form says so, and it survives", async () => {
    await allow(owner, group, [reads(orders)]);
    await db().execute(sql`update assets set missing_since = now() where id = ${orders.id}`);
    const gone = (await shown(owner, source.id)).rows.filter(({ missing }) => missing);
    expect(gone.map(({ names }) => names.table)).toEqual(["orders"]);
    must(await save(owner, source.id, [reads(null)]));
    expect(await keys()).toEqual([keyOf(reads(null)), keyOf(reads(orders))].toSorted());
  });

  test("of a source or a table that whoever saves doesn't see; who may see groups is told the names", async () => {
    const hidden = await makeSource(owner);
    const domain = await makeDomain(owner);
    const others: Policy[] = [reads(null, hidden), { right: "domain.edit", on: { domain } }];
    await allow(owner, group, [audit, ...others, reads(orders)]);
    const editor = await makeMemberWith(owner, ["groups.edit", reads(source.schemas[1] as MadeSchema)]);
    expect(placesIn(await shown(editor, source.id))).toContain(`table sales.orders of ${source.name}`);
    expect(placesIn(await shown(editor, source.id, "customers"))).not.toContain(
      `table sales.customers of ${source.name}`,
    );
    must(await save(editor, source.id, [reads(source.schemas[1] as MadeSchema)]));
    must(await save(editor, "administrative", [whole("groups.read")]));
    const added = [reads(source.schemas[1] as MadeSchema), whole("groups.read")];
    expect(await keys()).toEqual([audit, ...others, reads(orders), ...added].map(keyOf).toSorted());
  });
});

describe("a group with policies on most of the tables of a large source", () => {
  let large: MadeSource;
  beforeAll(async () => {
    large = await makeSource(owner, {
      sales: Array.from({ length: 2000 }, (_, n) => `t${String(n).padStart(5, "0")}`),
    });
  });
  beforeEach(async () => {
    source = large;
    await allow(
      owner,
      group,
      (large.schemas[0] as MadeSchema).tables.slice(0, 1500).map((table) => reads(table)),
    );
  });
  const tableOf = (n: number) => reads((source.schemas[0] as MadeSchema).tables[n] as MadeTable);

  test("shows some of them, says how many it doesn't, and finds each by its name", async () => {
    const first = await shown(owner, source.id);
    expect(first.rows.length).toBeLessThan(45);
    expect(first.unseen).toBe(1500 - 15);
    const found = await shown(owner, source.id, "sales.t01499");
    expect(wordsIn(source.id, found, ({ chosen }) => chosen)).toContain(wordOf(source.id, tableOf(1499)));
    const many = await shown(owner, source.id, "t009");
    expect([many.rows.length < 45, many.more, many.found]).toEqual([true, true, 25]);
  });

  test("shows what was changed before what is as it was, also what loses its tick", async () => {
    const [lost, gained] = [wordOf(source.id, tableOf(1200)), wordOf(source.id, tableOf(1900))];
    const choices = await shown(owner, source.id, "", readDraft(`-${lost} +${gained}`));
    expect(wordsIn(source.id, choices, ({ chosen }) => chosen)).toContain(gained);
    expect(wordsIn(source.id, choices, ({ chosen }) => !chosen)).toContain(lost);
  });

  test("loses nothing when one more is ticked and saved", async () => {
    must(await save(owner, source.id, [tableOf(1999)]));
    expect((await keys())?.length).toBe(1501);
  });
});

describe("whoever may only add", () => {
  test("finds what the group has ticked and fixed, and may add what they hold", async () => {
    await allow(owner, group, [whole("access.create"), reads(sales)]);
    const adder = await makeMemberWith(owner, ["groups.create", "audit.read", reads(orders)]);
    const administrative = await shown(adder, "administrative", "", new Map(), "groups.create");
    expect(wordsIn("administrative", administrative, ({ fixed }) => fixed)).toEqual(["access.read", "access.create"]);
    expect(wordsIn("administrative", administrative, ({ beyond, fixed }) => !beyond && !fixed)).toEqual([
      "groups.read",
      "groups.create",
      "audit.read",
    ]);
    // What the group allows in a wider form is not theirs to give: they hold a table of it.
    const inside = await shown(adder, source.id, "", new Map(), "groups.create");
    expect(wordsIn(source.id, inside, ({ beyond }) => !beyond)).toEqual([]);
    const table = await shown(adder, source.id, "sales.orders", new Map(), "groups.create");
    expect(wordsIn(source.id, table, ({ beyond }) => !beyond)).toEqual([wordOf(source.id, reads(orders))]);
  });
});

describe("a draft", () => {
  const policies: Policy[] = [whole("access.create")];
  const changed = (changes: string, about: Part = "administrative") => changedBy(policies, about, readDraft(changes));

  test("names only what stands in its form", () => {
    expect(changed("+audit.delete")).toBeNull();
    expect(changed(`+domain.read/${source.id}`)).toBeNull();
    expect(changed("+audit.read", source.id)).toBeNull();
    expect(changed(`+source.read/${source.id}`, "domains")).toBeNull();
  });

  test("can't take Read-only away while something stands on it, and brings it along", () => {
    expect(changed("-access.read")?.removed).toEqual([]);
    expect(changed("+groups.edit")?.added.map(keyOf)).toEqual(["groups.edit", "groups.read"]);
    expect(changed("-access.create -access.read")?.removed.map(keyOf)).toEqual(["access.create", "access.read"]);
  });
});
