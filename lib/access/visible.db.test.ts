import { type SQL, sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import type { DomainId, GroupId } from "@/db/schema/ids";
import { testDatabase } from "@/lib/testing/database";
import { currentActor, makeGroup, makeMember, makeOwner, must } from "@/lib/testing/people";
import { allow, everyPolicy, type MadeSource, makeDomain, makeSource } from "@/lib/testing/resources";
import type { Actor } from "./actor";
import { isOf, type ScopedRight, scopedRights } from "./catalogue";
import { change, unchanged } from "./change";
import { coverage } from "./covers";
import { grantOn } from "./grant";
import { readHolding } from "./holding";
import type { Policy, Resource } from "./policy";
import {
  holdsOnAllAssets,
  holdsOnAsset,
  holdsOnDomain,
  holdsOnSource,
  seesAsset,
  seesDomain,
  seesSource,
} from "./visible";

testDatabase();
let owner: Actor;
let member: Actor;
let groups: GroupId[];
let sources: MadeSource[];
let domains: DomainId[];
let choices: Policy[];

beforeAll(async () => {
  owner = await makeOwner();
  groups = [await makeGroup(owner, []), await makeGroup(owner, [])];
  member = await makeMember(owner, groups);
  const catalogue = { sales: ["orders", "customers"], people: ["salaries"] };
  sources = [await makeSource(owner, catalogue), await makeSource(owner, catalogue)];
  domains = [await makeDomain(owner), await makeDomain(owner)];
  const stranger = await makeOwner("Elsewhere");
  await makeSource(stranger, catalogue);
  await makeDomain(stranger);
  choices = everyPolicy(sources, domains);
});

/** Gives the member's two groups these policies, disables these sources, and reads the member anew. */
const stand = async (spread: readonly (readonly Policy[])[], disabled: readonly string[]) => {
  for (const [place, group] of groups.entries()) await allow(owner, group, spread[place] ?? []);
  await db().execute(
    sql`update sources set disabled_at = case when id::text = any(string_to_array(${disabled.join()}, ',')) then now() end`,
  );
  return currentActor(member.sessionId);
};

const shown = async (from: SQL, where: SQL): Promise<string[]> =>
  (await db().execute<{ id: string }>(sql`select id from ${from} where ${where}`)).map(({ id }) => id).toSorted();
const from = { sources: sql`sources s`, assets: sql`assets a`, domains: sql`domains d` };
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id).toSorted();

/** Everything there is to see, each with the resource that the pure rule is asked about. */
const everyAsset = () =>
  sources.flatMap((source) =>
    source.schemas.flatMap((schema) => [
      { id: schema.id, source, tables: schema.tables, on: { source: source.id, asset: schema.id, schema: null } },
      ...schema.tables.map((table) => ({
        ...{ id: table.id, source, tables: [] },
        on: { source: source.id, asset: table.id, schema: schema.id },
      })),
    ]),
  );

const agree = async (actor: Actor, disabled: readonly string[]) => {
  const held = await readHolding(db(), actor.organizationId, actor.userId);
  if (!held) throw new Error("An active member holds something, be it nothing");
  const gives = coverage(held);
  const has = (right: ScopedRight, on: Resource) => gives({ right, on } as Policy);
  const enabled = ({ id }: MadeSource) => !disabled.includes(id);
  const assets = everyAsset();
  for (const right of scopedRights) {
    if (isOf(right, "source"))
      expect(await shown(from.sources, holdsOnSource(actor, right)), right).toEqual(
        ids(sources.filter(({ id }) => has(right, { source: id }))),
      );
    if (isOf(right, "domain"))
      expect(await shown(from.domains, holdsOnDomain(actor, right)), right).toEqual(
        domains.filter((domain) => has(right, { domain })).toSorted(),
      );
    if (isOf(right, "assets")) {
      expect(await shown(from.assets, holdsOnAsset(actor, right)), right).toEqual(
        ids(assets.filter(({ source, on }) => enabled(source) && has(right, on))),
      );
      expect(await shown(from.sources, holdsOnAllAssets(actor, right)), right).toEqual(
        ids(
          sources.filter((source) => enabled(source) && has(right, { source: source.id, asset: null, schema: null })),
        ),
      );
    }
  }
  const sees = (on: Resource) => has("assets.read", on);
  expect(await shown(from.sources, seesSource(actor))).toEqual(
    ids(
      sources.filter(
        ({ id }) =>
          has("source.read", { source: id }) || held.scoped.some(({ on }) => "asset" in on && on.source === id),
      ),
    ),
  );
  expect(await shown(from.assets, seesAsset(actor))).toEqual(
    ids(
      assets.filter(
        ({ source, on, tables }) =>
          enabled(source) &&
          (sees(on) || tables.some(({ id }) => sees({ source: source.id, asset: id, schema: on.asset }))),
      ),
    ),
  );
  expect(await shown(from.domains, seesDomain(actor))).toEqual(
    domains.filter((domain) => has("domain.read", { domain })).toSorted(),
  );
};

