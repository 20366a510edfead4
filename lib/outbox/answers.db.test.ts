import { beforeAll, expect, test } from "vitest";
import { eventually } from "@/lib/testing/eventually";
import { openFleet } from "@/lib/testing/fleet";
import { hurry } from "@/lib/testing/passing";
import { freshEmail, makeOwner, password } from "@/lib/testing/people";
import type { Behaviour } from "@/lib/testing/resend";
import { textOf, Visitor } from "@/lib/testing/visitor";

// What the running product makes of everything a provider may answer (SAFETY F6), and of a mail that can't be written
// (F8): two servers on one database, which may each make any of the tries.
const fleet = await openFleet();
let owner: Visitor;
beforeAll(async () => {
  const { email } = await makeOwner("Acme");
  owner = new Visitor(fleet.replicas[0]?.url ?? "");
  await owner.signIn(email, password);
}, 60_000);

type MailRow = { id: string; invitation: string; state: string; reason: string | null; attempts: number };
const mailTo = async (address: string): Promise<MailRow | undefined> =>
  (
    await fleet.sql()<MailRow[]>`
      select id, invitation_id as invitation, state, reason, attempts from outbox where to_email = ${address}`
  )[0];
/** The mail to an address once nothing more becomes of it, with every pause and wait cut short. */
const settled = (address: string) =>
  eventually(`the mail to ${address} is settled`, async () => {
    await hurry();
    const mail = await mailTo(address);
    return mail && !["queued", "sending"].includes(mail.state) ? mail : null;
  });

type Expected = { state: string; asked: number; mails: number; reason?: string };
const answers: Record<string, [Behaviour, Expected]> = {
  "429 with a time": [
    { status: 429, name: "rate_limit_exceeded", headers: { "retry-after": "30" } },
    { state: "sent", asked: 2, mails: 1 },
  ],
  "500": [
    { status: 500, plain: "<h1>Oh</h1>" },
    { state: "sent", asked: 2, mails: 1 },
  ],
  "a line that is cut": ["hang-up", { state: "sent", asked: 2, mails: 1 }],
  "an answer that takes its time": ["slow", { state: "sent", asked: 1, mails: 1 }],
  "nothing, having accepted it": ["silent", { state: "sent", asked: 2, mails: 1 }],
  "a line that is cut, having accepted it": ["vanish", { state: "sent", asked: 2, mails: 1 }],
  "what is no JSON, having accepted it": ["garbled", { state: "sent", asked: 2, mails: 1 }],
  "422": [
    { status: 422, name: "validation_error", message: "Invalid `to` field." },
    { state: "failed", asked: 1, mails: 0, reason: "Invalid `to` field." },
  ],
  "409, the key being known with another body": [
    { status: 409, name: "invalid_idempotent_request", message: "Used before" },
    { state: "unknown", asked: 1, mails: 0, reason: "It may have arrived with other words in it: Used before" },
  ],
  "401, until our key is good again": [
    { status: 401, name: "invalid_api_key", message: "API key is invalid" },
    { state: "sent", asked: 2, mails: 1 },
  ],
};

test.each(Object.entries(answers))(
  "the provider answers with %s",
  async (name, [behaviour, expected]) => {
    const address = freshEmail(`answer-${Object.keys(answers).indexOf(name)}`);
    fleet.treat(address, behaviour);
    await owner.invite(address);
    const mail = await settled(address);
    const asked = fleet.asked(address);
    expect({ state: mail.state, asked: asked.length, mails: fleet.mails(address).length }).toEqual({
      ...{ state: expected.state, asked: expected.asked, mails: expected.mails },
    });
    if (expected.reason) expect(mail.reason).toBe(expected.reason);
    expect(new Set(asked.map(({ key, body }) => `${key} ${body}`)).size).toBe(1);
  },
  90_000,
);

test("a mail that can't be written any more is set aside where people see it, and the others go on", async () => {
  const [broken, good] = [freshEmail("broken"), freshEmail("good")];
  fleet.treat(broken, { status: 500 });
  await owner.invite(broken);
  await eventually("it waits for its second try", async () => (await mailTo(broken))?.state === "queued");
  await fleet.sql()`update outbox set frozen = '{"from": 7}' where to_email = ${broken}`;
  const mail = await settled(broken);
  expect(mail).toMatchObject({ state: "failed", attempts: 1 });
  expect(mail.reason).toContain("It could not be written");
  await owner.invite(good);
  expect((await settled(good)).state).toBe("sent");
  expect(fleet.asked(broken)).toHaveLength(1);
  const page = textOf((await owner.get(`/account/users/invitations/${mail.invitation}`)).html);
  expect(page).toContain("It could not be written");
}, 90_000);
