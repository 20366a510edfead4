import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { isWhole, nameOf } from "@/lib/access/catalogue";
import { type Everybody, gatherActors, type Somebody } from "@/lib/testing/actors";
import { type Ground, makeGround } from "@/lib/testing/ground";
import { addressOf, pages, type Taking } from "@/lib/testing/pages";
import { makeOwner } from "@/lib/testing/people";
import { testProduct } from "@/lib/testing/product";
import { may, shows } from "@/lib/testing/rule";
import { type Target, targetsOf } from "@/lib/testing/targets";
import { textOf, type Visitor } from "@/lib/testing/visitor";

// Every page that is not open to anybody, asked for by everybody there can be, about everything its address could name
// (SAFETY 21, 22, 23): its status is the one SPEC section 2 promises, and the words are in it.
const product = testProduct();
let everybody: Everybody;
let ground: Ground;
let elsewhere: Ground;

beforeAll(async () => {
  ground = await makeGround(await makeOwner("Acme"));
  everybody = await gatherActors(ground.owner, product);
  elsewhere = await makeGround(everybody.stranger.of);
}, 120_000);

test("what each page takes is known, of all that stand behind a gate", () => {
  const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "app"], {
    encoding: "utf8",
  });
  const gated = /^export default (gatedPage|gatedPageOn|memberPage|personalPage)[<(]/m; // the test of gates knows the others
  const there = files
    .split("\n")
    .filter((file) => file.endsWith("/page.tsx") && gated.test(readFileSync(file, "utf8")));
  expect(Object.keys(pages).toSorted()).toEqual(there.toSorted());
});

const nothing: Target = { name: "", there: true, on: null, ids: {} };
/** The things an address could name. Of a page with two in it the other one is one of ours. */
const targetsFor = ({ about }: Taking): Target[] => {
  const others = { source: ground.source.id };
  const all = about ? targetsOf(about, ground, elsewhere) : [nothing];
  return all.map((target) => ({ ...target, ids: { ...others, ...target.ids } }));
};

/** The status of a page, and the right that it says is missing. */
const expected = ({ held }: Somebody, { needs, about, seen }: Taking, { on, there }: Target): string => {
  if (!held) return "307";
  const denied = needs && `403 ${needs.map(nameOf).join(" or ")}`;
  if (needs?.every(isWhole) && !needs.some((right) => may(held, right, null))) return `${denied}`;
  if (seen === "source" && !shows(held, { source: ground.source.id })) return "404";
  if (seen && seen !== "source" && !may(held, seen, null)) return `403 ${nameOf(seen)}`;
  if (about && !(on ? shows(held, on) : there)) return "404";
  return needs?.some((right) => may(held, right, isWhole(right) ? null : on)) === false ? `${denied}` : "200";
};

/** Asks for four at a time, as one browser would. */
const inTurn = async <One>(ones: readonly One[], ask: (one: One) => Promise<string>): Promise<string[]> => {
  const answers: string[] = [];
  for (let at = 0; at < ones.length; at += 4) answers.push(...(await Promise.all(ones.slice(at, at + 4).map(ask))));
  return answers;
};

const look = async (visitor: Visitor, address: string): Promise<string> => {
  const { status, html } = await visitor.get(address);
  const missing = status === 403 ? /You need (.*?)\s?\. Ask an Owner/.exec(textOf(html))?.[1]?.trim() : undefined;
  return missing ? `${status} ${missing}` : `${status}`;
};

test("each page opens for whoever may, and says to everybody else what is missing, or nothing", async () => {
  for (const by of everybody.all(ground)) {
    await everybody.be(by);
    const cases = Object.entries(pages).flatMap(([file, taking]) => {
      // Whoever lacks a right on the whole organization is turned away before anybody looks what the page is about.
      const few = expected(by, taking, nothing).startsWith("403");
      return targetsFor(taking)
        .slice(0, few ? 1 : undefined)
        .map((target) => ({ file, taking, target }));
    });
    const came = await inTurn(
      cases,
      async ({ file, target }) => `${file} ${target.name}: ${await look(by.visitor, addressOf(file, target.ids))}`,
    );
    expect(came, by.name).toEqual(
      cases.map(({ file, taking, target }) => `${file} ${target.name}: ${expected(by, taking, target)}`),
    );
  }
}, 300_000);
