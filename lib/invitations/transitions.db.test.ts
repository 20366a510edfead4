import { beforeAll, describe, expect, test } from "vitest";
import type { InvitationId } from "@/db/schema/ids";
import { makeOwner, password } from "@/lib/testing/people";
import { replicas } from "@/lib/testing/replicas";
import {
  formsOf,
  formThatSays,
  formWith,
  headingOf,
  type ServedForm,
  textOf,
  type Visitor,
} from "@/lib/testing/visitor";
import { type State, stateOf } from "./rules";
import { type Channel, tokenFor } from "./token";

// Every state an invitation can be in, and everything people can press about it, on the pages of the running product. A
// form may have been opened long before it is sent: what isn't offered any more is pressed all the same.
const { sql, visitor, tabOf } = replicas();
const states = ["pending", "expired", "accepted", "declined", "revoked"] as const;
let owner: Visitor;

beforeAll(async () => {
  const { email } = await makeOwner("Acme", "olive@example.org");
  owner = visitor();
  await owner.signIn(email, password);
});

type Row = {
  id: InvitationId;
  sends: number;
  expiresAt: Date;
  acceptedAt: Date | null;
  declinedAt: Date | null;
  revokedAt: Date | null;
  now: Date;
};
/** The invitations of an address as they are stored, oldest first. */
const read = (email: string) => sql<Row[]>`
  select id, sends, expires_at as "expiresAt", accepted_at as "acceptedAt", declined_at as "declinedAt",
    revoked_at as "revokedAt", clock_timestamp() as now
  from invitations where email = ${email} order by created_at`;
const statesOf = async (email: string) => (await read(email)).map((row) => stateOf(row, row.now));

const days = (email: string, number: number) => sql`
  update invitations set last_sent_at = last_sent_at + make_interval(days => ${number}),
    expires_at = expires_at + make_interval(days => ${number}) where email = ${email}`;

let count = 0;
/** Somebody invited to Acme a day ago; with `account`, they have one elsewhere. */
const invited = async (account: boolean) => {
  const email = `person-${++count}@example.org`;
  if (account) await makeOwner("Home", email);
  await owner.invite(email);
  await days(email, -1);
  const [row] = await read(email);
  if (!row) throw new Error(`${email} was not invited`);
  const path = (channel: Channel) => `/join/${tokenFor(row.id, channel)}`;
  return { email, account, row: `/account/users/invitations/${row.id}`, path };
};
type Invited = Awaited<ReturnType<typeof invited>>;

const newcomer = { name: "Nora New", password: "four quiet garden gates" };
/** Whoever holds the link presses; gives what they then read. */
const holds = async (path: string, button: string, fill: Record<string, string> = {}, by = visitor()) =>
  by.post(path, formThatSays((await by.get(path)).html, button), fill);

const arrange: Record<State, (who: Invited) => Promise<unknown>> = {
  pending: async () => {},
  expired: ({ email }) => days(email, -8),
  accepted: ({ path, account }) =>
    account
      ? holds(path("email"), "Sign in and join", { password })
      : holds(path("email"), "Join your organization", newcomer),
  declined: ({ path }) => holds(path("email"), "Decline", { decline: "yes" }),
  revoked: async ({ row }) => {
    const asking = `${row}?ask=revoke`;
    await owner.post(asking, formThatSays((await owner.get(asking)).html, "Revoke invite"));
  },
};

const over: Record<Exclude<State, "pending">, string> = {
  expired: "This invite has expired",
  accepted: "This invite was already used",
  declined: "You declined this invite",
  revoked: "This invite is no longer available",
};
const closed = "This invite is no longer open.";

/** What a press says in each state; where it changes anything, also what the invitations of the address are then. */
type Cells = Record<State, string | readonly [string, ...State[]]>;
type Press = {
  /** Opens the page that has the form, while it has it; gives the press itself. */
  open: (who: Invited) => Promise<() => Promise<string>>;
  account?: boolean;
  cells: Cells;
};

const opens =
  (
    page: (who: Invited) => string,
    button: string,
    fill: Record<string, string> = {},
    by: (who: Invited) => Promise<Visitor> = async () => visitor(1),
  ) =>
  async (who: Invited) => {
    const reader = await by(who);
    const at = page(who);
    const form = formThatSays((await reader.get(at)).html, button);
    return async () => textOf((await reader.post(at, form, fill)).html);
  };
const mailed = ({ path }: Invited) => path("email");
const administrator = async () => tabOf(owner, 1);
const themselves = async ({ email }: Invited) => {
  const person = visitor(1);
  await person.signIn(email, password);
  return person;
};

