import { describe, expect, test } from "vitest";
import { type MailEventKind, mailEventKinds } from "@/db/schema";
import { eventually } from "@/lib/testing/eventually";
import { openFleet } from "@/lib/testing/fleet";
import { freshEmail, inviteOne, makeOwner } from "@/lib/testing/people";
import { newWebhookSecret, postWebhook, reportOf, signed, webhookSecret } from "@/lib/testing/webhooks";

// What the provider posts to the running product, two processes of it on one database, and what others post in its name.
const fleet = await openFleet({ RESEND_WEBHOOK_SECRET: `${newWebhookSecret}, ${webhookSecret}` });

/** Each report in turn goes to the one process or the other. */
let turn = 0;
const url = () => fleet.replicas[turn++ % fleet.replicas.length]?.url ?? "";

/** An invitation that the provider has taken, as its reports name it. */
const invited = async () => {
  const owner = await makeOwner();
  const address = freshEmail("reported");
  await inviteOne(owner, address);
  const sent = await eventually("the provider has it", () => fleet.mails(address)[0]);
  await eventually("that is written down", async () => (await mailTo(address)).state === "sent");
  return { owner, address, sent: { id: sent.id, key: sent.key, to: address } };
};

type Row = { state: string; reason: string | null; attempts: number };
const mailTo = async (address: string): Promise<Row> => {
  const [row] = await fleet.sql()<Row[]>`
    select state, reason, attempts from outbox where to_email = ${address} and kind = 'invitation'`;
  if (!row) throw new Error("There is no such mail");
  return row;
};
/** Everything about an address that a report can change. */
const effects = async (address: string) => ({
  mail: await mailTo(address),
  suppressions: [...(await fleet.sql()`select because, reason from suppressions where email = ${address}`)],
  audited: [
    ...(await fleet.sql()`
      select action from audit_events where action like 'suppression.%' and target_id in (select id from suppressions where email = ${address})`),
  ],
  told: Number(
    (
      await fleet.sql()`
        select count(*) as told from outbox, jsonb_array_elements(payload -> 'news') n
        where kind = 'invite-news' and n ->> 'email' = ${address} and n ->> 'what' = 'bounced'`
    )[0]?.told,
  ),
});

test("a report signed with either secret is taken, before the answer says so", async () => {
  for (const secret of [webhookSecret, newWebhookSecret]) {
    const { address, sent } = await invited();
    const body = reportOf(sent, "bounced");
    expect(await postWebhook(url(), body, signed(body, { secret }))).toBe(200);
    expect(await effects(address)).toEqual({
      mail: { state: "bounced", reason: "The mailbox does not exist.", attempts: 1 },
      suppressions: [{ because: "bounced", reason: "The mailbox does not exist." }],
      audited: [{ action: "suppression.created" }],
      told: 1,
    });
  }
});

describe("is refused, and changes nothing:", () => {
  const foreign = `whsec_${Buffer.alloc(32, 9).toString("base64")}`;
  const minutes = (count: number) => new Date(Date.now() + count * 60_000);
  const without = (name: string, headers: Record<string, string>) =>
    Object.fromEntries(Object.entries(headers).filter(([each]) => each !== name));
  const cases: [string, (body: string) => { body?: string; headers: Record<string, string> }][] = [
    ["another secret's signature", (body) => ({ headers: signed(body, { secret: foreign }) })],
    ["one replayed after six minutes", (body) => ({ headers: signed(body, { at: minutes(-6) }) })],
    ["one from the future", (body) => ({ headers: signed(body, { at: minutes(6) }) })],
    [
      "an old signature under a new date",
      (body) => ({
        headers: { ...signed(body, { at: minutes(-6) }), "svix-timestamp": String(Math.floor(Date.now() / 1000)) },
      }),
    ],
    ["a signature under another event's id", (body) => ({ headers: { ...signed(body), "svix-id": "msg_other" } })],
    ["a body changed by one character", (body) => ({ body: `${body} `, headers: signed(body) })],
    ["no signature", (body) => ({ headers: without("svix-signature", signed(body)) })],
    ["no date", (body) => ({ headers: without("svix-timestamp", signed(body)) })],
    ["no id", (body) => ({ headers: without("svix-id", signed(body)) })],
  ];
  test.each(cases)("%s", async (_, forge) => {
    const { address, sent } = await invited();
    const genuine = reportOf(sent, "bounced");
    const { body = genuine, headers } = forge(genuine);
    expect(await postWebhook(url(), body, headers)).toBe(401);
    expect(await effects(address)).toMatchObject({ mail: { state: "sent" }, suppressions: [], told: 0 });
    expect(await fleet.sql()`select from mail_events where message_id = ${sent.id}`).toHaveLength(0);
  });
});

test("ten times the same report, at once and at both processes, and once more later: one effect", async () => {
  const { address, sent } = await invited();
  const body = reportOf(sent, "bounced");
  const headers = signed(body);
  const answers = await Promise.all(Array.from({ length: 10 }, () => postWebhook(url(), body, headers)));
  expect(answers).toEqual(Array(10).fill(200));
  expect(await postWebhook(url(), body, headers)).toBe(200);
  expect(await effects(address)).toMatchObject({
    mail: { state: "bounced" },
    suppressions: [{ because: "bounced" }],
    audited: [{ action: "suppression.created" }],
    told: 1,
  });
  expect(await fleet.sql()`select from mail_events where message_id = ${sent.id}`).toHaveLength(1);
});

