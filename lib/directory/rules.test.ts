import { describe, expect, test } from "vitest";
import type { InvitationId, OrganizationId, OutboxId, SessionId, UserId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { type Right, rights, withImplied } from "@/lib/access/catalogue";
import type { State } from "@/lib/invitations/rules";
import type { InvitationRow, MemberRow } from "./queries";
import { blockFor, type Item, isOutOfReach, mayCorrect, mayRetry, verbsFor, whyNotAgain } from "./rules";

// Every kind of actor beside every kind of row, held against SPEC section 3 as sentences.
const me = "me" as UserId;
const actorWith = (owner: boolean, held: Right[]): Actor => ({
  sessionId: "" as SessionId,
  userId: me,
  name: "Olive",
  email: "olive@example.org",
  emailVerified: true,
  organizationId: "" as OrganizationId,
  organizationName: "Acme",
  owner,
  rights: owner ? new Set(rights) : withImplied(held),
});

/** Every choice of these, from none to all. */
const choices = <T>(all: readonly T[]): T[][] =>
  all.reduce<T[][]>((some, one) => some.flatMap((chosen) => [chosen, [...chosen, one]]), [[]]);

const held: Right[] = ["access.read", "access.create", "access.edit", "access.delete", "groups.edit", "audit.read"];
const actors = [actorWith(true, []), ...choices(held).map((policies) => actorWith(false, policies))];

/** What the groups of a row allow: nothing beyond the viewer, something beyond them, and everything. */
const reaches = [
  { owner: false, beyond: false },
  { owner: false, beyond: true },
  { owner: true, beyond: true },
  { owner: true, beyond: false },
];

const members: MemberRow[] = reaches.flatMap((reach) =>
  [me, "somebody else" as UserId].flatMap((id) =>
    [true, false].map((active) => ({
      kind: "member" as const,
      id,
      name: "Mia",
      email: "mia@example.org",
      verified: true,
      active,
      groups: ["A group"],
      ...reach,
      joinedAt: new Date(0),
      lastActiveAt: null,
    })),
  ),
);

/** None, or one that failed so that it may go again, or for good. */
const mails = [null, true, false].map((retriable) =>
  retriable === null
    ? null
    : ({
        id: "mail" as OutboxId,
        kind: "invitation",
        state: "failed",
        reason: null,
        lastTryAt: null,
        nextTryAt: null,
        retriable,
      } as const),
);

const states: State[] = ["pending", "expired", "accepted", "declined", "revoked"];
const invitations: InvitationRow[] = reaches.flatMap((reach) =>
  states.flatMap((state) =>
    [[], ["A group"]].flatMap((groups) =>
      [1, 5, 6].flatMap((sends) =>
        mails.flatMap((mail) =>
          ([null, "bounced"] as const).map((heldBack) => ({
            kind: "invitation" as const,
            id: "invitation" as InvitationId,
            email: "ada@example.org",
            state,
            groups,
            ...reach,
            invitedBy: "Olive",
            sends,
            lastSentAt: new Date(0),
            linkOnly: false,
            mail,
            heldBack,
            expiresAt: new Date(0),
            endedAt: null,
          })),
        ),
      ),
    ),
  ),
);

const describeActor = (actor: Actor) => (actor.owner ? "an owner" : [...actor.rights].join(" + ") || "nobody's");

describe.each(actors.map((actor) => ({ actor, name: describeActor(actor) })))(
  "for one who holds $name",
  ({ actor }) => {
    test("a member can be deactivated or re-activated with the right to edit, but not oneself and owners by owners alone", () => {
      for (const member of members) {
        const block =
          member.id === me
            ? "yourself"
            : member.owner && !actor.owner
              ? "owners-only"
              : !member.active && member.beyond
                ? "beyond-own-rights"
                : null;
        expect(blockFor(actor, member), JSON.stringify(member)).toBe(block);
        const offered = actor.rights.has("access.edit") && !block ? [member.active ? "deactivate" : "reactivate"] : [];
        const groups = actor.rights.has("groups.edit") ? ["groups"] : [];
        expect(verbsFor(actor, member), JSON.stringify(member)).toEqual([...groups, ...offered]);
      }
    });

    test("an invitation can be sent, shown and revoked while it is open, by those whose right it is", () => {
      for (const row of invitations) {
        const may: Record<Item, boolean> = {
          groups: ["pending", "expired"].includes(row.state) && actor.rights.has("groups.edit"),
          deactivate: false,
          reactivate: false,
          resend:
            ["pending", "expired"].includes(row.state) &&
            actor.rights.has("access.create") &&
            !row.beyond &&
            row.sends < 6 &&
            row.heldBack === null,
          copy: row.state === "pending" && actor.rights.has("access.create") && !row.beyond,
          revoke: ["pending", "expired"].includes(row.state) && actor.rights.has("access.delete"),
        };
        const whose = verbsFor(actor, { ...row, sends: 1, heldBack: null }).includes("resend");
        const never = row.heldBack ? "undeliverable" : row.sends === 6 ? "sent-enough" : undefined;
        expect(whyNotAgain(actor, row)?.code, JSON.stringify(row)).toBe(whose ? never : undefined);
        const order: Item[] = ["resend", "copy", "groups", "revoke"];
        expect(verbsFor(actor, row), JSON.stringify(row)).toEqual(order.filter((verb) => may[verb]));
      }
    });

    test("an open invitation's address is corrected by whoever may invite its groups and revoke", () => {
      for (const row of invitations) {
        const may = ["pending", "expired"].includes(row.state) && !row.beyond;
        const both = actor.rights.has("access.create") && actor.rights.has("access.delete");
        expect(mayCorrect(actor, row), JSON.stringify(row)).toBe(may && both);
      }
    });

    test("mail that failed is tried again while its invitation is pending and mail may reach it, by whoever may invite its groups", () => {
      for (const row of invitations) {
        const may = row.state === "pending" && actor.rights.has("access.create") && !row.beyond && !row.heldBack;
        expect(mayRetry(actor, row), JSON.stringify(row)).toBe(may && row.mail?.retriable === true);
      }
    });

    test("whoever may invite is told when an open invite is out of their reach, and of no other", () => {
      for (const row of invitations) {
        const may = verbsFor(actor, { ...row, sends: 1, heldBack: null }).includes("resend");
        const told = ["pending", "expired"].includes(row.state) && actor.rights.has("access.create") && !may;
        expect(isOutOfReach(actor, row), JSON.stringify(row)).toBe(told);
      }
    });
  },
);
