import { render } from "react-email";
import { expect, test } from "vitest";
import { alreadyRegistered } from "./already-registered";
import { askedAgain } from "./asked-again";
import { code } from "./code";
import { deactivated } from "./deactivated";
import { invitesEnded } from "./invites-ended";
import { reset } from "./reset";

const frame = { appUrl: "https://gatehouse.example.org", help: null };
const to = "ada@example.org";
const targets = (html: string) => new Set([...html.matchAll(/href="([^"]*)"/g)].map((match) => match[1]));

test("a reset names the person and leads to one link, in both parts", async () => {
  const mail = reset({ to, name: "Ada" }, "TOKEN", frame);
  const link = "https://gatehouse.example.org/reset-password/TOKEN";
  expect(mail.text).toContain("Hello Ada,");
  expect(mail.text.match(/https?:\S+/g)).toEqual([link]);
  expect(targets(await render(mail.body))).toEqual(new Set([link]));
});

test.each(["sign-up", "join", "sudo"] as const)(
  "a code for %s stands in the body only, and there is no link",
  async (purpose) => {
    const mail = code({ to, purpose }, "012345", frame);
    const html = await render(mail.body);
    expect(mail.subject).not.toContain("012345");
    expect(mail.text).toContain("\n012345\n");
    expect(html).toContain(">012345<");
    expect(html.slice(0, html.indexOf("<body"))).not.toContain("012345");
    expect(targets(html)).toEqual(new Set());
  },
);

test("somebody with an account is told so, with the ways in", async () => {
  const mail = alreadyRegistered({ to }, frame);
  const ways = ["https://gatehouse.example.org/signin", "https://gatehouse.example.org/forgot-password"];
  expect(mail.text.match(/https?:\S+/g)).toEqual(ways);
  expect(targets(await render(mail.body))).toEqual(new Set(ways));
});

test("somebody who was deactivated reads what that means and whom to ask, with no link and nothing to press", async () => {
  const mail = deactivated({ organization: "Acme.com" }, frame);
  expect(mail.subject).toBe("Your account in Acme. com is inactive");
  for (const part of [mail.text, await render(mail.body)]) {
    expect(part).toContain("Ask an owner of Acme. com");
    expect(part).toContain("Nothing has changed in other organizations");
    expect(part).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
  }
});

test("who asks for a new invite is named once each, and the one press leads to the invite form of that organization", async () => {
  const organizationId = "0b8f6c1e-3a52-4a56-9d8e-0c1f3a4b5d6e";
  const asked = ["bob@example.org", "eve@example.org", "bob@example.org"];
  const mail = askedAgain({ organization: "Acme.com", organizationId, asked }, frame);
  const link = `https://gatehouse.example.org/account/users/invite?in=${organizationId}`;
  expect(mail.subject).toBe("2 people ask for a new invite to Acme. com");
  expect(mail.text).toContain("\nbob@example.org\neve@example.org\n");
  expect(mail.text.match(/https?:\S+/g)).toEqual([link]);
  expect(targets(await render(mail.body))).toEqual(new Set([link]));
});

const organizationId = "0b8f6c1e-3a52-4a56-9d8e-0c1f3a4b5d6e";
const bobs = { sponsor: "Bob Builder", by: "Ada Lovelace", invites: 2, first: ["cleo@x.org", "dan@x.org"] };

test("owners read whose invites ended through whom, which they were, and where to look", async () => {
  const mail = invitesEnded({ organization: "Acme.com", organizationId, ended: [bobs] }, frame);
  const link = `https://gatehouse.example.org/account/users?status=history&in=${organizationId}`;
  expect(mail.subject).toBe("Bob Builder was deactivated, and 2 invites ended");
  const html = await render(mail.body);
  for (const part of [mail.text, html]) expect(part).toContain("Ada Lovelace deactivated Bob Builder in Acme. com.");
  expect(mail.text).toContain("\ncleo@x.org\ndan@x.org\n");
  expect(mail.text.match(/https?:\S+/g)).toEqual([link]);
  expect(targets(html)).toEqual(new Set([link.replace("&", "&amp;")]));
});

test("several deactivations stand in one mail, which stays a letter however many invites ended", async () => {
  const first = Array.from({ length: 20 }, (_, n) => `person-${n}@x.org`);
  const ended = [bobs, { sponsor: "Eve.com", by: "Ada Lovelace", invites: 10_000, first }];
  const mail = invitesEnded({ organization: "Acme", organizationId, ended }, frame);
  expect(mail.subject).toBe("2 members were deactivated, and 10,002 invites ended");
  expect(mail.text).toContain("deactivated Eve. com in Acme. 10,000 invites");
  expect(mail.text).toContain("\nperson-19@x.org\nand 9,980 more\n");
  const asked = Array.from({ length: 5_000 }, (_, n) => `person-${n}@x.org`);
  const many = askedAgain({ organization: "Acme", organizationId, asked }, frame);
  expect(many.text).toContain("\nperson-19@x.org\nand 4,980 more\n");
  expect(Buffer.byteLength(await render(many.body))).toBeLessThan(100_000);
});

test("help is named where there is some", () => {
  expect(reset({ to, name: "Ada" }, "TOKEN", { ...frame, help: "help@example.org" }).text).toContain(
    "help@example.org",
  );
});
