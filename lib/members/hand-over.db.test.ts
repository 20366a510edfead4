import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/db/client";
import type { InvitationId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { removeMember } from "@/lib/groups/members";
import { accept } from "@/lib/invitations/accept";
import { askForNewInvite } from "@/lib/invitations/ask";
import { decline } from "@/lib/invitations/decline";
import { testDatabase } from "@/lib/testing/database";
import { sendAll } from "@/lib/testing/outbox";
import {
  freshEmail,
  granted,
  inviteOne,
  makeGroup,
  makeMember,
  makeMemberWith,
  makeOwner,
  must,
  passwordHash,
} from "@/lib/testing/people";
import { deactivate } from "./deactivate";

testDatabase();

const deactivateAs = (actor: Actor, user: Actor) => deactivate(granted(actor, "access.edit"), user.userId);
/** As if the one mail of this kind that waits for somebody had gone out. */
const goesOut = (kind: string, { email }: Actor) =>
  db().execute(sql`
    update outbox set state = 'sent', attempts = 1, frozen = '{}', first_attempt_at = clock_timestamp()
    where kind = ${kind} and to_email = ${email} and state = 'queued'`);

test("deactivating hands the owners what waited to tell them of people who ask for a new invite", async () => {
  const chief = await makeOwner("Initech");
  const sponsor = await makeMemberWith(chief, ["access.create"]);
  const asking = [freshEmail(), freshEmail()];
  for (const email of asking) {
    must(await decline({ id: await inviteOne(sponsor, email), channel: "email" }));
  }
  const ids = await db().execute<{ id: InvitationId }>(sql`
    select id from invitations where email in ${asking} order by created_at`);
  const [one, two] = ids.map(({ id }) => id);
  if (one) must(await askForNewInvite(one));
  await goesOut("asked-again", sponsor);
  if (two) must(await askForNewInvite(two));
  must(await deactivateAs(chief, sponsor));
  const mails = await db().execute(sql`
    select to_email, state, payload -> 'asked' as asked from outbox where kind = 'asked-again'
      and to_email in ${[chief.email, sponsor.email]} order by created_at`);
  expect(mails).toEqual([
    { to_email: sponsor.email, state: "sent", asked: asking.slice(0, 1) },
    { to_email: sponsor.email, state: "cancelled", asked: asking.slice(1) },
    { to_email: chief.email, state: "queued", asked: asking.slice(1) },
  ]);
});

test("what was tried in vain is handed over, too; what may have arrived is not", async () => {
  const chief = await makeOwner("Soylent");
  const sponsors = [await makeMemberWith(chief, ["access.create"]), await makeMemberWith(chief, ["access.create"])];
  const asking = [freshEmail(), freshEmail()];
  for (const [place, outcome] of ["retry", "lost"].entries()) {
    const [sponsor, email] = [sponsors[place] ?? chief, asking[place] ?? ""];
    const id = await inviteOne(sponsor, email);
    must(await decline({ id, channel: "email" }));
    must(await askForNewInvite(id));
    await db().execute(sql`
      with tried as (update outbox set attempts = 1, frozen = '{}', first_attempt_at = now(), last_attempt_at = now()
        where kind = 'asked-again' and to_email = ${sponsor.email} returning id)
      insert into outbox_attempts (outbox_id, number, started_at, finished_at, outcome, reason, body_sha256)
      select id, 1, now(), now(), ${outcome}, 'Internal Server Error', repeat('0', 64) from tried`);
    must(await deactivateAs(chief, sponsor));
  }
  const mails = await db().execute(sql`
    select to_email, state, payload -> 'asked' as asked from outbox where kind = 'asked-again'
      and to_email in ${[chief, ...sponsors].map(({ email }) => email)} order by created_at`);
  expect(mails).toEqual([
    { to_email: sponsors[0]?.email, state: "cancelled", asked: asking.slice(0, 1) },
    { to_email: chief.email, state: "queued", asked: asking.slice(0, 1) },
    { to_email: sponsors[1]?.email, state: "queued", asked: asking.slice(1) },
  ]);
});

test("deactivating hands the owners what waited to tell them of people who joined without groups, and who had vouched", async () => {
  const chief = await makeOwner("Umbrella");
  const giving = await makeGroup(chief, ["groups.edit", "access.create", "audit.read"]);
  const plain = await makeGroup(chief, ["audit.read"], "Plain");
  const sponsor = await makeMember(chief, [giving]);
  const invited = [freshEmail(), freshEmail()];
  const ids = [];
  for (const email of invited) ids.push(await inviteOne(sponsor, email, [plain]));
  must(await removeMember(granted(chief, "groups.edit"), giving, sponsor.userId));
  const [one, two] = ids;
  if (one) must(await accept({ id: one, channel: "email" }, { name: "Ada", passwordHash }));
  await goesOut("groups-left-out", sponsor);
  if (two) must(await accept({ id: two, channel: "email" }, { name: "Bob", passwordHash }));
  must(await deactivateAs(chief, sponsor));
  const mails = await db().execute(sql`
    select to_email, state, payload -> 'joined' as joined from outbox where kind = 'groups-left-out'
      and to_email in ${[chief.email, sponsor.email]} order by created_at`);
  const without = (email = "") => ({ email, without: ["Plain"], deleted: [] });
  expect(mails).toEqual([
    { to_email: sponsor.email, state: "sent", joined: [without(invited[0])] },
    { to_email: sponsor.email, state: "cancelled", joined: [without(invited[1])] },
    { to_email: chief.email, state: "queued", joined: [{ ...without(invited[1]), vouchedBy: sponsor.name }] },
  ]);
});

test("a mail that can't be read any more keeps nobody from being deactivated; it is set aside, and the others are handed over", async () => {
  const chief = await makeOwner("Hooli");
  const sponsor = await makeMemberWith(chief, ["access.create"]);
  const [first, second] = [freshEmail(), freshEmail()];
  for (const email of [first, second]) {
    const id = await inviteOne(sponsor, email);
    must(await decline({ id, channel: "email" }));
    must(await askForNewInvite(id));
    if (email === first)
      await db().execute(sql`
        update outbox set payload = '{"kind": "asked-again", "asked": 1}' where kind = 'asked-again' and to_email = ${sponsor.email}`);
  }
  must(await deactivateAs(chief, sponsor));
  const mails = () =>
    db().execute(sql`
      select to_email, state, payload -> 'asked' as asked from outbox where kind = 'asked-again'
        and to_email in ${[chief.email, sponsor.email]} order by created_at`);
  const [unreadable, ...others] = await mails();
  expect(unreadable).toEqual({ to_email: sponsor.email, state: "queued", asked: 1 });
  expect(others).toEqual([
    { to_email: sponsor.email, state: "cancelled", asked: [second] },
    { to_email: chief.email, state: "queued", asked: [second] },
  ]);
  await sendAll();
  expect((await mails())[0]).toMatchObject({ state: "failed" });
});
