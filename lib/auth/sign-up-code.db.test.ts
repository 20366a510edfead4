import { sql } from "drizzle-orm";
import { describe, expect, test, vi } from "vitest";

// Before anything reads the configuration: a public server with a mail provider, open to all.
vi.hoisted(() => {
  process.env.APP_URL = "https://gatehouse.test";
  process.env.RESEND_API_KEY = "re_test";
  process.env.EMAIL_FROM = "invites@gatehouse.test";
  process.env.SUPPORT_EMAIL = "help@gatehouse.test";
});

import { db } from "@/db/client";
import type { ChallengeId } from "@/db/schema/ids";
import { sweep } from "@/lib/sweep";
import { testDatabase } from "@/lib/testing/database";
import { freshEmail, makeOwner, must } from "@/lib/testing/people";
import { codeFor, mailsPerAddress, triesPerCode } from "./challenges";
import { setupCode } from "./setup";
import { type SignUpInput, setupTriesPerOrigin, signUp, signUpsPerOrigin } from "./sign-up";
import { confirmSignUp, readSignUp, sendAnotherCode } from "./sign-up-code";

testDatabase();

const password = "harbour-plum-quilt";
const signUpAs = (email: string, more: object = {}) =>
  signUp(
    { organizationName: "Acme", name: "Ada Lovelace", email, password, setupCode: "", ...more } as SignUpInput,
    "192.0.2.1",
  ); // judged by hand

const askFor = async (email: string): Promise<ChallengeId> => {
  const signedUp = must(await signUpAs(email));
  if (!("challengeId" in signedUp)) throw new Error("No code was asked for");
  return signedUp.challengeId;
};
const right = (id: ChallengeId) => codeFor(id, "sign-up") ?? "";
const wrong = (id: ChallengeId, n = 1) => String((Number(right(id)) + n) % 1_000_000).padStart(6, "0");
const mailsTo = async (email: string) =>
  (
    await db().execute<{ kind: string }>(sql`select kind from outbox where to_email = ${email} order by created_at`)
  ).map(({ kind }) => kind);
const accountsOf = async (email: string) => (await db().execute(sql`select from users where email = ${email}`)).length;

describe("a server nobody has claimed yet", () => {
  test("asks for the setup code, also of those who try it many times", async () => {
    const email = freshEmail();
    expect(await signUpAs(email)).toMatchObject({ refusal: { errors: { setupCode: expect.any(String) } } });
    expect(await signUpAs(email, { setupCode: "AAAA-AAAA-AAAA-AAAA" })).toMatchObject({ refusal: { code: "invalid" } });
    must(await signUpAs(email, { setupCode: setupCode().toLowerCase() }));
    for (let n = 3; n < setupTriesPerOrigin.max; n += 1) await signUpAs(email);
    expect(await signUpAs(email, { setupCode: setupCode() })).toMatchObject({ refusal: { code: "limited" } });
    expect(await accountsOf(email)).toBe(0);
    await makeOwner();
  });
});

describe("a sign-up", () => {
  test("makes the account with the code, once, however often it is sent", async () => {
    const email = freshEmail();
    const id = await askFor(email);
    expect(await mailsTo(email)).toEqual(["code"]);
    expect([await accountsOf(email), await readSignUp(id)]).toEqual([0, { email, state: "open" }]);
    const answers = await Promise.all(Array.from({ length: 5 }, () => confirmSignUp(id, right(id))));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect([await accountsOf(email), await readSignUp(id)]).toEqual([1, { email, state: "used" }]);
  });

  test("of an address that has an account gets the same answer and another mail, and no code helps", async () => {
    const { email } = await makeOwner();
    const id = await askFor(email);
    expect(await mailsTo(email)).toEqual(["already-registered"]);
    expect(await readSignUp(id)).toEqual({ email, state: "open" });
    const stranger = await askFor(freshEmail());
    expect(await confirmSignUp(id, right(id))).toEqual(await confirmSignUp(stranger, wrong(stranger)));
    expect(await readSignUp(id)).toEqual({ email, state: "open" });
  });

  test("of an address that got an account while the code was on its way is told so", async () => {
    const email = freshEmail();
    const [first, second] = [await askFor(email), await askFor(email)];
    must(await confirmSignUp(first, right(first)));
    expect(await confirmSignUp(second, right(second))).toMatchObject({
      refusal: { errors: { email: expect.stringContaining("Sign in") } },
    });
  });
});

