import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test, vi } from "vitest";

// Before anything reads the configuration: local mode, and only the first organization may be made.
vi.hoisted(() => {
  process.env.SIGNUP_MODE = "first";
});

import { db } from "@/db/client";
import { readViewer } from "@/lib/access/actor";
import { testDatabase } from "@/lib/testing/database";
import { must, passwordHash } from "@/lib/testing/people";
import { foundOrganization } from "./founding";
import { redeem, ticketFor } from "./session-rows";
import { type SignUpInput, signUp, signUpOpen } from "./sign-up";

testDatabase();

const address = "192.0.2.1";
const password = "harbour-plum-quilt";
const ada = { organizationName: "Analytical", name: "Ada Lovelace", email: "ada@example.org", password, setupCode: "" };
const signUpAs = (input: object) => signUp({ ...ada, ...input } as SignUpInput, address); // addresses judged by hand here

// Nobody can empty a server but whoever owns its database: the triggers that keep the audit are told to look away.
beforeEach(() =>
  db().transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(sql`truncate users, organizations, limits cascade`);
  }),
);

const organizationCount = async () => (await db().execute(sql`select from organizations`)).length;

describe("the first sign-up", () => {
  test("makes user, organization, Owners and session at once, verified, for all mail stays here", async () => {
    const signedUp = must(await signUpAs({}));
    if (!("sessionId" in signedUp)) throw new Error("A code was asked for");
    await redeem(ticketFor(signedUp.sessionId), { userAgent: "", address });
    const viewer = await readViewer(db(), signedUp.sessionId);
    expect(viewer).toMatchObject({
      email: ada.email,
      emailVerified: true,
      actor: { organizationName: "Analytical", owner: true },
    });
  });

  test("of twenty at the same moment is one", async () => {
    const founders = Array.from({ length: 20 }, (_, n) => ({
      ...ada,
      email: `first-${n}@example.org`,
      passwordHash,
      verified: true,
    }));
    const answers = await Promise.all(founders.map(foundOrganization));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    for (const answer of answers) if (!answer.ok) expect(answer.refusal.code).toBe("sign-up-closed");
    expect(await organizationCount()).toBe(1);
    expect(await db().execute(sql`select from users`)).toHaveLength(1);
  });

  test("closes the door behind it", async () => {
    expect(await signUpOpen()).toBe(true);
    must(await signUpAs({}));
    expect(await signUpOpen()).toBe(false);
    expect(await signUpAs({ email: "bob@example.org" })).toEqual({ ok: false, refusal: { code: "sign-up-closed" } });
  });

  test("sent twice signs the same person in, and nobody else", async () => {
    must(await signUpAs({}));
    expect(await signUpAs({})).toMatchObject({ ok: true, value: { sessionId: expect.any(String) } });
    expect(await signUpAs({ password: "harbour-plum-quill" })).toMatchObject({ refusal: { code: "sign-up-closed" } });
    expect(await signUpAs({ organizationName: "Other" })).toMatchObject({ refusal: { code: "sign-up-closed" } });
    expect(await organizationCount()).toBe(1);
  });

  test("is written down: a chain from the organization's first event, and the account's own events", async () => {
    must(await signUpAs({}));
    const events = await db().execute<{ action: string; sequence: string | null; hash: Buffer | null }>(
      sql`select action, sequence, hash from audit_events order by sequence nulls last, id`,
    );
    expect(events.slice(-5).map(({ action }) => action)).toEqual([
      "organization.created",
      "group.created",
      "membership.created",
      "user.created",
      "session.started",
    ]);
    const [head] = await db().execute<{ audit_sequence: string; audit_hash: Buffer }>(
      sql`select audit_sequence, audit_hash from organizations`,
    );
    expect(Number(head?.audit_sequence)).toBe(3);
    const last = events.find((event) => Number(event.sequence) === 3);
    expect(last?.hash).toEqual(head?.audit_hash);
    expect(head?.audit_hash).toHaveLength(32);
  });

  test("refuses a password made of what was typed beside it", async () => {
    expect(await signUpAs({ password: "ada-analytical-1815" })).toMatchObject({
      refusal: { errors: { password: expect.any(String) } },
    });
    expect(await organizationCount()).toBe(0);
  });
});
