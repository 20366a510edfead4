import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { db } from "@/db/client";
import { suppressions } from "@/db/schema";
import type { InvitationId, OrganizationId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { readRow } from "@/lib/directory/queries";
import { takeReport } from "@/lib/outbox/events";
import { lift } from "@/lib/suppressions/lift";
import { testDatabase } from "@/lib/testing/database";
import {
  age,
  freshEmail,
  granted,
  inviteInput,
  inviteOne,
  makeMemberWith,
  makeOwner,
  must,
  refusalOf,
} from "@/lib/testing/people";
import { correctAddress } from "./correct-address";
import { invite } from "./invite";
import { judge } from "./preview";
import { resend } from "./resend";
import { revoke } from "./revoke";

testDatabase();

let owner: Actor;
let address: string;
let invitation: InvitationId;
beforeEach(async () => {
  owner = await makeOwner();
  address = freshEmail("bounces");
  invitation = await inviteOne(owner, address);
});

const report = async (kind: "bounced" | "complained") => {
  const [mail] = await db().execute<{ id: string }>(sql`select id from outbox where invitation_id = ${invitation}`);
  const known = { mail: mail?.id ?? "", to: [address], messageId: randomUUID(), occurredAt: new Date() };
  await takeReport({ id: randomUUID(), kind, ...known, reason: "No such mailbox", permanent: true });
};
const block = (organizationId: OrganizationId | null) =>
  db().execute(sql`insert into blocks (email, organization_id) values (${address}, ${organizationId})`);
const inviteAgain = async (actor = owner) =>
  must(await invite(granted(actor, "access.create"), inviteInput(address))).map(({ kind, because }) => [kind, because]);
const mails = async () => (await db().execute(sql`select from outbox where to_email = ${address}`)).length;
const suppressionId = async () => {
  const [row] = await db().select().from(suppressions).where(sql`email = ${address}`);
  if (!row) throw new Error("It is not suppressed");
  return row.id;
};

test.each(["bounced", "complained"] as const)(
  "an address whose mail %s is not invited again, pending or not",
  async (kind) => {
    await report(kind);
    expect(await inviteAgain()).toEqual([["cant-be-delivered", kind]]);
    await age(invitation, "8 days");
    expect(await inviteAgain()).toEqual([["cant-be-delivered", kind]]);
    must(await revoke(granted(owner, "access.delete"), invitation));
    expect(await inviteAgain()).toEqual([["cant-be-delivered", kind]]);
    expect(await mails()).toBe(1);
  },
);

test("the preview of a file says so before anything is sent", async () => {
  await report("bounced");
  const row = { row: 2, email: address, name: "", groups: [], problem: null };
  expect(must(await judge(granted(owner, "access.create"), [row]))).toMatchObject([
    { outcome: { kind: "cant-be-delivered", because: "bounced" } },
  ]);
});

test("its invite isn't sent again, and no other is corrected to it", async () => {
  await report("bounced");
  await age(invitation, "6 minutes");
  const refusal = { code: "undeliverable", because: "bounced" };
  expect(await resend(granted(owner, "access.create"), invitation)).toEqual({ ok: false, refusal });
  must(await revoke(granted(owner, "access.delete"), invitation));
  const other = await inviteOne(owner, freshEmail("typo"));
  expect(await correctAddress(granted(owner, "access.create"), other, address)).toMatchObject({
    refusal: { code: "invalid", errors: { email: expect.stringContaining("has bounced") } },
  });
  expect(await mails()).toBe(1);
});

test("its row knows why, as long as that stands, and what is held against others says nothing of it", async () => {
  const reading = granted(owner, "access.read");
  const other = await inviteOne(owner, freshEmail("fine"));
  const heldBack = async (id = invitation) => {
    const row = await readRow(reading, id);
    return row?.kind === "invitation" ? row.heldBack : undefined;
  };
  expect(await heldBack()).toBeNull();
  await report("bounced");
  expect(await heldBack()).toBe("bounced");
  expect(await heldBack(other)).toBeNull();
  await block(null);
  expect(await heldBack()).toBe("blocked");
  await db().execute(sql`delete from blocks`);
  must(await lift(reading, await suppressionId()));
  expect(await heldBack()).toBeNull();
});

test("whoever wants no more invitations gets none: from one organization, or from all", async () => {
  const other = await makeOwner();
  await block(owner.organizationId);
  expect(await inviteAgain()).toEqual([["cant-be-delivered", "blocked"]]);
  expect(await inviteAgain(other)).toEqual([["invited", undefined]]);
  await db().execute(sql`delete from blocks`);
  await block(null);
  expect(await inviteAgain(await makeOwner())).toEqual([["cant-be-delivered", "blocked"]]);
  await age(invitation, "6 minutes");
  expect(await refusalOf(resend(granted(owner, "access.create"), invitation))).toBe("undeliverable");
});

test("another organization isn't held to what bounced here", async () => {
  await report("bounced");
  expect(await inviteAgain(await makeOwner())).toEqual([["invited", undefined]]);
});

test("an owner lifts it, once and on record, and the address can be invited again", async () => {
  await report("bounced");
  const id = await suppressionId();
  const manager = await makeMemberWith(owner, ["access.create", "access.edit", "access.delete"]);
  expect(await refusalOf(lift(granted(manager, "access.read"), id))).toBe("owners-only");
  const stranger = await makeOwner();
  expect(await refusalOf(lift(granted(stranger, "access.read"), id))).toBe("not-found");
  const answers = await Promise.all([1, 2].map(() => lift(granted(owner, "access.read"), id)));
  expect(answers.map(must)).toEqual([address, address]);
  const events = await db().execute(sql`
    select actor_id, before from audit_events where action = 'suppression.lifted' and target_id = ${id}`);
  expect([...events]).toEqual([{ actor_id: owner.userId, before: { because: "bounced" } }]);
  await age(invitation, "6 minutes");
  must(await resend(granted(owner, "access.create"), invitation));
  expect(await mails()).toBe(2);
  expect(await inviteAgain()).toEqual([["already-invited", undefined]]);
});
