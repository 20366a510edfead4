import { render } from "react-email";
import { expect, test } from "vitest";
import { type InvitationProps, invitation } from "./invitation";

const frame = { appUrl: "https://gatehouse.example.org", help: "help@gatehouse.example.org" };
const usual: InvitationProps = {
  to: "bob@acme.example",
  organization: "Acme",
  inviter: { name: "Ada Lovelace", email: "ada@acme.example" },
  message: "Welcome aboard!\n\nSee you on Monday.",
  expiresAt: new Date("2026-11-30T10:16:00Z"),
};
const link = `${frame.appUrl}/join/TOKEN`;
const block = `${frame.appUrl}/block/TOKEN`;

const write = async (changes: Partial<InvitationProps> = {}) => {
  const { body, ...rest } = invitation({ ...usual, ...changes }, "TOKEN", frame, "invites@gatehouse.example.org");
  return { ...rest, html: await render(body) };
};
const targets = (html: string) => new Set([...html.matchAll(/href="([^"]*)"/g)].map((match) => match[1]));

test("it comes in the organization's name, and answers go to the inviter", async () => {
  expect(await write()).toMatchObject({
    from: '"Acme via Gatehouse" <invites@gatehouse.example.org>',
    replyTo: "ada@acme.example",
    subject: "Ada Lovelace invited you to join Acme",
  });
});

test("its plain text reads as a letter", async () => {
  expect((await write()).text).toBe(`Acme

Hello,

Ada Lovelace (ada@acme.example) invited bob@acme.example to join Acme.

Ada Lovelace wrote:

> Welcome aboard!
>${" "}
> See you on Monday.

Join your organization:
${link}

This invite is open until Monday, 30 November 2026 at 10:16 UTC.

Not expecting it? You can ignore this email.
Questions? Reply to this email to reach Ada Lovelace, or write to help@gatehouse.example.org for help.

Don't want invitations from Acme? Stop them:
${block}

Acme via Gatehouse`);
});

test("its HTML says the same, with a button and the same link as text", async () => {
  const { html } = await write();
  for (const words of [
    "Ada Lovelace (ada@acme.example) invited bob@acme.example to join Acme.",
    "Ada Lovelace wrote:",
    "Welcome aboard!<br/><br/>See you on Monday.",
    "Join your organization</span>",
    `>${link}</a>`,
    "This invite is open until Monday, 30 November 2026 at 10:16 UTC.",
    "Not expecting it? You can ignore this email.",
    "help@gatehouse.example.org",
    "Don&#x27;t want invitations from Acme? ",
    ">Stop them</a>",
  ])
    expect(html).toContain(words);
});

test("markup in names and message is shown, not obeyed", async () => {
  const { html } = await write({ organization: "A&B <b>bold</b>", message: "<script>1</script>" });
  expect(html).toContain("A&amp;B &lt;b&gt;bold&lt;/b&gt;");
  expect(html).not.toMatch(/<b>|<script/);
});

test("a reminder is the same offer, and says that it is one", async () => {
  const [first, again] = [await write(), await write({ again: true })];
  expect(again.subject).toBe("Reminder: Ada Lovelace invited you to join Acme");
  expect(again.text.replace(" You have not answered yet.", "")).toBe(first.text);
  expect(again.html).toContain("to join Acme. You have not answered yet.");
  expect(targets(again.html)).toEqual(targets(first.html));
});

test("a message is quoted under the name of whoever wrote it, also when somebody else sends it", async () => {
  const { html, text, replyTo } = await write({ author: "Grace Hopper" });
  expect(text).toContain("Grace Hopper wrote:\n\n> Welcome aboard!");
  expect(html).toContain("Grace Hopper wrote:");
  for (const part of [html, text]) expect(part).not.toContain("Ada Lovelace wrote:");
  expect(replyTo).toBe("ada@acme.example");
});

test("the bar beside a quoted message stands where its lines begin", async () => {
  for (const [message, side] of [
    ["Welcome to us. שלום", "left"],
    ["1. שלום, ברוכים הבאים to us", "right"],
    ["؟ مرحبا", "right"],
  ] as const)
    expect((await write({ message })).html, message).toMatch(
      new RegExp(`<blockquote[^>]*dir="${side === "left" ? "ltr" : "rtl"}"[^>]*border-${side}:3px`),
    );
});

test("without a message nobody is quoted", async () => {
  const { html, text } = await write({ message: " " });
  expect(html).not.toContain("<blockquote");
  expect(text).not.toContain("wrote:");
  expect(html).not.toContain("wrote:");
});

test("the longest message in the widest letters stays under 100 kB", async () => {
  const { html, text } = await write({ organization: "𝔸".repeat(64), message: "𝔸&\n".repeat(500) });
  expect(Buffer.byteLength(html) + Buffer.byteLength(text)).toBeLessThan(100_000);
});
