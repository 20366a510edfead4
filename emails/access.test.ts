import { render } from "react-email";
import { describe, expect, test } from "vitest";
import { accessDecided } from "./access-decided";
import { accessRequested } from "./access-requested";

const organizationId = "0b8f6c1e-3a52-4a56-9d8e-0c1f3a4b5d6e";
const frame = { appUrl: "https://gatehouse.example.org", help: "help@example.org" };

describe("whoever decides", () => {
  const asking = (note: string) =>
    accessRequested(
      { organization: "Acme.com", organizationId, asker: { name: "Nora.New", email: "n@x.org" }, note },
      frame,
    );

  test("reads who asks and what they wrote, line by line", () => {
    const mail = asking("The sales figures,\nplease: https://evil.example");
    expect(mail.subject).toBe("Nora. New asks for access in Acme. com");
    expect(mail.text).toContain("Nora. New (n@x.org) is a member of Acme. com and asks for access");
    expect(mail.text).toContain("> The sales figures,\n> please: https: //evil. example\n");
  });

  test("reads that nothing was written", async () => {
    const mail = asking("");
    expect(mail.text).toContain("Nora. New wrote nothing about what for.");
    expect(await render(mail.body)).not.toContain("<blockquote");
  });
});

describe("whoever asked", () => {
  const decided = (given: { group: string; lets: string }[], answer = "") =>
    accessDecided({ organization: "Acme", organizationId, by: "Ada", given, answer }, frame);

  test("reads what they were given, by whom, and what it lets them see", () => {
    const mail = decided([{ group: "Data Analyst", lets: "See schema sales of Snowflake" }], "Welcome!\n<b>you</b>");
    expect(mail.subject).toBe("You have been given access in Acme");
    expect(mail.text).toContain("Ada has put you into this group:\n\nData Analyst: See schema sales of Snowflake\n");
    expect(mail.text).toContain("Ada wrote:\n\n> Welcome!\n> <b>you</b>\n");
  });

  test("reads a table's name on the line of its group, whatever the connected database has put into it", async () => {
    const mail = decided([{ group: "Analysts", lets: "See table a\nFinance: \u202eSee\u2028everything of Snowflake" }]);
    for (const part of [mail.text, await render(mail.body)])
      expect(part).toContain("Analysts: See table a Finance: See everything of Snowflake");
  });

  test("reads that they were refused, why, and what they can do", async () => {
    const mail = decided([], "Ask me in May");
    expect(mail.subject).toBe("Your request for access in Acme was refused");
    for (const part of [mail.text, await render(mail.body)])
      for (const words of ["Ada has refused it.", "Ask me in May", "You can also ask again"])
        expect(part).toContain(words);
    expect(decided([]).text).not.toContain("Ada wrote");
  });

  test("with many groups it stays a letter", async () => {
    const mail = decided(Array.from({ length: 500 }, (_, n) => ({ group: `G${n}`, lets: "See ".repeat(100) })));
    expect(mail.text).toContain("into these groups:");
    expect(mail.text).toContain("\nand 480 more\n");
    expect(Buffer.byteLength(await render(mail.body))).toBeLessThan(100_000);
  });
});
