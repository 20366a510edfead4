import { render } from "react-email";
import { expect, test } from "vitest";
import { type InviteNewsProps, inviteNews } from "./invite-news";

const organizationId = "0b8f6c1e-3a52-4a56-9d8e-0c1f3a4b5d6e";
const frame = { appUrl: "https://gatehouse.example.org", help: "help@example.org" };
const link = `https://gatehouse.example.org/account/users?in=${organizationId}`;
const write = (news: InviteNewsProps["news"]) => inviteNews({ organization: "Acme.com", organizationId, news }, frame);

test.each([
  ["accepted", "ada@x.org has joined Acme. com", "Joined:"],
  ["declined", "ada@x.org declined your invite to Acme. com", "Declined:"],
  ["bounced", "Your invite to Acme. com did not reach ada@x.org", "Not delivered, and no more mail goes there:"],
  ["returned", "Your invite to Acme. com has not reached ada@x.org yet", "Not delivered so far:"],
  ["complained", "ada@x.org marked your invite to Acme. com as spam", "Marked as spam, and no more mail goes there:"],
  ["expired", "Your invite to Acme. com for ada@x.org has expired", "Not answered in time:"],
] as const)("news that somebody %s", async (what, subject, words) => {
  const mail = write([{ email: "ada@x.org", what }]);
  expect(mail.subject).toBe(subject);
  const html = await render(mail.body);
  for (const part of [mail.text, html]) {
    expect(part).toContain(words);
    expect(part).toContain("ada@x.org");
    expect(part).toContain("You can turn these mails off in your profile.");
  }
  expect(mail.text.match(/https?:\S+/g)).toEqual([link]);
  expect(new Set([...html.matchAll(/href="([^"]*)"/g)].map((match) => match[1]))).toEqual(new Set([link]));
});

test("what asks for a hand stands before what only pleases, and a bounce says why without making links", () => {
  const mail = write([
    { email: "ada@x.org", what: "accepted" },
    { email: "bob@x.org", what: "bounced", reason: "550 see https://evil.example\r\nno such user" },
  ]);
  expect(mail.subject).toBe("News of 2 of your invites to Acme. com");
  expect(mail.text).toContain("\nbob@x.org: 550 see https: //evil. example no such user\n");
  expect(mail.text.indexOf("bob@x.org")).toBeLessThan(mail.text.indexOf("ada@x.org"));
  expect(mail.text.match(/https?:\S+/g)).toEqual([link]);
});

test("many stand in one mail, which stays a letter", async () => {
  const news = Array.from({ length: 3_000 }, (_, n) => ({
    email: `p${n}@x.org`,
    what: "bounced" as const,
    reason: "<&".repeat(400),
  }));
  const mail = write(news);
  expect(mail.subject).toBe("News of 3,000 of your invites to Acme. com");
  expect(mail.text).toContain("\nand 2,980 more\n");
  expect(Buffer.byteLength(await render(mail.body))).toBeLessThan(100_000);
});
