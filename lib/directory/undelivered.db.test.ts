import { sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { db } from "@/db/client";
import type { DeliveryState } from "@/db/schema";
import type { InvitationId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { resend } from "@/lib/invitations/resend";
import { revoke } from "@/lib/invitations/revoke";
import { testDatabase } from "@/lib/testing/database";
import { promise } from "@/lib/testing/outbox";
import { age, freshEmail, granted, inviteOne, makeMemberWith, makeOwner, must } from "@/lib/testing/people";
import { listUndelivered, mayTryAgain, mostLookedThrough } from "./undelivered";

testDatabase();

let owner: Actor;
let address: string;
let invitation: InvitationId;
beforeEach(async () => {
  owner = await makeOwner();
  address = freshEmail("bounces");
  invitation = await inviteOne(owner, address);
});

const letBe = (state: DeliveryState) =>
  db().execute(sql`update outbox set state = ${state}, settled_at = now() where invitation_id = ${invitation}`);
const listed = async (actor = owner) =>
  (await listUndelivered(granted(actor, "access.read"))).rows.map(({ to, mail }) => [to, mail.state]);
/** Mails of this organization that bounced within the last minutes, of an invitation or of none. */
const letBounce = (many: number, of: InvitationId | null) =>
  db().execute(sql`
    insert into outbox (organization_id, kind, to_email, invitation_id, send, payload, state, created_at)
    select ${owner.organizationId}, 'invitation', 'n' || n || '@example.org', ${of}, ${of ? sql`100 + n` : null}, '{}', 'bounced',
      clock_timestamp() + n * interval '1 second' from generate_series(1, ${many}::int) n`);

test("what is known to have gone wrong is listed, and in its own organization alone", async () => {
  for (const state of ["queued", "sent", "delivered", "delayed", "cancelled"] as const) {
    await letBe(state);
    expect(await listed(), state).toEqual([]);
  }
  for (const state of ["failed", "bounced", "complained", "suppressed", "unknown"] as const) {
    await letBe(state);
    expect(await listed(), state).toEqual([[address, state]]);
  }
  expect(await listed(await makeOwner())).toEqual([]);
});

test("what was mended is listed no more: sent again, or revoked", async () => {
  await letBe("failed");
  await age(invitation, "6 minutes");
  must(await resend(granted(owner, "access.create"), invitation));
  expect(await listed()).toEqual([]);
  await letBe("bounced");
  expect(await listed()).toEqual([[address, "bounced"]]);
  must(await revoke(granted(owner, "access.delete"), invitation));
  expect(await listed()).toEqual([]);
});

test("mail of no invitation is listed for ninety days, of an open invitation for as long as it is open", async () => {
  const { organizationId } = owner;
  const id = await promise({ kind: "deactivated", to: "ada@example.org", organizationId, organization: "Acme" });
  await db().execute(sql`update outbox set state = 'failed', created_at = created_at - interval '89 days'`);
  expect((await listed()).toSorted()).toEqual(
    [
      ["ada@example.org", "failed"],
      [address, "failed"],
    ].toSorted(),
  );
  await db().execute(sql`update outbox set created_at = created_at - interval '2 days' where id = ${id}`);
  await db().execute(
    sql`update outbox set created_at = created_at - interval '1 year' where invitation_id = ${invitation}`,
  );
  expect(await listed()).toEqual([[address, "failed"]]);
});

test("however much went wrong, only the newest is looked through, and that there may be more is said", async () => {
  await letBe("bounced");
  const over = await inviteOne(owner, freshEmail("over"));
  must(await revoke(granted(owner, "access.delete"), over));
  await letBounce(mostLookedThrough - 1, over);
  expect(await listUndelivered(granted(owner, "access.read"))).toMatchObject({ rows: [{ to: address }], more: false });
  await letBounce(1, null);
  const { rows, more } = await listUndelivered(granted(owner, "access.read"));
  expect([rows.map(({ to }) => to), more]).toEqual([["n1@example.org"], true]);
});

test("fifty are shown, the newest first, and that there are more is said", async () => {
  await letBe("delivered");
  await letBounce(50, null);
  const fifty = Array.from({ length: 50 }, (_, n) => `n${50 - n}@example.org`);
  expect((await listUndelivered(granted(owner, "access.read"))).more).toBe(false);
  await letBe("bounced");
  const { rows, more } = await listUndelivered(granted(owner, "access.read"));
  expect([rows.map(({ to }) => to), more]).toEqual([fifty, true]);
});

test("whoever may invite may have a failed mail of no invitation tried again; an invitation's is tried beside it", async () => {
  await letBe("failed");
  const { organizationId } = owner;
  await promise({ kind: "deactivated", to: "ada@example.org", organizationId, organization: "Acme" });
  const triable = async (actor: Actor) =>
    (await listUndelivered(granted(actor, "access.read"))).rows
      .filter((row) => mayTryAgain(actor, row))
      .map(({ to }) => to);
  for (const [state, to] of [
    ["failed", ["ada@example.org"]],
    ["unknown", []],
    ["bounced", []],
  ] as const) {
    await db().execute(sql`update outbox set state = ${state} where to_email = 'ada@example.org'`);
    expect(await triable(owner), state).toEqual(to);
  }
  await db().execute(sql`update outbox set state = 'failed'`);
  expect(await triable(await makeMemberWith(owner, ["access.create"]))).toEqual(["ada@example.org"]);
  expect(await triable(await makeMemberWith(owner, ["access.delete"]))).toEqual([]);
  await db().execute(sql`
    insert into suppressions (organization_id, email, because) values (${organizationId}, 'ada@example.org', 'bounced')`);
  expect(await triable(owner), "no mail goes there").toEqual([]);
});
