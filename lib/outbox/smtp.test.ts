import { afterAll, beforeEach, expect, test } from "vitest";
import { name, sender } from "@/emails/words";
import { claimOf } from "@/lib/testing/claims";
import { startSmtp } from "@/lib/testing/smtp";
import { smtpTransport } from "./smtp";

const smtp = await startSmtp();
afterAll(smtp.close);
beforeEach(smtp.forget);

const send = async (words: Parameters<typeof claimOf>[0]) => {
  const claim = claimOf(words);
  const answer = await smtpTransport({ url: smtp.url })(claim, new AbortController().signal);
  const [mail] = await smtp.mails();
  return { claim, answer, mail, talk: smtp.conversations[0] };
};

test.each([
  'Acme "Gates" \\ Sons, Ltd; a:b via Gatehouse',
  "Ärzte & Müller <GmbH> via Gatehouse",
  "شركة البوابة via Gatehouse",
  "🚪".repeat(70),
  "=?utf-8?q?Bcc:?= via Gatehouse",
  "eve at evil.example, ",
])("the organization %j is one sender at our address, whatever its name", async (called) => {
  const { answer, mail, talk } = await send({ from: sender(name(called), "gate@example.org") });
  expect(answer.state).toBe("sent");
  expect(talk).toMatchObject({ from: "gate@example.org", to: ["ada@example.org"] });
  expect(mail?.from?.value).toEqual([{ name: name(called), address: "gate@example.org" }]);
});

test("words of any script arrive as they were written, in both parts, in lines that servers take", async () => {
  const text = `${"דלת ".repeat(400)}\n.\nFrom here\n${"x".repeat(3_000)}\n`;
  const html = `<p dir="rtl">${"דלת ".repeat(400)}</p>`;
  const subject = `${"אוריאל הזמין אותך ".repeat(6)}— ${"long ".repeat(30)}`.trim();
  const { mail } = await send({ text, html, subject });
  expect(mail?.text).toBe(text);
  expect(mail?.html).toContain(html);
  expect(mail?.subject).toBe(subject);
  expect(Math.max(...(mail?.raw ?? "").split("\r\n").map((line) => line.length))).toBeLessThanOrEqual(998);
});

test("a line break in sender, answer address or subject makes no header", async () => {
  const { mail, talk } = await send({
    from: '"Acme\r\nBcc: eve@evil.example\r\n" <gate@example.org>',
    replyTo: "inviter@example.org\r\nBcc: eve@evil.example",
    subject: "Hello\r\nBcc: eve@evil.example\r\n\r\nAnother body",
  });
  expect(mail?.raw).not.toMatch(/^(bcc|another)/im);
  expect(talk?.to).toEqual(["ada@example.org"]);
});

test("it is dated by its first try, and so is each that follows", async () => {
  const { claim, mail } = await send({});
  expect(mail?.date).toEqual(claim.firstAt);
});
