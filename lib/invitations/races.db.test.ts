import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import type { InvitationId } from "@/db/schema/ids";
import { makeOwner, password } from "@/lib/testing/people";
import { replicas } from "@/lib/testing/replicas";
import { formThatSays, headingOf, textOf, type Visitor } from "@/lib/testing/visitor";
import type { State } from "./rules";
import { tokenFor } from "./token";

// People press on the pages of two servers at the same moment. What each page then says has to be what the database says.
const rounds = 50;
const { sql, visitor, tabOf } = replicas();
const people = Array.from({ length: rounds }, (_, round) => `racer-${round}@example.org`);

beforeAll(async () => {
  // Whoever has an account already accepts without hashing anything new: that is as close as a race gets.
  await Promise.all(people.map((email) => makeOwner("Home", email)));
}, 120_000);

const ownerOf = async (organization: string): Promise<Visitor> => {
  const { email } = await makeOwner(organization);
  const owner = visitor();
  await owner.signIn(email, password);
  return owner;
};

type Pages = Awaited<ReturnType<typeof opened>>;
/** One invitation with its pages open in two browsers at two servers, which swap with every round. */
const opened = async (owner: Visitor, { id, email }: { id: InvitationId; email: string }, round: number) => {
  const path = `/join/${tokenFor(id, "email")}`;
  const row = `/account/users/invitations/${id}?ask=revoke`;
  const [invitee, admin, colleague] = [visitor(round), tabOf(owner, round + 1), tabOf(owner, round)];
  const [joinPage, rowPage] = await Promise.all([invitee.get(path), admin.get(row)]);
  const joining = formThatSays(joinPage.html, "Sign in and join");
  const resending = formThatSays(rowPage.html, "Resend invite");
  const revoking = formThatSays(rowPage.html.split('id="question"')[1] ?? "", "Revoke invite");
  return {
    id,
    email,
    /** Gives `joined`, or the heading of the page they are led to. */
    accept: async () => {
      const { html } = await invitee.post(path, joining, { password });
      return textOf(html).includes("No access yet") ? "joined" : headingOf(html);
    },
    revoke: async () => outcomeOf((await admin.post(row, revoking)).html, "is revoked. Its links no longer work."),
    resend: async () => outcomeOf((await colleague.post(row, resending)).html, "Invite sent again to"),
    /** What both people's pages say once all is over, at the one server and at the other. */
    look: async () => {
      const [theirs, ours] = await Promise.all([visitor(round + 1).get(path), tabOf(owner, round).get(row)]);
      return { heading: headingOf(theirs.html), status: /Status (\w+)/.exec(textOf(ours.html))?.[1] };
    },
  };
};

/** Whether the administrator was told that it is done; anything but done or over is a defect. */
const outcomeOf = (html: string, done: string): "done" | "over" => {
  const said = textOf(html);
  if (said.includes(done)) return "done";
  if (said.includes("This invite is no longer open.")) return "over";
  throw new Error(`Neither done nor over: ${said}`);
};

const invited = async (owner: Visitor): Promise<Pages[]> => {
  await owner.invite(people.join("\n"));
  const rows = await sql<{ id: InvitationId; email: string }[]>`
    select id, email from invitations
    where organization_id = (select id from organizations order by created_at desc limit 1) order by email`;
  expect(rows).toHaveLength(rounds);
  return Promise.all(rows.map((row, round) => opened(owner, row, round)));
};

const endOf = async (id: InvitationId) => {
  const [row] = await sql<{ state: State; sends: number; members: number; ends: string[] }[]>`
    select case when accepted_at is not null then 'accepted' when declined_at is not null then 'declined'
        when revoked_at is not null then 'revoked' when expires_at > clock_timestamp() then 'pending' else 'expired' end as state,
      sends,
      (select count(*)::int from memberships m where m.organization_id = i.organization_id and m.email = i.email) as members,
      array(select action from audit_events e where e.target_id = i.id
        and action in ('invitation.accepted', 'invitation.revoked')) as ends
    from invitations i where id = ${id}`;
  if (!row) throw new Error("An invitation went away");
  return row;
};

/** What the join page and the row's page say of an end. The last is for browsers that aren't signed in. */
const seen: Record<State, { heading: string; status: string }> = {
  pending: { heading: "Join Race", status: "Pending" },
  expired: { heading: "This invite has expired", status: "Expired" },
  accepted: { heading: "This invite was already used", status: "Accepted" },
  declined: { heading: "You declined this invite", status: "Declined" },
  revoked: { heading: "This invite is no longer available", status: "Revoked" },
};

/** The end in the database, which the row, the membership and the audit have to agree on. */
const agreed = async ({ id }: Pages) => {
  const end = await endOf(id);
  expect(end.members).toBe(end.state === "accepted" ? 1 : 0);
  expect(end.ends).toEqual(["accepted", "revoked"].includes(end.state) ? [`invitation.${end.state}`] : []);
  return end;
};

