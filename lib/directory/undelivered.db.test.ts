import { sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { db } from "@/db/client";
import type { DeliveryState } from "@/db/schema";
import type { InvitationId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { resend } from "@/lib/invitations/resend";
import { revoke } from "@/lib/invitations/revoke";
import { testDatabase } from "@/lib/testing/database";
import { age, freshEmail, granted, inviteOne, makeOwner, must } from "@/lib/testing/people";
import { listUndelivered } from "./undelivered";

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
  (await listUndelivered(granted(actor, "access.read"))).map(({ to, mail }) => [to, mail.state]);

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
