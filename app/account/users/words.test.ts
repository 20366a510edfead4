import { expect, test } from "vitest";
import type { Event } from "@/lib/directory/past";
import { wordsOf } from "./words";

const event = (action: string, facts: Partial<Event> = {}): Event => ({
  sequence: "1",
  at: new Date(0),
  action,
  actor: null,
  groups: null,
  leftOut: null,
  deleted: null,
  through: null,
  because: null,
  instead: null,
  ...facts,
});

test.each([
  [event("invitation.created"), "Invited"],
  [event("invitation.created", { groups: "Owners, Readers" }), "Invited (Owners, Readers)"],
  [event("invitation.revoked", { because: "Nora New" }), "Revoked, because Nora New was deactivated"],
  [
    event("invitation.revoked", { instead: "ada@example.org" }),
    "Revoked, for the address was wrong: ada@example.org was invited instead",
  ],
  [event("invitation.created", { instead: "adda@example.org" }), "Invited, in place of adda@example.org"],
  [event("invitation.accepted", { through: "code" }), "Accepted, through a copied link and a mailed code"],
  [event("invitation.expired"), "Expired"],
  [
    event("membership.created", { groups: "Readers", leftOut: "Owners" }),
    "Joined (Readers), without Owners, which the inviter may no longer hand out",
  ],
])("%j reads: %s", (happened, words) => {
  expect(wordsOf(happened)).toBe(words);
});

test("what only a newer version knows is named as it is, also when it is called like something every object has", () => {
  expect(wordsOf(event("invitation.sent_by_pigeon"))).toBe("invitation sent by pigeon");
  expect(wordsOf(event("constructor"))).toBe("constructor");
});
