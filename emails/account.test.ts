import { render } from "react-email";
import { expect, test } from "vitest";
import { alreadyRegistered } from "./already-registered";
import { askedAgain } from "./asked-again";
import { code } from "./code";
import { deactivated } from "./deactivated";
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

test("help is named where there is some", () => {
  expect(reset({ to, name: "Ada" }, "TOKEN", { ...frame, help: "help@example.org" }).text).toContain(
    "help@example.org",
  );
});
