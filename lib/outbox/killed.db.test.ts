import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { OutboxId } from "@/db/schema/ids";
import { eventually } from "@/lib/testing/eventually";
import { openFleet, type Replica } from "@/lib/testing/fleet";
import { aDayLater, endLeases, hurry } from "@/lib/testing/passing";
import { freshEmail, makeOwner, password } from "@/lib/testing/people";
import { textOf, Visitor } from "@/lib/testing/visitor";
import { postWebhook, reportOf } from "@/lib/testing/webhooks";
import { startWorker } from "./worker";

// The running product killed, frozen and cut off at the worst moments, its provider beside it (SAFETY F1 to F8). Every
// test waits for what it needs and lets time pass in the database; none depends on how fast the machine is.
const fleet = await openFleet();
const owner = new Map<Replica, Visitor>();
const both = () => Promise.all(fleet.replicas.map((replica) => replica.kill()));
const [one, other] = [() => nth(0), () => nth(1)];
const nth = (place: number): Replica => {
  const replica = fleet.replicas[place];
  if (!replica) throw new Error("There are two");
  return replica;
};

beforeAll(async () => {
  const { email } = await makeOwner("Acme");
  const visitor = new Visitor(one().url);
  await visitor.signIn(email, password);
  for (const replica of fleet.replicas) owner.set(replica, visitor.tab(replica.url));
}, 60_000);
beforeEach(async () => {
  await Promise.all(fleet.replicas.map((replica) => replica.start()));
}, 120_000);

const ownerAt = (replica: Replica): Visitor => {
  const visitor = owner.get(replica);
  if (!visitor) throw new Error("The owner is signed in everywhere");
  return visitor;
};

const path = "/account/users/invite";
/** The invite form as it stands open, to be sent to one server or another, once or again. */
const invitation = async (addresses: string) => {
  const form = await ownerAt(other()).inviteForm();
  return {
    /** What the page then says; null when no answer came. */
    sendTo: (replica: Replica): Promise<string | null> =>
      ownerAt(replica)
        .post(path, form, { addresses })
        .then(
          ({ html }) => textOf(html),
          () => null,
        ),
  };
};
const invite = async (address: string) => (await invitation(address)).sendTo(other());

type MailRow = { id: OutboxId; state: string; reason: string | null; attempts: number; leaseUntil: Date | null };
const mailsTo = (address: string) => fleet.sql()<MailRow[]>`
  select id, state, reason, attempts, lease_until as "leaseUntil" from outbox where to_email = ${address}`;
const invitationsTo = (address: string) => fleet.sql()`select from invitations where email = ${address}`;
/** The one mail to an address, once it is like this. */
const mailOnce = (address: string, is: (mail: MailRow) => boolean) =>
  eventually(`the mail to ${address} is so`, async () => {
    const [mail] = await mailsTo(address);
    return mail && is(mail) ? mail : null;
  });
const settled = (address: string) =>
  eventually(`the mail to ${address} is settled`, async () => {
    await hurry();
    const [mail] = await mailsTo(address);
    return mail && !["queued", "sending"].includes(mail.state) ? mail : null;
  });
const outcomesOf = async (id: OutboxId) =>
  (await fleet.sql()`select outcome from outbox_attempts where outbox_id = ${id} order by number`).map(
    ({ outcome }) => outcome,
  );
/** All that the provider was asked about an address: one key, one body, so many times; and what it made of it. */
const expectAsked = (address: string, times: number, mails = 1) => {
  const asked = fleet.asked(address);
  expect(new Set(asked.map(({ key }) => key)).size).toBe(times === 0 ? 0 : 1);
  expect(new Set(asked.map(({ body }) => body)).size).toBe(times === 0 ? 0 : 1);
  expect(asked).toHaveLength(times);
  expect(fleet.mails(address)).toHaveLength(mails);
};

describe("a server is killed", () => {
  test("before the commit: there is neither an invitation nor a mail", async () => {
    const address = freshEmail("never");
    const form = await invitation(address);
    const locksWanted = () => fleet.sql()`
      select from pg_stat_activity where wait_event_type = 'Lock' and query like '%from organizations%for no key update%'`;
    await fleet.sql().begin(async (tx) => {
      // The change waits for this lock, so it can't have committed when its process dies.
      await tx`select from organizations where name = 'Acme' for update`;
      const answer = form.sendTo(one());
      await eventually("the change waits", async () => (await locksWanted()).length > 0);
      await one().kill();
      expect(await answer).toBeNull();
    });
    await eventually("the database has let go of it", async () => (await locksWanted()).length === 0);
    const marker = freshEmail("after");
    expect(await invite(marker)).toContain("1 invite sent"); // it takes the same lock: whatever waited is over
    await settled(marker);
    expect(await invitationsTo(address)).toHaveLength(0);
    expect(await mailsTo(address)).toHaveLength(0);
    expectAsked(address, 0, 0);
  }, 180_000);

  test("after the commit and before the answer: the same form sent again finds invitation and mail, and it is one mail", async () => {
    const address = freshEmail("crash");
    const form = await invitation(address);
    const committed = one().wire.next("hold", (said) => said.includes(address));
    const answer = form.sendTo(one());
    await committed;
    await one().kill();
    expect(await answer).toBeNull();
    expect(await form.sendTo(other())).toContain("1 invite sent");
    expect((await settled(address)).state).toBe("sent");
    expect(await invitationsTo(address)).toHaveLength(1);
    expect(await mailsTo(address)).toHaveLength(1);
    expectAsked(address, 1);
  }, 180_000);

  test("after the provider accepted, before that is written down: asked again with one key and one body, it is one mail", async () => {
    const address = freshEmail("accepted");
    fleet.treat(address, "silent");
    await invite(address);
    await eventually("the provider has it", () => fleet.asked(address).length > 0);
    await both();
    await endLeases();
    await one().start();
    expect(await settled(address)).toMatchObject({ state: "sent", attempts: 2 });
    expectAsked(address, 2);
  }, 180_000);

  test("the same, and nobody is there for 25 hours: unknown, not sent again, and settled by what the provider reports", async () => {
    const address = freshEmail("long-gone");
    fleet.treat(address, "silent");
    await invite(address);
    await eventually("the provider has it", () => fleet.asked(address).length > 0);
    await both();
    await aDayLater();
    await one().start();
    expect(await settled(address)).toMatchObject({ state: "unknown", attempts: 1, leaseUntil: null });
    const after = freshEmail("after");
    await other().start();
    await invite(after);
    await settled(after);
    expectAsked(address, 1);

    const [mail] = fleet.mails(address);
    expect(await postWebhook(one().url, reportOf(mail, "delivered"))).toBe(200);
    expect(await mailsTo(address)).toMatchObject([{ state: "delivered", attempts: 1 }]);
  }, 180_000);
});

