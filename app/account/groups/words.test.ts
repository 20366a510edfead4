import { expect, test } from "vitest";
import type { Right } from "@/lib/access/catalogue";
import type { Impact } from "@/lib/groups/impact";
import { effectsOf } from "./words";

const names = { source: null, schema: null, table: null, domain: null };
const impact = (right: Right, who: string, people: number, gains = true): Impact => ({
  ...{ policy: { right, on: null }, names, who, people, gains },
});

test("what the same people gain stands together, and as many others are said to be others", () => {
  expect(
    effectsOf([
      impact("access.create", "0,1", 7),
      impact("audit.read", "0,2", 7),
      impact("access.delete", "0,1", 7),
      impact("domains.read", "0,1", 7, false),
      impact("sources.read", "3", 1),
    ]),
  ).toEqual([
    { whom: "7 people gain", what: ["Invite users", "Revoke invites"] },
    { whom: "7 people, not the same, gain", what: [expect.stringMatching(/audit log/i)] },
    { whom: "7 people lose", what: ["See all domains"] },
    { whom: "1 person gains", what: ["See all sources"] },
  ]);
});