test("in whatever order reports come, one after the other or all at once, the mail ends the same", async () => {
  const orders = (kinds: readonly MailEventKind[]): MailEventKind[][] =>
    kinds.length < 2
      ? [[...kinds]]
      : kinds.flatMap((kind) => orders(kinds.filter((other) => other !== kind)).map((rest) => [kind, ...rest]));
  const path = ["sent", "delayed", "delivered", "bounced"] as const;
  for (const order of orders(path).filter((_, place) => place % 3 === 0)) {
    const { address, sent } = await invited();
    for (const kind of order) expect(await postWebhook(url(), reportOf(sent, kind))).toBe(200);
    expect(await effects(address), order.join()).toMatchObject({ mail: { state: "bounced" }, told: 1 });
  }
  const { address, sent } = await invited();
  await Promise.all(mailEventKinds.map((kind) => postWebhook(url(), reportOf(sent, kind))));
  expect((await effects(address)).mail.state).toBe("complained");
  expect((await effects(address)).suppressions).toMatchObject([{ because: "complained" }]);
}, 120_000);

describe("a report that comes before we know that the provider has the mail", () => {
  test.each([
    ["with our tag: the mail is settled by it, and the answer that comes later changes nothing", true],
    ["without a tag: it waits for the message id", false],
  ])("%s", async (_, tagged) => {
    const address = freshEmail("early");
    fleet.treat(address, "held");
    await inviteOne(await makeOwner(), address);
    const { id, key } = await eventually("the provider has it", () => fleet.mails(address)[0]);
    expect(await postWebhook(url(), reportOf({ id, key, to: address }, "delivered", { tagged }))).toBe(200);
    expect((await mailTo(address)).state).toBe(tagged ? "delivered" : "sending");
    fleet.provider.letGo();
    await eventually("the answer is written down", async () => {
      const [row] = await fleet.sql()`select from outbox_attempts where provider_message_id = ${id}`;
      return row && (await mailTo(address)).state === "delivered";
    });
    expect(await mailTo(address)).toMatchObject({ state: "delivered", attempts: 1 });
    expect(fleet.asked(address)).toHaveLength(1);
  });
});

test("a late report settles a mail that nobody had confirmed for a day; it is not sent again", async () => {
  const { address, sent } = await invited();
  await fleet.sql()`update outbox set state = 'unknown', reason = 'Nobody confirmed it.' where to_email = ${address}`;
  expect(await postWebhook(url(), reportOf(sent, "delivered"))).toBe(200);
  expect(await mailTo(address)).toEqual({ state: "delivered", reason: null, attempts: 1 });
  expect(fleet.asked(address)).toHaveLength(1);
});

test("what is genuine and not about delivery is taken and forgotten; what is no report at all as well", async () => {
  const { address, sent } = await invited();
  const opened = JSON.stringify({ ...JSON.parse(reportOf(sent, "delivered")), type: "email.opened" });
  for (const body of [
    opened,
    '{"type":"email.delivered"}',
    "[]",
    "null",
    "42",
    "no JSON at all",
    "",
    '{"type":"email.bounced","data":{"to":7}}',
  ])
    expect(await postWebhook(url(), body)).toBe(200);
  expect((await mailTo(address)).state).toBe("sent");
});

test("a report with a date that no calendar has is taken all the same", async () => {
  for (const created_at of ["+275760-09-13T00:00:00.000Z", "-271821-04-20T00:00:00.000Z", "yesterday"]) {
    const { address, sent } = await invited();
    const body = JSON.stringify({ ...JSON.parse(reportOf(sent, "delivered")), created_at });
    expect(await postWebhook(url(), body)).toBe(200);
    expect((await mailTo(address)).state).toBe("delivered");
  }
});

test("a link that a mail server quotes does not rest in the database", async () => {
  const { address, sent } = await invited();
  const link = /https?:\/\/\S+\/join\/(\S+)/.exec(String(JSON.parse(fleet.asked(address)[0]?.body ?? "{}").text));
  const message = `552 blocked: ${link?.[0]} and ${link?.[1]}`;
  expect(link?.[1]?.length).toBeGreaterThan(40);
  await postWebhook(url(), reportOf(sent, "bounced", { bounce: { type: "Permanent", subType: "General", message } }));
  expect((await mailTo(address)).reason).toBe("552 blocked: (a link) and …");
});

test("nobody but a signed post gets anything: no page, no form, no body over 64 kB", async () => {
  const at = `${url()}/api/webhooks/resend`;
  expect((await fetch(at)).status).toBe(405);
  expect((await fetch(at, { method: "PUT", body: "{}" })).status).toBe(405);
  expect((await fetch(at, { method: "POST", body: new URLSearchParams({ a: "1" }) })).status).toBe(401);
  const much = JSON.stringify({ type: "email.opened", more: "x".repeat(70_000) });
  expect(await postWebhook(url(), much)).toBe(413);
});
