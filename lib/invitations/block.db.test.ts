import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import type { InvitationId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { testDatabase } from "@/lib/testing/database";
import { letTimePass, sendAll } from "@/lib/testing/outbox";
import { age, freshEmail, granted, inviteOne, makeOwner, must, refusalOf } from "@/lib/testing/people";
import { throughResend } from "@/lib/testing/resend";
import { allowInvitations, mailedOffer, readBlock, stopInvitations } from "./block";
import { resend as sendAgain } from "./resend";
import { type Channel, tokenFor } from "./token";

const resend = await throughResend();
testDatabase();
let acme: Actor;
let globex: Actor;
let email: string;
beforeEach(async () => {
  await db().execute(sql`truncate outbox cascade`);
  resend.forget();
  acme = await makeOwner("Acme");
  globex = await makeOwner("Globex");
  email = freshEmail("nora");
});

const linkOf = (id: InvitationId, channel: Channel = "email") => tokenFor(id, channel) ?? "";
const invitedBy = async (owner: Actor) => linkOf(await inviteOne(owner, email));
const blockAt = async (token: string) => {
  const offer = await mailedOffer(token);
  return offer && readBlock(offer);
};
const mails = async () => {
  const rows = await db().execute<{ name: string; state: string; reason: string | null }>(sql`
    select g.name, o.state, o.reason from outbox o join organizations g on g.id = o.organization_id
    where o.to_email = ${email} order by o.created_at`);
  return rows.map(({ name, state }) => `${name} ${state}`);
};
const eventsOf = async ({ organizationId }: Actor) => {
  const rows = await db().execute<{ action: string; actor_id: string | null; after: unknown }>(sql`
    select action, actor_id, after from audit_events where organization_id = ${organizationId}
      and action like 'invitation.%blocked' order by sequence`);
  return [...rows];
};

test("stopped from one organization: its waiting mail is not sent, another's is, and both are told the truth", async () => {
  const [token, other] = [await invitedBy(acme), await invitedBy(globex)];
  must(await stopInvitations(token, "organization"));
  expect(await mails()).toEqual(["Acme suppressed", "Globex queued"]);
  await sendAll();
  expect(resend.mails()).toHaveLength(1);
  expect([await blockAt(token), await blockAt(other)]).toEqual(["organization", null]);
  expect(await eventsOf(acme)).toEqual([
    { action: "invitation.blocked", actor_id: null, after: { from: "organization" } },
  ]);
  expect(await eventsOf(globex)).toEqual([]);
});

test("stopped from every organization: nobody's waiting mail is sent, nor what is promised or tried again later", async () => {
  const [token, other] = [await invitedBy(acme), await invitedBy(globex)];
  resend.next({ status: 500 });
  await sendAll();
  const hooli = await makeOwner("Hooli");
  must(await stopInvitations(token, "everyone"));
  await invitedByForce(hooli);
  await letTimePass();
  await sendAll();
  expect((await mails()).toSorted()).toEqual(
    expect.arrayContaining([expect.stringMatching(/^(Acme|Globex) suppressed$/), "Hooli suppressed"]),
  );
  expect(resend.mails()).toHaveLength(1);
  expect([await blockAt(token), await blockAt(other)]).toEqual(["everyone", "everyone"]);
});

/** As if the invitation had been made just before: what is promised then is held back when it is claimed. */
const invitedByForce = async (owner: Actor) => {
  const elsewhere = freshEmail();
  const id = await inviteOne(owner, elsewhere);
  await db().execute(sql`update invitations set email = ${email} where id = ${id}`);
  await db().execute(sql`update outbox set to_email = ${email} where invitation_id = ${id}`);
  await db().execute(sql`
    update outbox set payload = jsonb_set(payload, '{to}', to_jsonb(${email}::text)) where invitation_id = ${id}`);
};

test("allowed again it can be sent again, by every organization when all had been stopped", async () => {
  const id = await inviteOne(acme, email);
  const [token, other] = [linkOf(id), await invitedBy(globex)];
  must(await stopInvitations(token, "everyone"));
  must(await stopInvitations(other, "organization"));
  must(await allowInvitations(token));
  expect([await blockAt(token), await blockAt(other)]).toEqual([null, "organization"]);
  expect((await eventsOf(acme)).map(({ action }) => action)).toEqual(["invitation.blocked", "invitation.unblocked"]);
  await age(id, "6 minutes");
  must(await sendAgain(granted(acme, "access.create"), id));
  await sendAll();
  expect(resend.mails()).toHaveLength(1);
});

test("pressed twice, or twenty times at once, it is done once", async () => {
  const token = await invitedBy(acme);
  await Promise.all(Array.from({ length: 20 }, () => stopInvitations(token, "organization").then(must)));
  await Promise.all(Array.from({ length: 20 }, () => allowInvitations(token).then(must)));
  expect(await eventsOf(acme)).toHaveLength(2);
});

describe("a link that was not mailed", () => {
  test.each(["link", "code"] as const)("by channel %s stops and allows nothing", async (channel) => {
    const id = await inviteOne(acme, email);
    expect(await refusalOf(stopInvitations(linkOf(id, channel), "everyone"))).toBe("not-found");
    must(await stopInvitations(linkOf(id), "organization"));
    expect(await refusalOf(allowInvitations(linkOf(id, channel)))).toBe("not-found");
    expect(await blockAt(linkOf(id))).toBe("organization");
  });

  test("nor does a damaged one", async () => {
    const token = await invitedBy(acme);
    expect(await refusalOf(stopInvitations(`${token.slice(0, -1)}_`, "everyone"))).toBe("not-found");
    expect(await refusalOf(stopInvitations("", "everyone"))).toBe("not-found");
  });
});

test("the invitation itself stays open", async () => {
  const id = await inviteOne(acme, email);
  must(await stopInvitations(linkOf(id), "everyone"));
  expect((await mailedOffer(linkOf(id)))?.state).toBe("pending");
});