describe("a code", () => {
  test("can be tried five times, also of twenty at once, and the right one is too late then", async () => {
    const id = await askFor(freshEmail());
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => confirmSignUp(id, wrong(id, n + 1))));
    const compared = answers.filter((answer) => !answer.ok && answer.refusal.code === "invalid");
    expect(compared).toHaveLength(triesPerCode);
    expect(await confirmSignUp(id, right(id))).toEqual({ ok: false, refusal: { code: "code-over" } });
    expect(await readSignUp(id)).toMatchObject({ state: "over" });
  });

  test("is right at the fifth try", async () => {
    const id = await askFor(freshEmail());
    for (let n = 1; n < triesPerCode; n += 1) await confirmSignUp(id, wrong(id, n));
    must(await confirmSignUp(id, right(id)));
  });

  test("works for ten minutes by the database's clock", async () => {
    const [early, late] = [await askFor(freshEmail()), await askFor(freshEmail())];
    const age = (id: ChallengeId, minutes: number) =>
      db().execute(
        sql`update challenges set expires_at = expires_at - make_interval(secs => ${minutes * 60}) where id = ${id}`,
      );
    await age(early, 9.9);
    await age(late, 10);
    must(await confirmSignUp(early, right(early)));
    expect(await confirmSignUp(late, right(late))).toEqual({ ok: false, refusal: { code: "code-over" } });
  });

  test("is for its own sign-up only", async () => {
    const [one, other] = [await askFor(freshEmail()), await askFor(freshEmail())];
    expect(await confirmSignUp(other, right(one))).toMatchObject({ refusal: { code: "invalid" } });
    expect(await confirmSignUp(one, codeFor(one, "join") ?? "")).toMatchObject({ refusal: { code: "invalid" } });
  });

  test("sent again ends the one before; five an hour go to one address", async () => {
    const email = freshEmail();
    let id = await askFor(email);
    for (let n = 1; n < mailsPerAddress.max; n += 1) {
      const before = id;
      id = must(await sendAnotherCode(before)).challengeId;
      expect(await confirmSignUp(before, right(before))).toEqual({ ok: false, refusal: { code: "code-over" } });
    }
    expect(await sendAnotherCode(id)).toMatchObject({ refusal: { code: "limited" } });
    must(await confirmSignUp(id, right(id)));
    expect(await mailsTo(email)).toEqual(Array.from({ length: mailsPerAddress.max }, () => "code"));
  });

  test("whose code has run out gets another, also after the hourly sweep", async () => {
    const email = freshEmail();
    const late = await askFor(email);
    await db().execute(sql`update challenges set expires_at = now() - interval '1 minute' where id = ${late}`);
    await sweep();
    const again = must(await sendAnotherCode(late)).challengeId;
    must(await confirmSignUp(again, right(again)));
    expect(await mailsTo(email)).toEqual(["code", "code"]);
  });

  test("keeps no password once it is done or another code was sent", async () => {
    const first = await askFor(freshEmail());
    const second = must(await sendAnotherCode(first)).challengeId;
    must(await confirmSignUp(second, right(second)));
    const kept = await db().execute(sql`select from challenges where id in ${[first, second]} and payload is not null`);
    expect(kept).toHaveLength(0);
  });

  test("can't be sent again for a sign-up that is done or unknown", async () => {
    const id = await askFor(freshEmail());
    must(await confirmSignUp(id, right(id)));
    expect(await sendAnotherCode(id)).toMatchObject({ refusal: { code: "code-over" } });
    expect(await readSignUp("not-a-uuid")).toBeNull();
    expect(await readSignUp("7b0f8f0e-0000-4000-8000-000000000000")).toBeNull();
  });
});

test("one origin may sign up so often an hour", async () => {
  await db().execute(sql`
    insert into limits (scope, subject, hits)
    select ${signUpsPerOrigin.scope}, '192.0.2.1', array_agg(clock_timestamp()) from generate_series(1, ${signUpsPerOrigin.max})
    on conflict (scope, subject) do update set hits = excluded.hits`);
  expect(await signUpAs(freshEmail())).toMatchObject({ refusal: { code: "limited" } });
});
