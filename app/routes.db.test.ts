import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import type { Right } from "@/lib/access/catalogue";
import { type Everybody, gatherActors, type Somebody } from "@/lib/testing/actors";
import { type Ground, makeGround } from "@/lib/testing/ground";
import { makeOwner } from "@/lib/testing/people";
import { testProduct } from "@/lib/testing/product";
import { may } from "@/lib/testing/rule";

// Every route that is not open to anybody, asked for by everybody there can be (SAFETY 21, 22): it answers those who may.
const routes: Readonly<Record<string, Right>> = { "app/account/users/changes/route.ts": "access.read" };

const product = testProduct();
let everybody: Everybody;
let ground: Ground;

beforeAll(async () => {
  ground = await makeGround(await makeOwner("Acme"));
  everybody = await gatherActors(ground.owner, product);
}, 120_000);

test("what each route takes is known, of all that stand behind a gate", () => {
  const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "app"], {
    encoding: "utf8",
  });
  const there = files
    .split("\n")
    .filter((file) => file.endsWith("/route.ts") && readFileSync(file, "utf8").includes("gatedRoute("));
  expect(Object.keys(routes).toSorted()).toEqual(there.toSorted());
});

/** The status alone: what it goes on to say may have no end. */
const look = async ({ visitor }: Somebody, file: string, method: string): Promise<number> => {
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const address = new URL(file.replace(/^app|\/route\.ts$/g, ""), product.url());
  const answer = await fetch(address, {
    method,
    headers: { cookie, origin: address.origin, "sec-fetch-site": "same-origin" },
    redirect: "manual",
  });
  await answer.body?.cancel();
  return answer.status;
};

test.each(Object.entries(routes))(
  "%s answers whoever may, 403 whoever lacks the right, 401 who is signed out",
  async (file, needs) => {
    const [came, wanted]: [string[], string[]] = [[], []];
    for (const by of everybody.all(ground)) {
      await everybody.be(by);
      came.push(`${by.name}: ${await look(by, file, "GET")}`);
      wanted.push(`${by.name}: ${by.held ? (may(by.held, needs, null) ? 200 : 403) : 401}`);
      expect(await look(by, file, "POST"), by.name).toBe(405);
    }
    expect(came).toEqual(wanted);
  },
  120_000,
);
