import { render } from "react-email";
import { expect, test } from "vitest";
import { madeOwner } from "./made-owner";

const organizationId = "0b8f6c1e-3a52-4a56-9d8e-0c1f3a4b5d6e";
const group = "5d1f4bc2-9a07-4f0e-8f6e-1b2c3d4e5f60";
const frame = { appUrl: "https://gatehouse.example.org", help: null };

test("a new owner reads who made them one, and what owners can do", async () => {
  const mail = madeOwner({ organization: "Acme.com", organizationId, group, by: "Ada\r\nLovelace <b>" }, frame);
  expect(mail.subject).toBe("Ada Lovelace <b> made you an owner of Acme. com");
  const html = await render(mail.body);
  expect(html).toContain("Ada Lovelace &lt;b&gt; added you to Owners in Acme. com.");
  for (const part of [mail.text, html]) {
    expect(part).toContain("see every source and domain");
    expect(part).toContain("decide through groups and policies");
    expect(part).toContain("Not expecting it?");
  }
});
