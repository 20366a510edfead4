import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import type { InvitationId, OutboxId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { readRow } from "@/lib/directory/queries";
import { testDatabase } from "@/lib/testing/database";
import { promise, readMail, sendAll } from "@/lib/testing/outbox";
import {
  age,
  freshEmail,
  granted,
  inviteOne,
  makeMemberWith,
  makeOwner,
  ownersGroup,
  refusalOf,
} from "@/lib/testing/people";
import { throughResend } from "@/lib/testing/resend";
import { resend } from "./resend";
import { revoke } from "./revoke";
import { tryAgain } from "./try-again";

const provider = await throughResend();
testDatabase();
let owner: Actor;
beforeEach(async () => {
  owner = await makeOwner();
  provider.forget();
  await db().execute(sql`delete from outbox`);
});

const press = (id: OutboxId, actor = owner) => refusalOf(tryAgain(granted(actor, "access.create"), id));
const mailOf = async (invitationId: InvitationId): Promise<OutboxId> => {
  const [row] = await db().execute<{ id: OutboxId }>(sql`
    select id from outbox where invitation_id = ${invitationId} order by send desc limit 1`);
  if (!row) throw new Error("There is no mail");
  return row.id;
};
/** Whether the invitation's row offers to try its mail again. */
const offered = async (invitationId: InvitationId) => {
  const row = await readRow(granted(owner, "access.read"), invitationId);
  return row?.kind === "invitation" && row.mail?.retriable;
};
const refusing = { status: 422, name: "validation_error", message: "Invalid `to` field." };

/** An invitation whose mail the provider has refused. */
const failed = async (groups: Parameters<typeof inviteOne>[2] = []) => {
  const invitationId = await inviteOne(owner, freshEmail(), groups);
  provider.next(refusing);
  await sendAll();
  const id = await mailOf(invitationId);
  expect((await readMail(id)).state).toBe("failed");
  return { id, invitationId };
};

test("a mail that failed is handed over once more, with the same key and words, and that is written down", async () => {
  const { id, invitationId } = await failed();
  expect(await offered(invitationId)).toBe(true);
  expect(await press(id)).toBe("done");
  expect(await offered(invitationId)).toBe(false);
  expect(await press(id), "pressed twice").toBe("done");
  expect(await readMail(id)).toMatchObject({ state: "queued", reason: null, settledAt: null, attempts: 1 });
  await sendAll();
  expect(await readMail(id)).toMatchObject({ state: "sent", attempts: 2 });
  expect(await press(id), "after it has gone").toBe("done");
  const [first, second, ...more] = provider.requests;
  expect(second).toEqual({ ...first, headers: expect.anything() });
  expect(more).toEqual([]);
  const events = await db().execute(sql`
    select action, actor_id from audit_events where organization_id = ${owner.organizationId} and action = 'mail.tried_again'`);
  expect(events).toEqual([{ action: "mail.tried_again", actor_id: owner.userId }]);
});

test("so is a failed mail that is no invitation's, unless mail to its address bounces", async () => {
  provider.next(refusing);
  const { organizationId } = owner;
  const id = await promise({ kind: "deactivated", to: "ada@example.org", organizationId, organization: "Acme" });
  await sendAll();
  const suppress = sql`insert into suppressions (organization_id, email, because) values (${organizationId}, 'ada@example.org', 'bounced')`;
  await db().execute(suppress);
  expect(await press(id), "no mail goes there").toBe("undeliverable");
  await db().execute(sql`update suppressions set lifted_at = now(), lifted_by_id = ${owner.userId}`);
  expect(await press(id)).toBe("done");
  await sendAll();
  expect((await readMail(id)).state).toBe("sent");
});

describe("not once", () => {
  test("it may have arrived, bounced, or was not meant to go", async () => {
    const { id, invitationId } = await failed();
    for (const state of ["unknown", "bounced", "complained", "suppressed", "cancelled"]) {
      await db().execute(sql`update outbox set state = ${state} where id = ${id}`);
      expect(await press(id), state).toBe("mail-over");
      expect(await offered(invitationId), state).toBe(false);
    }
  });

  test("the provider may have forgotten its key", async () => {
    const { id, invitationId } = await failed();
    await db().execute(
      sql`update outbox set first_attempt_at = clock_timestamp() - interval '23 hours' where id = ${id}`,
    );
    expect(await press(id)).toBe("mail-over");
    expect(await offered(invitationId)).toBe(false);
  });

  test("it failed after the provider had taken it, which would take nothing more under its key", async () => {
    const { id, invitationId } = await failed();
    await db().execute(sql`
      insert into mail_events (id, message_id, outbox_id, kind, occurred_at)
      values (${`msg_${id}`}, 'taken', ${id}, 'failed', clock_timestamp())`);
    expect(await press(id)).toBe("mail-over");
    expect(await offered(invitationId)).toBe(false);
  });

  test("nothing more is mailed to its address: it bounced or complained, or whoever reads it wants no more", async () => {
    const { id, invitationId } = await failed();
    const row = await readRow(granted(owner, "access.read"), invitationId);
    const because = ["bounced", "complained"] as const;
    for (const each of because) {
      await db().execute(sql`
        insert into suppressions (organization_id, email, because) values (${owner.organizationId}, ${row?.email}, ${each})`);
      expect(await tryAgain(granted(owner, "access.create"), id)).toEqual({
        ok: false,
        refusal: { code: "undeliverable", because: each },
      });
      await db().execute(sql`delete from suppressions`);
    }
    await db().execute(sql`insert into blocks (email, organization_id) values (${row?.email}, null)`);
    expect(await press(id)).toBe("undeliverable");
    expect((await readMail(id)).state).toBe("failed");
  });

  test("its invitation was revoked", async () => {
    const { id, invitationId } = await failed();
    await revoke(granted(owner, "access.delete"), invitationId);
    expect(await press(id)).toBe("no-longer-open");
  });

  test("its invitation has expired", async () => {
    const { id, invitationId } = await failed();
    await age(invitationId, "8 days");
    expect(await press(id)).toBe("expired");
  });

  test("its invitation was sent again", async () => {
    const { id, invitationId } = await failed();
    await age(invitationId, "6 minutes");
    expect((await resend(granted(owner, "access.create"), invitationId)).ok).toBe(true);
    expect(await press(id)).toBe("mail-over");
  });
});

test("whoever presses holds what the invitation gives, and is of the organization", async () => {
  const { id } = await failed([await ownersGroup(owner.organizationId)]);
  expect(await press(id, await makeMemberWith(owner, ["access.create", "groups.edit"]))).toBe("beyond-own-rights");
  expect(await press(id, await makeOwner())).toBe("not-found");
  expect((await readMail(id)).state).toBe("failed");
});
