import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import type { InvitationId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { changeOrganization } from "@/lib/access/change";
import { accept } from "@/lib/invitations/accept";
import { askForNewInvite } from "@/lib/invitations/ask";
import { correctAddress } from "@/lib/invitations/correct-address";
import { decline } from "@/lib/invitations/decline";
import { resend } from "@/lib/invitations/resend";
import { revoke } from "@/lib/invitations/revoke";
import { tellSponsor } from "@/lib/invitations/tell-sponsor";
import { done } from "@/lib/result";
import { testDatabase } from "@/lib/testing/database";
import { letTimePass, sendAll } from "@/lib/testing/outbox";
import {
  age,
  freshEmail,
  granted,
  inviteOne,
  makeMemberWith,
  makeOwner,
  must,
  passwordHash,
} from "@/lib/testing/people";
import { throughResend } from "@/lib/testing/resend";
import type { News } from "./gathered-mails";

const provider = await throughResend();
testDatabase();
let owner: Actor;
let sponsor: Actor;
beforeEach(async () => {
  owner = await makeOwner();
  sponsor = await makeMemberWith(owner, ["access.create"]);
  provider.forget();
  await db().execute(sql`delete from outbox`);
});

const sendAgain = async (id: InvitationId): Promise<void> => {
  await age(id, "6 minutes");
  must(await resend(granted(owner, "access.create"), id));
};
const join = async (id: InvitationId) => must(await accept({ id, channel: "email" }, { name: "Nora", passwordHash }));
const refuse = async (id: InvitationId): Promise<null> => must(await decline({ id, channel: "email" }));

/** Lets the day pass that a mail gathers in, and the invites have gone by then; gives what then went to the sponsor. */
const aDayLater = async () => {
  await db().execute(sql`
    update outbox set state = 'sent', attempts = 1, frozen = '{}', first_attempt_at = clock_timestamp()
    where kind = 'invitation' and state = 'queued'`);
  await letTimePass();
  await sendAll();
  return provider.mails().filter(({ to }) => [to].flat().includes(sponsor.email));
};
/** What became of the sponsor's gathered mails, and why. */
const ends = () =>
  db().execute<{ state: string; reason: string | null }>(sql`
    select state, reason from outbox where to_email = ${sponsor.email} order by created_at`);
const overtaken = { state: "cancelled", reason: "Nothing of what it was to tell was so any more." };

describe("whoever asked for a new invite", () => {
  const expired = async () => {
    const email = freshEmail();
    const id = await inviteOne(sponsor, email);
    await age(id, "8 days");
    return { id, email };
  };
  const asks = async () => {
    const offer = await expired();
    must(await askForNewInvite(offer.id));
    return offer;
  };
  /** Asks with the link of one that they declined, though another was sent to them since. */
  const asksBesideAnother = async () => {
    const email = freshEmail();
    const first = await inviteOne(sponsor, email);
    await refuse(first);
    const other = await inviteOne(owner, email);
    must(await askForNewInvite(first));
    return { email, other };
  };

  /** What the sponsor was told of it, beside news of those who declined. */
  const request = async () => (await aDayLater()).find(({ subject }) => subject.includes("for a new invite"));

  test("and was invited since, is left out, though they have said no by now; who joined too", async () => {
    const [again, over, waits] = [await asks(), await asks(), await asks()];
    const joined = await asksBesideAnother();
    await sendAgain(again.id);
    await sendAgain(over.id);
    await refuse(over.id);
    await join(joined.other);
    const mail = await request();
    expect(mail?.text).toContain(`\n${waits.email}\n`);
    for (const { email } of [again, over, joined]) expect(mail?.text).not.toContain(email);
    expect(mail?.subject).toContain("Somebody asks for a new invite");
  });

  test("is told of though another invite waits for them since before", async () => {
    const { email } = await asksBesideAnother();
    expect((await request())?.text).toContain(email);
  });

  test("is no reason for a mail when nobody is left", async () => {
    await sendAgain((await asks()).id);
    expect(await aDayLater()).toEqual([]);
    expect(await ends()).toEqual([overtaken]);
  });

  test("is told of as ever where nobody has written down when", async () => {
    const { id, email } = await asks();
    await db().execute(sql`update outbox set payload = payload - 'askedAt' where kind = 'asked-again'`);
    await sendAgain(id);
    expect((await request())?.text).toContain(email);
  });
});

describe("news of an invite", () => {
  const became = (what: News["what"], email: string) =>
    changeOrganization(owner.organizationId, null, async (change) => {
      await tellSponsor(change, { email, sponsorId: sponsor.userId }, what);
      change.record({ action: "invitation.reminded", target: { type: "invitation", id: sponsor.userId } });
      return done(null);
    });
  const offer = async () => {
    const email = freshEmail();
    return { id: await inviteOne(sponsor, email), email };
  };
  const correct = async (id: InvitationId) =>
    must(await correctAddress(granted(owner, "access.create"), id, freshEmail()));
  const end = async (id: InvitationId) => must(await revoke(granted(owner, "access.delete"), id));

  test.each([
    ["bounced", "was corrected", correct],
    ["bounced", "was sent again", sendAgain],
    ["returned", "was accepted", join],
    ["returned", "was revoked", end],
    ["expired", "was sent again", sendAgain],
    ["expired", "was declined after another sending", (id: InvitationId) => sendAgain(id).then(() => refuse(id))],
  ] as const)("that it %s is left out when it %s since", async (what, _, meanwhile) => {
    const [mended, stands] = [await offer(), await offer()];
    for (const { email } of [mended, stands]) await became(what, email);
    await meanwhile(mended.id);
    const text = (await aDayLater())[0]?.text;
    expect(text).toContain(stands.email);
    // What came of it since, the sponsor may well read of in the same mail.
    const told = what === "expired" ? "Not answered in time:" : "Not delivered";
    expect(text.slice(text.indexOf(told)).split("\n\n")[1]).toBe(stands.email);
  });

  test("that it came back is left out when it was delivered after all", async () => {
    const { email } = await offer();
    await became("returned", email);
    await db().execute(sql`update outbox set state = 'delivered' where kind = 'invitation'`);
    expect(await aDayLater()).toEqual([]);
    expect(await ends()).toEqual([overtaken]);
  });

  test("that it came back after another sending is told, and no more that the one before was in vain", async () => {
    const { id, email } = await offer();
    await became("bounced", email);
    await sendAgain(id);
    await became("returned", email);
    const [mail] = await aDayLater();
    expect(mail?.subject).toBe(`Your invite to Acme has not reached ${email} yet`);
  });

  test.each([
    ["accepted", "Joined:"],
    ["declined", "Declined:"],
    ["complained", "Marked as spam"],
  ] as const)("that it was %s is so for good", async (what, words) => {
    const { id, email } = await offer();
    await became(what, email);
    await sendAgain(id);
    expect((await aDayLater())[0]?.text).toContain(words);
  });

  test.each([
    [["returned", "bounced"], "did not reach"],
    [["bounced", "returned"], "did not reach"],
    [["returned", "complained"], "as spam"],
    [["complained", "bounced", "returned"], "as spam"],
    [["returned", "bounced", "complained"], "as spam"],
  ] as const)("that says %j of one address is told once, by what weighs most", async (whats, words) => {
    const { email } = await offer();
    for (const what of whats) await became(what, email);
    const [mail] = await aDayLater();
    expect(mail?.subject).toContain(words);
    expect(mail?.text.split(email)).toHaveLength(2);
  });

  test("that is only counted is still told when none that is named is left", async () => {
    const { id, email } = await offer();
    await became("returned", email);
    await db().execute(sql`
      update outbox set payload = payload || '{"more": {"returned": 3}}' where kind = 'invite-news'`);
    await end(id);
    const [mail] = await aDayLater();
    expect(mail?.text).toContain("Not delivered so far:\n\n3 not named here\n");
  });

  test("that was written once is tried again as it was written, whatever has become of it", async () => {
    const { id, email } = await offer();
    await sendAll();
    await became("returned", email);
    provider.next({ status: 500 });
    await sendAll();
    await sendAgain(id);
    await aDayLater();
    const bodies = provider.requests.filter(
      ({ body }) => body.includes(sponsor.email) && body.includes("has not reached"),
    );
    expect(bodies).toHaveLength(2);
    expect(bodies[1]?.body).toBe(bodies[0]?.body);
  });
});
