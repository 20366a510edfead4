import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/db/client";
import { auditEvents } from "@/db/schema";
import { change } from "@/lib/access/change";
import { invite } from "@/lib/invitations/invite";
import { done, refused } from "@/lib/result";
import { testDatabase } from "@/lib/testing/database";
import { granted, inviteInput, makeMember, makeOwner, must } from "@/lib/testing/people";
import { type AuditEvent, hashOf } from "./events";

testDatabase();

const chainOf = (organizationId: string) =>
  db().select().from(auditEvents).where(sql`organization_id = ${organizationId}`).orderBy(auditEvents.sequence);

test("the chain of an organization has no gap, and every hash follows from the one before", async () => {
  const owner = await makeOwner();
  await Promise.all(Array.from({ length: 8 }, () => makeMember(owner)));
  const chain = await chainOf(owner.organizationId);
  expect(chain.length).toBeGreaterThan(20);
  let previous: Uint8Array = new Uint8Array();
  for (const [index, row] of chain.entries()) {
    expect(row.sequence).toBe(index + 1);
    const event = {
      action: row.action,
      target: { type: row.targetType, id: row.targetId },
      before: row.before ?? undefined,
      after: row.after ?? undefined,
    } as AuditEvent;
    const { organizationId } = owner;
    const { occurredAt, actorId } = row;
    const hash = hashOf(previous, { ...event, organizationId, sequence: index + 1, occurredAt, actorId });
    expect(Buffer.from(row.hash ?? []).toString("hex")).toBe(hash.toString("hex"));
    previous = hash;
  }
  const [head] = await db().execute<{ hash: Uint8Array; sequence: string }>(
    sql`select audit_hash as hash, audit_sequence as sequence from organizations where id = ${owner.organizationId}`,
  );
  expect(Number(head?.sequence)).toBe(chain.length);
  expect(Buffer.from(head?.hash ?? []).equals(Buffer.from(previous))).toBe(true);
});

test("no event can be changed or taken away", async () => {
  await makeOwner();
  for (const statement of [
    sql`update audit_events set action = 'nothing.happened'`,
    sql`delete from audit_events`,
    sql`truncate audit_events`,
  ]) {
    await expect(db().execute(statement)).rejects.toMatchObject({
      cause: { constraint_name: "audit_events_append_only" },
    });
  }
});

test("a change that is refused leaves no event and no row", async () => {
  const owner = await makeOwner();
  const before = (await chainOf(owner.organizationId)).length;
  const answer = await change(granted(owner, "groups.create"), async ({ tx, record, organizationId }) => {
    await tx.execute(sql`insert into groups (organization_id, name) values (${organizationId}, 'Half made')`);
    record({ action: "group.created", target: { type: "group", id: organizationId } });
    return refused({ code: "not-found" });
  });
  expect(answer.ok).toBe(false);
  expect(await chainOf(owner.organizationId)).toHaveLength(before);
  const rows = await db().execute(
    sql`select from groups where organization_id = ${owner.organizationId} and name = 'Half made'`,
  );
  expect(rows).toHaveLength(0);
});

test("a change that records nothing is an error and is rolled back", async () => {
  const owner = await makeOwner();
  const silent = change(granted(owner, "groups.create"), async ({ tx, organizationId }) => {
    await tx.execute(sql`insert into groups (organization_id, name) values (${organizationId}, 'Secretly')`);
    return done(null);
  });
  await expect(silent).rejects.toThrow("without an audit event");
  const rows = await db().execute(sql`select from groups where name = 'Secretly'`);
  expect(rows).toHaveLength(0);
});

test("no address, name or message is in any event: people are named by id alone", async () => {
  const owner = await makeOwner("Discreet Ltd", "olive@discreet.example");
  const input = inviteInput("secret.person@private.example", { message: "Our very private words" });
  must(await invite(granted(owner, "access.create"), input));
  const all = JSON.stringify(await chainOf(owner.organizationId));
  expect(all).not.toMatch(/private|Olive|discreet\.example/);
});

test("many changes of one organization at once leave connections for everybody else", async () => {
  const owner = await makeOwner();
  const started = performance.now();
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const holding = change(granted(owner, "groups.create"), async ({ record }) => {
    record({ action: "group.created", target: { type: "group", id: owner.organizationId } });
    await held;
    return done(null);
  });
  const waiting = Array.from({ length: 60 }, () =>
    invite(granted(owner, "access.create"), inviteInput("a@busy.example")),
  );
  await new Promise((resolve) => setTimeout(resolve, 200));
  await db().execute(sql`select 1`);
  expect(performance.now() - started).toBeLessThan(2_000);
  release();
  await holding;
  const kinds = (await Promise.all(waiting)).map((answer) => must(answer)[0]?.kind);
  expect(kinds.filter((kind) => kind === "invited")).toHaveLength(1);
});
