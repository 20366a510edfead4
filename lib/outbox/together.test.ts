import { expect, test } from "vitest";
import type { OrganizationId } from "@/db/schema/ids";
import type { Gathered } from "./gathered-mails";
import { Mail } from "./mails";
import { together } from "./together";

/** The id of no organization: none is asked for here. */
const noOrganization = () => "0b8f6c1e-3a52-4a56-9d8e-0c1f3a4b5d6e" as OrganizationId;
const frame = { to: "ada@example.org", organizationId: noOrganization(), organization: "Acme" };
const email = (n: number) => `p${n}@example.org`;
const gone = { vouchedBy: "Bob", without: ["Plain"], deleted: [] };
/** One more thing of each kind; the last kinds of news and of groups left out are rare. */
const kinds: Record<Gathered["kind"], (n: number) => Gathered> = {
  "asked-again": (n) => ({ ...frame, kind: "asked-again", asked: [email(n)] }),
  "invites-ended": (n) => ({
    ...{ ...frame, kind: "invites-ended" },
    ended: [{ sponsor: `Sponsor ${n}`, by: "Ada", invites: 2, first: [email(n)] }],
  }),
  "groups-left-out": (n) => ({
    ...{ ...frame, kind: "groups-left-out" },
    joined: [{ email: email(n), ...(n === 400 ? { without: [], deleted: ["Old"] } : gone) }],
  }),
  "invite-news": (n) => ({
    ...{ ...frame, kind: "invite-news" },
    news: [{ email: email(n), what: n % 100 === 0 ? "accepted" : "bounced", reason: "550" }],
  }),
};
/** What a mail of this kind is after so many things came one by one. */
const after = (kind: Gathered["kind"], many: number): Gathered => {
  let mail: Gathered | null = null;
  for (let n = 1; n <= many; n++) mail = together(kinds[kind](n), mail);
  if (!mail) throw new Error("Nothing came");
  return mail;
};
const size = (mail: Gathered) => JSON.stringify(mail).length;

test.each([
  ["asked-again", { asked: Array.from({ length: 20 }, (_, n) => email(n + 1)), more: 480 }],
  ["invites-ended", { more: { members: 495, invites: 990 } }],
  ["groups-left-out", { more: 479 }],
  ["invite-news", { more: { bounced: 475 } }],
] as const)(
  "of 500 things that come one by one a mail of the kind %s holds the first, and counts the others",
  (kind, held) => {
    const mail = after(kind, 500);
    expect(mail).toMatchObject(held);
    expect(Mail.parse(mail)).toEqual(mail);
    expect(size(after(kind, 6_000)), "but for the digits of the count").toBeLessThan(size(after(kind, 3_000)) + 8);
  },
);

test("whoever asks twice is one, and what two mails no longer held is counted together", () => {
  const one = together(kinds["asked-again"](1), after("asked-again", 30));
  expect(one).toMatchObject({ more: 10 });
  expect(together(after("asked-again", 30), one)).toMatchObject({ more: 20 });
});

test("thousands that come at once are held like those that come one by one", () => {
  const news = Array.from({ length: 10_000 }, (_, n) => ({ email: email(n), what: "expired" as const }));
  const mail = together({ ...frame, kind: "invite-news", news }, null);
  expect(mail).toMatchObject({ news: news.slice(0, 20), more: { expired: 9_980 } });
});
