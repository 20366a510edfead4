import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { db } from "@/db/client";
import type { ChallengeId } from "@/db/schema/ids";
import { readViewer } from "@/lib/access/actor";
import { testDatabase } from "@/lib/testing/database";
import { freshEmail, makeOwner, must, passwordHash } from "@/lib/testing/people";
import { attempt } from "./attempt";
import { mailsPerAddress, resetToken } from "./challenges";
import { foundOrganization } from "./founding";
import { askForReset, readReset, resetPassword } from "./reset";

testDatabase();

const chosen = "harbour-plum-quilt";
const address = "192.0.2.1";

/** Asks for a link and gives its token, as the mail would hold it. */
const linkFor = async (email: string): Promise<string> => {
  must(await askForReset(email, address));
  const [row] = await db().execute<{ id: ChallengeId }>(
    sql`select id from challenges where email = ${email} order by created_at desc limit 1`,
  );
  return (row && resetToken(row.id)) ?? "";
};
const mailsTo = (email: string) => db().execute(sql`select kind from outbox where to_email = ${email}`);
const opens = async (email: string, password: string) => (await attempt({ email, password, address, device: null })).ok;

describe("asking for a link", () => {
  test("mails one to an account and none to anybody else, with one answer that takes as long", async () => {
    const owner = await makeOwner();
    const nobody = freshEmail();
    const timed = async (email: string) => {
      const start = performance.now();
      expect(await askForReset(email, address)).toEqual({ ok: true, value: null });
      return performance.now() - start;
    };
    const times = [await timed(owner.email), await timed(nobody)];
    expect(Math.abs((times[0] ?? 0) - (times[1] ?? 0))).toBeLessThan(30);
    expect(await mailsTo(owner.email)).toEqual([{ kind: "reset" }]);
    expect(await mailsTo(nobody)).toEqual([]);
  });

  test("works five times an hour for one address, also of twenty at once, known or not", async () => {
    for (const email of [(await makeOwner()).email, freshEmail()]) {
      const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => askForReset(email, `10.0.0.${n}`)));
      expect(answers.filter((answer) => answer.ok)).toHaveLength(mailsPerAddress.max);
    }
  });
});

describe("a link", () => {
  test("sets the password once, of twenty at the same moment", async () => {
    const owner = await makeOwner();
    const token = await linkFor(owner.email);
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => resetPassword(token, `${chosen} ${n}`)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    for (const answer of answers) if (!answer.ok) expect(answer.refusal.code).toBe("link-over");
    expect(await opens(owner.email, `${chosen} ${answers.findIndex((answer) => answer.ok)}`)).toBe(true);
  });

  test("ends every session and every other link", async () => {
    const owner = await makeOwner();
    const tokens = [await linkFor(owner.email), await linkFor(owner.email)];
    must(await resetPassword(tokens[1] ?? "", chosen));
    expect(await readViewer(db(), owner.sessionId)).toBeNull();
    expect(await Promise.all(tokens.map((token) => readReset(token)))).toEqual(["over", "over"]);
  });

  test("beside other links of the same person: one works, and none waits for another for good", async () => {
    for (let round = 0; round < 5; round += 1) {
      const owner = await makeOwner();
      const tokens = [await linkFor(owner.email), await linkFor(owner.email), await linkFor(owner.email)];
      const answers = await Promise.all(tokens.map((token) => resetPassword(token, chosen)));
      expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    }
  });

  test("opened changes nothing, and runs out after 30 minutes by the database's clock", async () => {
    const owner = await makeOwner();
    const token = await linkFor(owner.email);
    expect(await readReset(token)).toMatchObject({ userId: owner.userId, email: owner.email });
    expect(await readReset(token)).toMatchObject({ userId: owner.userId });
    await db().execute(
      sql`update challenges set expires_at = expires_at - interval '30 minutes' where email = ${owner.email}`,
    );
    expect(await resetPassword(token, chosen)).toEqual({ ok: false, refusal: { code: "link-over" } });
    expect(await opens(owner.email, chosen)).toBe(false);
  });

  test("that runs out while its use waits for a lock is refused", async () => {
    const owner = await makeOwner();
    const token = await linkFor(owner.email);
    await db().execute(
      sql`update challenges set expires_at = clock_timestamp() + interval '0.7 s' where email = ${owner.email}`,
    );
    let used: ReturnType<typeof resetPassword> | undefined;
    await db().transaction(async (tx) => {
      await tx.execute(sql`select from challenges where email = ${owner.email} for update`);
      used = resetPassword(token, chosen);
      await tx.execute(sql`select pg_sleep(1)`);
    });
    expect(await used).toEqual({ ok: false, refusal: { code: "link-over" } });
  });

  test("of an address nobody has leads nowhere, and a bent one is not known", async () => {
    expect(await readReset(await linkFor(freshEmail()))).toBe("over");
    expect(await readReset("nothing-of-ours")).toBeNull();
    expect(await resetPassword("nothing-of-ours", chosen)).toEqual({ ok: false, refusal: { code: "not-found" } });
  });

  test("proves the address of an account that never did, and forgets its failed tries", async () => {
    const founder = {
      organizationName: "Acme",
      name: "Eve",
      email: freshEmail(),
      passwordHash,
      verified: false,
    };
    must(await foundOrganization(founder));
    for (let n = 0; n < 6; n += 1) await opens(founder.email, "wrong");
    must(await resetPassword(await linkFor(founder.email), chosen));
    const [row] = await db().execute<{ verified: boolean }>(
      sql`select email_verified_at is not null as verified from users where email = ${founder.email}`,
    );
    expect(row?.verified).toBe(true);
    expect(await opens(founder.email, chosen)).toBe(true);
  });

  test("refuses a password made of the person's own words, and can be used again", async () => {
    const owner = await makeOwner();
    const token = await linkFor(owner.email);
    expect(await resetPassword(token, "olive-owner-2026")).toMatchObject({
      refusal: { errors: { password: expect.any(String) } },
    });
    must(await resetPassword(token, chosen));
  });

  test("leaves no secret behind in the audit", async () => {
    const owner = await makeOwner();
    const token = await linkFor(owner.email);
    must(await resetPassword(token, chosen));
    const [row] = await db().execute<{ all: string }>(sql`select string_agg(a::text, ' ') as all from audit_events a`);
    expect(row?.all).toContain("user.password_reset");
    for (const secret of [token, chosen, "argon2", owner.email]) expect(row?.all).not.toContain(secret);
  });
});
