import { expect, test } from "vitest";
import type { OrganizationId, SessionId, UserId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { type Right, withImplied } from "@/lib/access/catalogue";
import type { Outcome } from "@/lib/invitations/outcomes";
import { answerOf } from "./answer";

const actorWith = (...held: Right[]): Actor => ({
  sessionId: "" as SessionId,
  userId: "" as UserId,
  name: "Ina",
  email: "ina@example.org",
  emailVerified: true,
  organizationId: "" as OrganizationId,
  organizationName: "Acme",
  owner: false,
  rights: withImplied(held),
});
const terms = { groups: [], message: "", lifetimeDays: 7 };
const inviter = actorWith("access.create");
const detailOf = (outcome: Outcome, actor = inviter) => answerOf([outcome], terms, actor).rows[0]?.detail;

test("what is no address is kept in the form, which says so", () => {
  const answer = answerOf([{ typed: "bob@@x.org", kind: "not-an-address" }], terms, inviter);
  expect(answer.leftover).toBe("bob@@x.org");
  expect(answer.rows[0]?.detail).toBe("It is kept in the form, to be mended there.");
});

test("what went out again says that the earlier one had expired", () => {
  expect(detailOf({ typed: "ada@example.org", kind: "invited" })).toBeUndefined();
  expect(detailOf({ typed: "ada@example.org", kind: "invited-again" })).toBe("The earlier invite had expired.");
});

test("an expired invite that was sent as often as it can be says what remains, and leads to it", () => {
  const outcome = { typed: "ada@example.org", kind: "limit-reached", invitationId: "its id" } as const;
  expect(answerOf([outcome], terms, inviter).rows[0]).toMatchObject({
    detail: expect.stringMatching(
      /^This invite was sent 6 times, .* Once it is revoked the address can be invited again/,
    ),
    next: { verb: "look", id: "its id" },
  });
});

test("whoever may have sent to a slip is told to correct it, or who can", () => {
  const outcome = { typed: "ada@gmial.com", kind: "invited", invitationId: "its id" } as const;
  expect(detailOf(outcome, actorWith("access.create", "access.delete"))).toBe(
    "Did you mean gmail.com? Then correct the address.",
  );
  expect(detailOf(outcome)).toBe(
    "Did you mean gmail.com? Somebody who may both invite and revoke can correct the address.",
  );
});
