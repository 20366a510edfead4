import { describe, expect, test } from "vitest";
import type { OrganizationId, SessionId, UserId } from "@/db/schema/ids";
import type { Viewer } from "@/lib/access/actor";
import { type JoinState, joinStateOf, masked, type Offer, type Proof, proofOf, type State } from "./rules";

const states: State[] = ["pending", "expired", "accepted", "declined", "revoked"];
const proofs: Proof[] = ["mailbox", "code-possible", "none"];
const theirs = brand<UserId>("invited");

// Names are enough for rules that only compare them.
function brand<Id extends string>(name: string): Id {
  return name as Id;
}
const signedIn = (userId: UserId): Viewer => ({
  sessionId: brand<SessionId>("session"),
  userId,
  name: "Somebody",
  email: "somebody@example.org",
  emailVerified: true,
  elsewhere: false,
  left: null,
  actor: null,
});

const accounts: Offer["account"][] = [
  null,
  ...[true, false].flatMap((verified) =>
    ([null, "active", "inactive"] as const).map((member) => ({ id: theirs, verified, member })),
  ),
];
const viewers = { nobody: null, "the invited one": signedIn(theirs), another: signedIn(brand<UserId>("another")) };

type Case = { offer: Offer; viewer: Viewer | null; proof: Proof };
const cases: Case[] = states.flatMap((state) =>
  accounts.flatMap((account) =>
    Object.values(viewers).flatMap((viewer) =>
      proofs.map((proof) => ({
        offer: {
          organizationId: brand<OrganizationId>("acme"),
          email: "nora@example.org",
          state,
          acceptedById: state === "accepted" ? theirs : null,
          account,
        },
        viewer,
        proof,
      })),
    ),
  ),
);

const isInvited = ({ offer, viewer }: Case) => offer.account !== null && viewer?.userId === offer.account.id;
/** An account counts when its address was proved, or where this link can't prove it either. */
const countsAsAccount = ({ offer, proof }: Case) =>
  offer.account !== null && (offer.account.verified || proof === "none");

/** The rows of SPEC section 6 in their order, each saying by itself whom it is for; the first that fits is shown. */
const rows: [JoinState, (one: Case) => boolean][] = [
  ["already-member", (one) => isInvited(one) && one.offer.account?.member === "active"],
  ["inactive-member", ({ offer }) => offer.account?.member === "inactive"],
  ["used", ({ offer }) => offer.state === "accepted"],
  ["revoked", ({ offer }) => offer.state === "revoked"],
  ["declined", ({ offer }) => offer.state === "declined"],
  ["expired", ({ offer }) => offer.state === "expired"],
  ["someone-else", (one) => one.viewer !== null && !isInvited(one)],
  // A copied link goes on only for the session that is already that verified account.
  ["needs-code", (one) => one.proof === "code-possible" && !(isInvited(one) && one.offer.account?.verified)],
  ["signed-in", (one) => isInvited(one) && (countsAsAccount(one) || one.proof === "code-possible")],
  ["existing-account", (one) => one.viewer === null && (countsAsAccount(one) || one.proof === "code-possible")],
  ["new-address", () => true],
];

describe("the join page", () => {
  test("shows the first row that fits, for every combination of invitation, account, viewer and link", () => {
    expect(cases).toHaveLength(5 * 7 * 3 * 3);
    const reached = new Set<JoinState>();
    for (const one of cases) {
      const expected = rows.find(([, fits]) => fits(one))?.[0];
      expect({ ...one, shown: joinStateOf(one.offer, one.viewer, one.proof) }).toEqual({ ...one, shown: expected });
      if (expected) reached.add(expected);
    }
    expect([...reached].toSorted()).toEqual(rows.map(([row]) => row).toSorted());
  });

  test("goes on without a code by the mail's own link, after a code, and where no mail exists to send one", () => {
    expect(proofOf("email", true)).toBe("mailbox");
    expect(proofOf("code", true)).toBe("mailbox");
    expect(proofOf("link", true)).toBe("code-possible");
    expect(proofOf("link", false)).toBe("none");
  });

  test("shows somebody else no more of the invited address than its first letter and its domain", () => {
    expect(masked("bob@acme.com")).toBe("b•••@acme.com");
    expect(masked("b@acme.com")).toBe("b•••@acme.com");
  });
});
