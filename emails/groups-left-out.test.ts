import { render } from "react-email";
import { expect, test } from "vitest";
import { groupsLeftOut } from "./groups-left-out";

const organizationId = "0b8f6c1e-3a52-4a56-9d8e-0c1f3a4b5d6e";
const frame = { appUrl: "https://gatehouse.example.org", help: null };
const props = (joined: Parameters<typeof groupsLeftOut>[0]["joined"]) => ({
  organization: "Acme.com",
  organizationId,
  joined,
});

test("whoever vouched for an invite reads who joined without which groups, and what can be done", async () => {
  const mail = groupsLeftOut(
    props([{ email: "ada@x.org", without: ["Data.Analyst", "Auditors"], deleted: [] }]),
    frame,
  );
  expect(mail.subject).toBe("ada@x.org joined Acme. com without all of their groups");
  expect(mail.text).toContain("\nada@x.org: Data. Analyst, Auditors\n");
  expect(await render(mail.body)).toContain("an owner for one, can still add them");
});

test("a group that was deleted is told as that, and nobody is said to be able to add it", async () => {
  const gone = { email: "ada@x.org", without: [], deleted: ["Data.Analyst"] };
  const mail = groupsLeftOut(props([gone]), frame);
  const html = await render(mail.body);
  for (const part of [mail.text, html]) {
    expect(part).toContain("some of the groups they named had been deleted, so those were left out:");
    expect(part).toContain("ada@x.org: Data. Analyst (deleted)");
    expect(part).not.toContain("can still add");
    expect(part).not.toContain("could not hand out");
  }
  const both = groupsLeftOut(props([gone, { email: "bob@x.org", without: ["Auditors"], deleted: ["Old"] }]), frame);
  expect(both.text).toContain(
    "some of the groups they named had been deleted, or you could not hand them out any more, so those were left out:",
  );
  expect(both.text).toContain("\nada@x.org: Data. Analyst (deleted)\nbob@x.org: Auditors, Old (deleted)\n");
  expect(both.text).toContain("can still add those that were not deleted.");
});

test("owners read who had vouched, when that somebody has left", async () => {
  const theirs = { email: "ada@x.org", without: ["Auditors"], deleted: [], vouchedBy: "Sam.Sponsor" };
  const mail = groupsLeftOut(props([theirs]), frame);
  for (const part of [mail.text, await render(mail.body)]) {
    expect(part).toContain("People who have left vouched for these invites to Acme. com.");
    expect(part).toContain("whoever vouched could not hand out all the groups they named any more, so");
    expect(part).toContain("ada@x.org: Auditors (Sam. Sponsor vouched)");
    expect(part).not.toMatch(/you (vouched|could)/i);
  }
  const both = groupsLeftOut(props([theirs, { email: "bob@x.org", without: ["Plain"], deleted: [] }]), frame);
  expect(both.text).toContain("You, or people who have left, vouched for these invites");
  expect(both.text).toContain("\nbob@x.org: Plain\n");
});

test("many stand in one mail, the first of them by address", () => {
  const joined = Array.from({ length: 3_000 }, (_, n) => ({
    email: `p${n}@x.org`,
    without: ["Analysts"],
    deleted: [],
  }));
  const mail = groupsLeftOut(props(joined), frame);
  expect(mail.subject).toBe("3,000 people joined Acme. com without all of their groups");
  expect(mail.text).toContain("\nand 2,980 more\n");
});