/** Starts the later one `lead` ms after the other; a lead below nothing lets the second go first. */
const race = <A, B>(first: () => Promise<A>, second: () => Promise<B>, lead: number) =>
  Promise.all([sleep(Math.max(0, -lead)).then(first), sleep(Math.max(0, lead)).then(second)]);

describe("fifty rounds on two servers", () => {
  test("accepting against revoking: one of them wins, and both people are told the truth", async () => {
    let lead = 0;
    let wins = 0;
    for (const pages of await invited(await ownerOf("Race"))) {
      const [accepted, revoked] = await race(pages.accept, pages.revoke, lead);
      const { state } = await agreed(pages);
      expect({ email: pages.email, accepted, revoked, state }).toEqual(
        accepted === "joined"
          ? { email: pages.email, accepted, revoked: "over", state: "accepted" }
          : { email: pages.email, accepted: seen.revoked.heading, revoked: "done", state: "revoked" },
      );
      if (accepted === "joined") wins++;
      lead += accepted === "joined" ? -10 : 10; // towards the edge, where either may win
    }
    expect(wins).toBeGreaterThan(0);
    expect(wins).toBeLessThan(rounds);
  }, 120_000);

  test("accepting against the clock: who was in time is in, who wasn't reads that it has expired", async () => {
    let left = 60;
    let wins = 0;
    for (const pages of await invited(await ownerOf("Race"))) {
      const { id } = pages;
      await sql`update invitations set expires_at = clock_timestamp() + make_interval(secs => ${left / 1000}) where id = ${id}`;
      const accepted = await pages.accept();
      const { state } = await agreed(pages);
      expect(await pages.look()).toEqual(seen[state]);
      expect({ accepted, state }).toEqual(
        accepted === "joined" ? { accepted, state: "accepted" } : { accepted: seen.expired.heading, state: "expired" },
      );
      if (accepted === "joined") wins++;
      left = Math.max(1, left + (accepted === "joined" ? -10 : 10));
    }
    expect(wins).toBeGreaterThan(0);
    expect(wins).toBeLessThan(rounds);
    expect(await sql`select from invitations where accepted_at >= expires_at`).toHaveLength(0);
  }, 120_000);

  test("accepting, revoking, resending and the clock all at once: what everybody is told could have happened one after the other", async () => {
    const ends = new Set<State>();
    const soon = () => Math.random() * 80;
    for (const pages of await invited(await ownerOf("Race"))) {
      const { id } = pages;
      await sql`
        update invitations set last_sent_at = clock_timestamp() - interval '6 minutes',
          expires_at = clock_timestamp() + make_interval(secs => ${soon() / 1000}) where id = ${id}`;
      const [accept, revoke, resend] = await Promise.all([
        sleep(soon()).then(pages.accept),
        sleep(soon()).then(pages.revoke),
        sleep(soon()).then(pages.resend),
      ]);
      const { state, sends } = await agreed(pages);
      expect(await pages.look()).toEqual(seen[state]);
      expect(histories).toContainEqual({ accept, revoke, resend, state, sends });
      ends.add(state);
    }
    expect(ends.size).toBeGreaterThan(1);
    expect(
      await sql`
        select from outbox_attempts a join outbox o on o.id = a.outbox_id join invitations i on i.id = o.invitation_id
        where a.started_at > i.revoked_at`,
    ).toHaveLength(0);
  }, 120_000);
});

type Step = "accept" | "look" | "revoke" | "resend" | "expire";
type History = { accept: string; revoke: string; resend: string; state: State; sends: number };

/** Every order in which these can happen. */
const ordersOf = (steps: readonly Step[]): Step[][] =>
  steps.length === 0
    ? [[]]
    : steps.flatMap((step) => ordersOf(steps.filter((other) => other !== step)).map((rest) => [step, ...rest]));

/** What SPEC section 5 makes of one order. Whoever is refused looks at the page a moment later. */
const historyOf = (order: readonly Step[]): History => {
  const told: History = { accept: "", revoke: "over", resend: "over", state: "pending", sends: 1 };
  for (const step of order) {
    const open = told.state === "pending" || told.state === "expired";
    if (step === "accept" && told.state === "pending") Object.assign(told, { accept: "joined", state: "accepted" });
    if (step === "look" && told.accept !== "joined") told.accept = seen[told.state].heading;
    if (step === "revoke" && open) Object.assign(told, { revoke: "done", state: "revoked" });
    if (step === "resend" && open) Object.assign(told, { resend: "done", state: "pending", sends: 2 });
    if (step === "expire" && told.state === "pending" && told.sends === 1) told.state = "expired";
  }
  return told;
};
const histories = ordersOf(["accept", "look", "revoke", "resend", "expire"])
  .filter((order) => order.indexOf("accept") < order.indexOf("look"))
  .map(historyOf);