test("the reply to COMMIT is lost: the person is told that nobody knows, and pressing again finds what was saved", async () => {
  const address = freshEmail("lost-reply");
  const form = await invitation(address);
  const lost = one().wire.next("cut", (said) => said.includes(address));
  const answer = await form.sendTo(one());
  await lost;
  expect(answer).toContain("we can't tell whether this was saved");
  expect(await form.sendTo(one())).toContain("1 invite sent");
  expect((await settled(address)).state).toBe("sent");
  expect(await invitationsTo(address)).toHaveLength(1);
  expect(await mailsTo(address)).toHaveLength(1);
  expectAsked(address, 1);
}, 60_000);

describe("a worker sleeps past its lease", () => {
  test("while the provider answers: another sends the same, the sleeper wakes and undoes nothing", async () => {
    const address = freshEmail("asleep");
    await other().kill();
    fleet.treat(address, "held");
    await new Visitor(one().url).get("/signin"); // it lives
    const form = ownerAt(one()).inviteForm();
    await ownerAt(one()).post(path, await form, { addresses: address });
    await eventually("the provider has it", () => fleet.asked(address).length > 0);
    one().freeze();
    await endLeases();
    await other().start();
    const mail = await mailOnce(address, ({ state }) => state === "sent");
    fleet.provider.letGo();
    one().wake();
    await eventually("the sleeper has written down its answer", async () => (await outcomesOf(mail.id))[0] === "sent");
    expect(await mailsTo(address)).toMatchObject([{ state: "sent", attempts: 2, leaseUntil: null }]);
    expectAsked(address, 2);
  }, 180_000);

  test("between claiming and sending: both say the same under the same key", async () => {
    const address = freshEmail("claimed");
    const form = await invitation(address);
    // The placeholder of its secret stands in a mail from the moment it is first written, which claiming does.
    const isClaim = (said: string) => said.includes("gatehouse-secret-") && said.includes(address);
    const claimed = Promise.race(fleet.replicas.map(({ wire }) => wire.next("hold", isClaim)));
    await form.sendTo(one());
    await claimed;
    for (const { wire } of fleet.replicas) wire.calm();
    await endLeases();
    const mail = await mailOnce(address, ({ state }) => state === "sent");
    expect(mail.attempts).toBe(2);
    expectAsked(address, 1);
    for (const { wire } of fleet.replicas) wire.letGo();
    await eventually("the sleeper has sent it too", async () => (await outcomesOf(mail.id))[0] === "sent");
    expect(await mailsTo(address)).toMatchObject([{ state: "sent", attempts: 2, leaseUntil: null }]);
    expectAsked(address, 2);
  }, 120_000);

  test("four workers, one of two servers frozen in the middle of two hundred mails: each is one mail", async () => {
    const addresses = Array.from({ length: 200 }, () => freshEmail("crowd"));
    for (const address of addresses) fleet.treat(address, "slow", "slow");
    const workers = [startWorker(), startWorker()];
    await invite(addresses.join("\n"));
    await eventually("some have been sent", () => addresses.some((address) => fleet.asked(address).length > 0));
    one().freeze();
    await endLeases();
    await eventually("others have gone on", () => fleet.mails(addresses.at(-1) ?? "").length > 0);
    one().wake();
    await endLeases();
    const left = () => fleet.sql()<{ left: number }[]>`
      select count(*)::int as left from outbox where to_email like 'crowd-%' and state <> 'sent'`;
    await eventually("all are sent", async () => (await left())[0]?.left === 0);
    await Promise.all(workers.map((worker) => worker.stop()));
    for (const address of addresses) {
      const asked = fleet.asked(address);
      expect(new Set(asked.map(({ key, body }) => `${key} ${body}`)).size).toBe(1);
      expect(fleet.mails(address)).toHaveLength(1);
    }
  }, 180_000);
});
