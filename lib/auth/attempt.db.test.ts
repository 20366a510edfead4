import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import type { Actor } from "@/lib/access/actor";
import { testDatabase } from "@/lib/testing/database";
import { freshEmail, makeOwner, password } from "@/lib/testing/people";
import { attempt, failuresPerDevice, failuresPerOrigin } from "./attempt";
import { deviceMark, readDeviceMark } from "./device";
import { delays } from "./turn";

testDatabase();

let origins = 0;
let ada: Actor;
beforeEach(async () => {
  ada = await makeOwner();
});
/** From a place of its own, so that only the limit under test counts. */
const tryAt = (email: string, typed: string, more: { address?: string; known?: Actor } = {}) =>
  attempt({
    email,
    password: typed,
    address: more.address ?? `10.1.${Math.floor(++origins / 250)}.${origins % 250}`,
    device: more.known ? readDeviceMark(deviceMark(more.known.userId, `device of ${more.known.userId}`)) : null,
  });
const codeOf = async (result: ReturnType<typeof attempt>) => {
  const outcome = await result;
  return outcome.ok ? "in" : outcome.refusal.code;
};
const codesOf = (results: ReturnType<typeof attempt>[]) => Promise.all(results.map(codeOf));
const count = (codes: string[], code: string) => codes.filter((one) => one === code).length;
const passTime = (seconds: number) =>
  db().execute(
    sql`update limits set hits = array(select h - make_interval(secs => ${seconds}) from unnest(hits) h order by h)`,
  );

test("the right password shows who it is; a wrong one and an unknown address get the same refusal", async () => {
  expect(await tryAt(ada.email, password)).toMatchObject({ ok: true, value: { userId: ada.userId } });
  expect(await tryAt(ada.email, "not the password")).toEqual({ ok: false, refusal: { code: "incorrect" } });
  expect(await tryAt(freshEmail(), password)).toEqual({ ok: false, refusal: { code: "incorrect" } });
});

describe("the delay of an account", () => {
  test.each([
    ["an address with an account", () => ada.email],
    ["an address nobody has", () => freshEmail()],
  ])("lets exactly five of twenty tries at once through, from anywhere: %s", async (_what, emailOf) => {
    const email = emailOf();
    const codes = await codesOf(Array.from({ length: 20 }, () => tryAt(email, "wrong")));
    expect([count(codes, "incorrect"), count(codes, "limited")]).toEqual([5, 15]);
  });

  test("grows with each failure up to 15 minutes, names its end, and refuses the right password meanwhile", async () => {
    for (let n = 0; n < 4; n += 1) expect(await codeOf(tryAt(ada.email, "wrong"))).toBe("incorrect");
    for (const delay of [...delays.slice(4), 900]) {
      expect(await codeOf(tryAt(ada.email, "wrong"))).toBe("incorrect");
      const refused = await tryAt(ada.email, password);
      if (refused.ok || refused.refusal.code !== "limited") throw new Error(`No delay of ${delay} s`);
      expect((refused.refusal.until.getTime() - Date.now()) / 1000).toBeCloseTo(delay, -0.5);
      await passTime(delay - 1);
      expect(await codeOf(tryAt(ada.email, password))).toBe("limited");
      await passTime(1);
    }
    expect(delays.at(-1)).toBe(15 * 60);
    expect(await codeOf(tryAt(ada.email, password))).toBe("in");
  });

  test("is forgotten after the right password, and after a day", async () => {
    for (let n = 0; n < 4; n += 1) await tryAt(ada.email, "wrong");
    expect(await codeOf(tryAt(ada.email, password))).toBe("in");
    for (let n = 0; n < 5; n += 1) expect(await codeOf(tryAt(ada.email, "wrong"))).toBe("incorrect");
    await passTime(86_400);
    for (let n = 0; n < 5; n += 1) expect(await codeOf(tryAt(ada.email, "wrong"))).toBe("incorrect");
  });
});

describe("a browser the owner has signed in with before", () => {
  test("gets in while strangers have used up the tries", async () => {
    await codesOf(Array.from({ length: 20 }, () => tryAt(ada.email, "wrong")));
    expect(await codeOf(tryAt(ada.email, password))).toBe("limited");
    expect(await codeOf(tryAt(ada.email, password, { known: ada }))).toBe("in");
  });

  test("is known for that account only", async () => {
    const bob = await makeOwner();
    await codesOf(Array.from({ length: 6 }, () => tryAt(bob.email, "wrong")));
    expect(await codeOf(tryAt(bob.email, password, { known: ada }))).toBe("limited");
  });

  test("has a count of its own, so that a stolen mark is no licence to guess", async () => {
    const tries = failuresPerDevice.max + 10;
    const codes = await codesOf(Array.from({ length: tries }, () => tryAt(ada.email, "wrong", { known: ada })));
    expect([count(codes, "incorrect"), count(codes, "limited")]).toEqual([failuresPerDevice.max, 10]);
  });
});

describe("an origin", () => {
  test("is not used up by one account whose tries are refused before they are made", async () => {
    const crowded = "192.0.2.77";
    const pressed = freshEmail();
    for (let n = 0; n < failuresPerOrigin.max + 20; n += 1) await tryAt(pressed, "wrong", { address: crowded });
    expect(await codeOf(tryAt(ada.email, password, { address: crowded }))).toBe("in");
  });

  const address = "2001:db8:1:2::7";
  const neighbour = "2001:db8:1:2:ffff::1";

  test("may fail so often, at whichever accounts; what succeeds doesn't count", async () => {
    await db().execute(sql`
      insert into limits (scope, subject, hits)
      select ${failuresPerOrigin.scope}, '2001:db8:1:2', array_agg(clock_timestamp()) from generate_series(1, ${failuresPerOrigin.max - 10})`);
    for (let n = 0; n < 12; n += 1) expect(await codeOf(tryAt(ada.email, password, { address }))).toBe("in");
    const codes = await codesOf(Array.from({ length: 20 }, () => tryAt(freshEmail(), "wrong", { address })));
    expect([count(codes, "incorrect"), count(codes, "limited")]).toEqual([10, 10]);
    expect(await codeOf(tryAt(ada.email, password, { address: neighbour }))).toBe("limited");
    expect(await codeOf(tryAt(ada.email, password))).toBe("in");
  });
});
