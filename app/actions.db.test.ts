import { execFileSync } from "node:child_process";
import { beforeAll, expect, test } from "vitest";
import { isWhole } from "@/lib/access/catalogue";
import { type Everybody, gatherActors, type Somebody } from "@/lib/testing/actors";
import { type Ground, makeGround, renew } from "@/lib/testing/ground";
import { makeOwner } from "@/lib/testing/people";
import { inAWord, press } from "@/lib/testing/press";
import { ownPresses, type Press, presses } from "@/lib/testing/presses";
import { testProduct } from "@/lib/testing/product";
import { may, shows } from "@/lib/testing/rule";
import { type Target, targetsOf } from "@/lib/testing/targets";

// Every action there is, sent directly by everybody there can be, about everything it could name (SAFETY 21, 23): done or
// refused as SPEC section 3 says, in its words, and the database agrees.
const product = testProduct();
let everybody: Everybody;
let ground: Ground;
let elsewhere: Ground;

beforeAll(async () => {
  ground = await makeGround(await makeOwner("Acme"));
  everybody = await gatherActors(ground.owner, product);
  elsewhere = await makeGround(everybody.stranger.of);
}, 120_000);

test("what each action takes is known, of all that there are", async () => {
  const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "app"], {
    encoding: "utf8",
  })
    .split("\n")
    .filter((file) => file.endsWith("/actions.ts"));
  const exportsOf = (file: string): Promise<Record<string, { gate?: string }>> => import(`../${file}`);
  const there = await Promise.all(
    files.map(async (file) =>
      Object.entries(await exportsOf(file))
        .filter(([, { gate }]) => gate !== "open") // those are on the list that the test of gates keeps
        .map(([name]) => `${file} ${name}`),
    ),
  );
  const known = new Set([...presses.map(({ action }) => action), ...Object.keys(ownPresses)]);
  expect([...known].toSorted()).toEqual(there.flat().toSorted());
});

/** What SPEC section 3 says comes of a press. */
const expected = (
  { held }: Somebody,
  { needs, also, about, says, shows: along }: Press,
  target: Target,
  on: Ground,
): string => {
  if (!held) return "signed out";
  if (isWhole(needs)) {
    if (!may(held, needs, null)) return `needs ${needs}`;
    if (also && !may(held, also, null)) return `needs ${also}`;
    return about && !target.there ? "not found" : (says ?? "done");
  }
  if (!target.on || !shows(held, target.on)) return "not found";
  if (!may(held, needs, target.on)) return `needs ${needs}`;
  return along && !may(held, "assets.read", along(on)) ? "not found" : (says ?? "done");
};

const nothing: Target = { name: "", there: true, on: null, ids: {} };
const targets = ({ about }: Press, on: Ground): Target[] => (about ? targetsOf(about, on, elsewhere) : [nothing]);

const send = async ({ visitor, of }: Somebody, { action, fields }: Press, { ids }: Target, on: Ground) =>
  inAWord(await press(visitor, action, { organization: of.organizationId, ...fields(on), ...ids }));

/** One line a case, so that all that are wrong are read at once. */
const line = (by: Somebody, { name }: Target, came: string) => `${[by.name, name].filter(Boolean).join(", ")}: ${came}`;

const each = presses.map((one) => [[one.action, one.as].filter(Boolean).join(" "), one] as const);

test.each(each)(
  "%s is refused to whoever may not, and nothing has changed",
  async (_, one) => {
    const came: string[] = [];
    const wanted: string[] = [];
    const on = await renew(ground, one.about);
    const before = await everybody.facts();
    for (const by of everybody.all(on)) {
      await everybody.be(by);
      // Whoever lacks a right on the whole organization is turned away before anybody looks what it is about.
      const few = by.held && isWhole(one.needs) && !may(by.held, one.needs, null);
      const refused = targets(one, on)
        .slice(0, few ? 1 : undefined)
        .filter((target) => expected(by, one, target, on) !== "done");
      wanted.push(...refused.map((target) => line(by, target, expected(by, one, target, on))));
      came.push(
        ...(await Promise.all(refused.map(async (target) => line(by, target, await send(by, one, target, on))))),
      );
    }
    expect(came).toEqual(wanted);
    expect(await everybody.facts()).toBe(before);
  },
  120_000,
);

test.each(each)(
  "%s is done for whoever may, and something has changed",
  async (_, one) => {
    const failed: string[] = [];
    for (const [who, somebody] of everybody.all(ground).entries())
      for (const [place, aim] of targets(one, ground).entries()) {
        if (expected(somebody, one, aim, ground) !== "done") continue;
        // What was pressed on last may be gone: everybody presses on a new one, and holds on it what they held on that.
        const on = await renew(ground, one.about);
        const [by, target] = [everybody.all(on)[who], targets(one, on)[place]];
        if (!by || !target) throw new Error("The same as before");
        await everybody.be(by);
        const before = await everybody.facts();
        const came = await send(by, one, target, on);
        const changed = (await everybody.facts()) !== before;
        if (came !== "done" || changed === (one.asks ?? false))
          failed.push(line(by, target, `${came}, ${changed ? "changed" : "the same"}`));
      }
    expect(failed).toEqual([]);
  },
  120_000,
);

test.each(each)("%s from another organization: nothing of this one is there", async (_, one) => {
  const { visitor, of } = everybody.stranger;
  const before = await everybody.facts();
  const there = await press(visitor, one.action, { organization: ground.owner.organizationId, ...one.fields(ground) });
  expect(inAWord(there)).toBe("elsewhere");
  if (!one.about) return;
  const [ours, random] = [targetsOf(one.about, ground, elsewhere)[0], targetsOf(one.about, ground, elsewhere).at(-1)];
  const sent = { organization: of.organizationId, ...one.fields(elsewhere) };
  const answers = [ours, random].map((target) => press(visitor, one.action, { ...sent, ...target?.ids }));
  expect((await Promise.all(answers)).map(inAWord)).toEqual(["not found", "not found"]);
  expect(await everybody.facts()).toBe(before);
});

test.each(Object.entries(ownPresses))("%s is for whoever is signed in, and for nobody else", async (action, fields) => {
  const before = await everybody.facts();
  const came = inAWord(
    await press(product.visitor(), action, { organization: ground.owner.organizationId, ...fields }),
  );
  expect(came).toBe("signed out");
  expect(await everybody.facts()).toBe(before);
});
