import { render } from "react-email";
import { expect, test } from "vitest";
import { madeOwner } from "./made-owner";

const organizationId = "0b8f6c1e-3a52-4a56-9d8e-0c1f3a4b5d6e";
const group = "5d1f4bc2-9a07-4f0e-8f6e-1b2c3d4e5f60";
const frame = { appUrl: "https://gatehouse.example.org", help: null };
const link = `https://gatehouse.example.org/account/groups/${group}?in=${organizationId}`;

test("a new owner reads who made them one, what owners can do, and where the others stand", async () => {
  const mail = madeOwner({ organization: "Acme.com", organizationId, group, by: "Ada\r\nLovelace <b>" }, frame);
  expect(mail.subject).toBe("Ada Lovelace <b> made you an owner of Acme. com");
  expect(mail.text.match(/https?:\S+/g)).toEqual([link]);
  const html = await render(mail.body);
  expect(new Set([...html.matchAll(/href="([^"]*)"/g)].map((match) => match[1]))).toEqual(new Set([link]));
  expect(html).toContain("Ada Lovelace &lt;b&gt; added you to Owners in Acme. com.");
  for (const part of [mail.text, html]) {
    expect(part).toContain("see every source and domain");
    expect(part).toContain("decide through groups and policies");
    expect(part).toContain("Not expecting it?");
  }
});

test("help is named where there is some, and the mail stays a letter", async () => {
  const props = { organization: "x".repeat(64), organizationId, group, by: "y".repeat(64) };
  const mail = madeOwner(props, { ...frame, help: "help@example.org" });
  expect(mail.text).toContain("Questions? Write to help@example.org.");
  expect(Buffer.byteLength(await render(mail.body))).toBeLessThan(100_000);
});