describe("what the database shows is what the rule says", () => {
  test("for any policies spread over two groups, with any sources disabled", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(choices.length - 1), { maxLength: 6 }),
        fc.array(fc.nat(choices.length - 1), { maxLength: 3 }),
        fc.subarray(ids(sources), { maxLength: 1 }),
        async (first, second, disabled) => {
          const spread = [first, second].map((places) => [...new Set(places)].flatMap((place) => choices[place] ?? []));
          await agree(await stand(spread, disabled), disabled);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("for each policy alone", async () => {
    for (const policy of choices) await agree(await stand([[policy]], []), []);
  });

  test("for an owner, and for nobody in particular", async () => {
    const disabled = [sources[0]?.id ?? ""];
    const nobody = await stand([], disabled);
    await agree(nobody, disabled);
    expect(await shown(from.sources, seesSource(nobody))).toEqual([]);
    await agree(owner, disabled);
    expect(await shown(from.sources, seesSource(owner))).toEqual(ids(sources));
  });
});

describe("a grant on one resource", () => {
  const answer = async (actor: Actor, right: ScopedRight, named: object) => {
    const granted = await grantOn(actor, right, named as never);
    return granted.ok ? granted.value.on : granted.refusal.code;
  };
  const first = () => sources[0] as MadeSource;
  const firstSchema = () => first().schemas[0] as MadeSource["schemas"][number];

  test("is given with the resource as the database knows it", async () => {
    const [table] = firstSchema().tables;
    const reader = await stand(
      [[{ right: "assets.read", on: { source: first().id, asset: firstSchema().id, schema: null } }]],
      [],
    );
    expect(await answer(reader, "assets.read", { source: first().id, asset: table?.id })).toEqual({
      ...{ source: first().id, asset: table?.id, schema: firstSchema().id },
    });
  });

  test("is forbidden on what shows without the right, and what doesn't show is not found", async () => {
    const reader = await stand(
      [[{ right: "assets.read", on: { source: first().id, asset: firstSchema().id, schema: null } }]],
      [],
    );
    expect(await answer(reader, "assets.edit", { source: first().id, asset: firstSchema().id })).toBe("forbidden");
    expect(await answer(reader, "assets.read", { source: first().id, asset: null })).toBe("forbidden");
    expect(await answer(reader, "source.edit", { source: first().id })).toBe("forbidden");
    expect(await answer(reader, "source.edit", { source: sources[1]?.id })).toBe("not-found");
    expect(await answer(reader, "assets.read", { source: first().id, asset: first().schemas[1]?.id })).toBe(
      "not-found",
    );
    expect(await answer(reader, "domain.read", { domain: domains[0] })).toBe("not-found");
  });

  test("of another organization, of another source, and of nothing at all are alike", async () => {
    const stranger = await makeOwner("Third");
    const theirs = await makeSource(stranger);
    const theirDomain = await makeDomain(stranger);
    const [theirSchema] = theirs.schemas;
    for (const right of scopedRights) {
      const unknown = crypto.randomUUID();
      const named = isOf(right, "domain")
        ? [{ domain: theirDomain }, { domain: unknown }, { domain: "x" }]
        : isOf(right, "source")
          ? [{ source: theirs.id }, { source: unknown }, { source: "' or true" }]
          : [
              { source: theirs.id, asset: theirSchema?.id },
              { source: theirs.id, asset: null },
              { source: first().id, asset: theirSchema?.id },
              { source: first().id, asset: sources[1]?.schemas[0]?.id },
              { source: first().id, asset: unknown },
              { source: unknown, asset: null },
            ];
      for (const one of named) expect(await answer(owner, right, one), JSON.stringify(one)).toBe("not-found");
    }
  });

  test("is worth nothing any more once the right or the resource is gone: a change looks again", async () => {
    const schema: Policy = { right: "assets.edit", on: { source: first().id, asset: firstSchema().id, schema: null } };
    const short = await makeSource(owner);
    const whole: Policy = { right: "source.edit", on: { source: short.id } };
    const editor = await stand([[schema, whole]], []);
    const describing = must(await grantOn(editor, "assets.edit", { source: first().id, asset: firstSchema().id }));
    const changing = must(await grantOn(editor, "source.edit", { source: short.id }));
    const codeOf = async (granted: typeof describing | typeof changing) => {
      const answer = await change<ScopedRight, null>(granted, async () => unchanged(null));
      return answer.ok ? "done" : answer.refusal.code;
    };
    expect([await codeOf(describing), await codeOf(changing)]).toEqual(["done", "done"]);
    await stand([[{ ...schema, right: "assets.read" }, whole]], []);
    expect(await codeOf(describing)).toBe("forbidden");
    await stand([[schema, whole]], [first().id]);
    expect(await codeOf(describing)).toBe("not-found");
    await db().execute(sql`delete from sources where id = ${short.id}`);
    expect(await codeOf(changing)).toBe("not-found");
  });

  test("of a disabled source shows none of its assets, not even to an owner", async () => {
    await stand([], [first().id]);
    expect(await answer(owner, "assets.read", { source: first().id, asset: firstSchema().id })).toBe("not-found");
    expect(await answer(owner, "source.edit", { source: first().id })).toEqual({ source: first().id });
  });
});