const presses: Record<string, Press> = {
  "joining as somebody new": {
    open: opens(mailed, "Join your organization", { name: "Nobody Yet", password: "another four quiet gates" }),
    cells: { ...over, pending: ["Done: You've joined Acme", "accepted"] },
  },
  "signing in and joining": {
    open: opens(mailed, "Sign in and join", { password }),
    account: true,
    // A second press by the one who has joined lands like the first.
    cells: { ...over, pending: ["Done: You've joined Acme", "accepted"], accepted: "No access yet" },
  },
  "joining while signed in": {
    open: opens(mailed, "Join your organization", {}, themselves),
    account: true,
    cells: { ...over, pending: ["Done: You've joined Acme", "accepted"], accepted: "You're already in Acme" },
  },
  declining: {
    open: opens(mailed, "Decline", { decline: "yes" }),
    cells: { ...over, pending: [over.declined, "declined"] },
  },
  "declining without the tick": {
    open: opens(mailed, "Decline"),
    cells: {
      pending: "Tick the box if you want to decline.",
      ...over,
    },
  },
  "asking for a new invite": {
    open: async (who) => {
      await days(who.email, -8);
      const ask = await opens(mailed, "Ask for a new invite", { ask: "yes" })(who);
      await days(who.email, 8);
      return ask;
    },
    cells: {
      pending: "The invite is good until",
      expired: "We'll tell Acme that you would like a new invite.",
      accepted: over.accepted,
      declined: "We'll tell Acme that you would like a new invite.",
      revoked: over.revoked,
    },
  },
  "asking for the code of a copied link": {
    open: opens(({ path }) => path("link"), "Send me a code", { mailbox: "yes" }),
    cells: { ...over, pending: "A mail is on its way to p•••@" },
  },
  resending: {
    open: opens(({ row }) => row, "Resend invite", {}, administrator),
    cells: {
      pending: ["Invite sent again to", "pending"],
      expired: ["Invite sent again to", "pending"],
      accepted: closed,
      declined: closed,
      revoked: closed,
    },
  },
  "copying the link": {
    open: opens(({ row }) => row, "Copy link", {}, administrator),
    cells: {
      pending: "Pass it on yourself: it works for nobody else.",
      expired: "This invite has expired. Resend it first.",
      accepted: closed,
      declined: closed,
      revoked: closed,
    },
  },
  revoking: {
    open: opens(({ row }) => `${row}?ask=revoke`, "Revoke invite", {}, administrator),
    cells: {
      pending: ["Its links no longer work.", "revoked"],
      expired: ["Its links no longer work.", "revoked"],
      accepted: closed,
      declined: closed,
      // Pressed twice by the same person.
      revoked: "Its links no longer work.",
    },
  },
  "inviting the address again": {
    open: async ({ email }) => {
      const form = formWith((await owner.get("/account/users/invite")).html, "addresses");
      return async () => textOf((await owner.post("/account/users/invite", form, { addresses: email })).html);
    },
    cells: {
      pending: "Already invited",
      expired: ["Invited again", "pending"],
      accepted: "Already a member",
      declined: ["1 invite sent", "declined", "pending"],
      revoked: ["1 invite sent", "revoked", "pending"],
    },
  },
};

describe.each(Object.entries(presses))("%s", (_name, { open, account = false, cells }) => {
  test.each(states)(
    "in the state %s",
    async (state) => {
      const cell = cells[state];
      const [words, ...after] = typeof cell === "string" ? [cell, state] : cell;
      const who = await invited(account);
      const press = await open(who);
      await arrange[state](who);
      expect(await statesOf(who.email)).toEqual([state]);
      const [before] = await read(who.email);

      expect(await press()).toContain(words);
      expect(await statesOf(who.email)).toEqual(after);
      if (typeof cell === "string") expect(await read(who.email)).toEqual([{ ...before, now: expect.any(Date) }]);
      // Whatever was pressed where: both people's pages then say what it is.
      const end = after[0] ?? state;
      expect(textOf((await tabOf(owner, 0).get(who.row)).html).toLowerCase()).toContain(`status ${end}`);
      const { html } = await visitor().get(who.path("email"));
      expect(headingOf(html)).toBe(end === "pending" ? "Join Acme" : over[end]);
    },
    120_000,
  );
});

describe("what the pages offer", () => {
  const invitee: Record<State, string[]> = {
    pending: ["Join your organization", "Decline"],
    expired: ["Ask for a new invite"],
    accepted: [],
    declined: ["Ask for a new invite"],
    revoked: [],
  };
  const administrators: Record<State, string[]> = {
    pending: ["Resend invite", "Copy link", "Revoke invite"],
    expired: ["Resend invite", "Revoke invite"],
    accepted: [],
    declined: [],
    revoked: [],
  };
  const buttons = (forms: ServedForm[]) => forms.map(({ button }) => button).filter((said) => said !== "Sign out");

  test.each(states)("in the state %s is what can be done", async (state) => {
    const who = await invited(false);
    await arrange[state](who);
    expect(buttons(formsOf((await visitor().get(who.path("email"))).html))).toEqual(invitee[state]);
    const { html } = await owner.get(who.row);
    const main = /<main\b.*<\/main>/s.exec(html)?.[0] ?? "";
    expect(buttons(formsOf(main))).toEqual(administrators[state]);
    // Revoking asks first: its button leads to the question.
    const asks = formsOf(main).flatMap(({ fields }) => fields.ask ?? []);
    expect(asks).toEqual(state === "pending" || state === "expired" ? ["revoke"] : []);
  });
});
