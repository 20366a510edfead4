import { render } from "react-email";
import { expect, test } from "vitest";
import { askedAgain } from "./asked-again";
import { code } from "./code";
import { deactivated } from "./deactivated";
import { invitesEnded } from "./invites-ended";
import { reset } from "./reset";

const frame = { appUrl: "https://gatehouse.example.org", help: null };
const to = "ada@example.org";

test("a reset names the person, and its link ends with the token", () => {
  const mail = reset({ to, name: "Ada" }, "TOKEN", frame);
  expect(mail.text).toContain("Hello Ada,");
  expect(mail.text).toContain("\nhttps://gatehouse.example.org/reset-password/TOKEN\n");
});

test.each(["sign-up", "join", "sudo"] as const)("a code for %s stands in the body only", async (purpose) => {
  const mail = code({ to, purpose }, "012345", frame);
  const html = await render(mail.body);
  expect(mail.subject).not.toContain("012345");
  expect(mail.text).toContain("\n012345\n");
  expect(html).toContain(">012345<");
  expect(html.slice(0, html.indexOf("<body"))).not.toContain("012345");
});

test("somebody who was deactivated reads what that means and whom to ask", async () => {
  const mail = deactivated({ organization: "Acme.com" }, frame);
  expect(mail.subject).toBe("Your account in Acme. com is inactive");
  for (const part of [mail.text, await render(mail.body)]) {
    expect(part).toContain("Ask an owner of Acme. com");
    expect(part).toContain("Nothing has changed in other organizations");
    expect(part, "others may have taken over what they once sent").toContain(
      "invitations in your name that nobody had",
    );
  }
});

test("who asks for a new invite is named once each", () => {
  const organizationId = "0b8f6c1e-3a52-4a56-9d8e-0c1f3a4b5d6e";
  const asked = ["bob@example.org", "eve@example.org", "bob@example.org"];
  const mail = askedAgain({ organization: "Acme.com", organizationId, asked }, frame);
  expect(mail.subject).toBe("2 people ask for a new invite to Acme. com");
  expect(mail.text).toContain("\nbob@example.org\neve@example.org\n");
});

const organizationId = "0b8f6c1e-3a52-4a56-9d8e-0c1f3a4b5d6e";
const bobs = { sponsor: "Bob Builder", by: "Ada Lovelace", invites: 2, first: ["cleo@x.org", "dan@x.org"] };

test("owners read whose invites ended through whom, and which they were", async () => {
  const mail = invitesEnded({ organization: "Acme.com", organizationId, ended: [bobs] }, frame);
  expect(mail.subject).toBe("Bob Builder was deactivated, and 2 invites ended");
  const html = await render(mail.body);
  for (const part of [mail.text, html]) {
    expect(part).toContain("Ada Lovelace deactivated Bob Builder in Acme. com.");
    expect(part).toContain("2 invites in the name of Bob Builder, which nobody had answered yet, ended with that:");
  }
  expect(mail.text).toContain("\ncleo@x.org\ndan@x.org\n");
});

test("several deactivations stand in one mail, which names the first however many invites ended", () => {
  const first = Array.from({ length: 20 }, (_, n) => `person-${n}@x.org`);
  const ended = [bobs, { sponsor: "Eve.com", by: "Ada Lovelace", invites: 10_000, first }];
  const mail = invitesEnded({ organization: "Acme", organizationId, ended }, frame);
  expect(mail.subject).toBe("2 members were deactivated, and 10,002 invites ended");
  expect(mail.text).toContain("deactivated Eve. com in Acme. 10,000 invites");
  expect(mail.text).toContain("\nperson-19@x.org\nand 9,980 more\n");
  const asked = Array.from({ length: 5_000 }, (_, n) => `person-${n}@x.org`);
  const many = askedAgain({ organization: "Acme", organizationId, asked }, frame);
  expect(many.text).toContain("\nperson-19@x.org\nand 4,980 more\n");
});

test("where there is no help, none is promised", async () => {
  const mail = reset({ to, name: "Ada" }, "TOKEN", frame);
  for (const part of [mail.text, await render(mail.body)]) expect(part).not.toMatch(/questions|null/i);
});
