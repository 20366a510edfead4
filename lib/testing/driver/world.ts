import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { InvitationId, OrganizationId } from "@/db/schema/ids";
import { age, makeOwner, password, passwordHash } from "@/lib/testing/people";
import { eventually } from "../eventually";
import type { Fleet, Replica } from "../fleet";
import { type Answer, type ServedForm, textOf, Visitor } from "../visitor";
import type { Chance } from "./chance";

// Who and what the driver drives: organizations with an owner who is signed in everywhere, and people to invite. What
// becomes of mail to somebody is told by their address.

/** What becomes of a mail: it is refused; or accepted, and then reported so, if anything is reported at all. */
export const fates = ["plain", "late", "bouncing", "spam", "unheard", "untagged", "refused"] as const;
export type Fate = (typeof fates)[number];
export const fateOf = (address: string): Fate => fates.find((fate) => address.startsWith(`${fate}-`)) ?? "plain";

export type Organization = { id: OrganizationId; name: string; owner: Map<Replica, Visitor> };
export type Told = { id: InvitationId; end: "accepted" | "declined" | "revoked" };
export type World = Readonly<{
  fleet: Fleet;
  organizations: readonly Organization[];
  /** Ends that somebody was told of, which then have to be true. */
  told: Told[];
  /** Addresses nobody knew before, that were told to be invited. */
  invited: { organization: OrganizationId; email: string }[];
  /** What happened how often. */
  tally: Map<string, number>;
}>;

/** People who have an account before they are invited: those join without hashing anything. */
export const accounts = 900;
export const accountOf = (number: number) => `plain-account-${number % accounts}@example.org`;

/** Three organizations, which is as many as may invite one mailbox in a day. */
export const makeWorld = async (fleet: Fleet): Promise<World> => {
  await db().execute(sql`
    insert into users (email, name, password_hash, email_verified_at)
    select 'plain-account-' || n || '@example.org', 'Pat Account', ${passwordHash}, now() from generate_series(0, ${accounts - 1}::int) n
    on conflict do nothing`);
  const organizations: Organization[] = [];
  for (const name of ["Acme", "Globex", "Initech"]) {
    const { organizationId: id, email } = await makeOwner(name);
    const [first] = fleet.replicas;
    const visitor = new Visitor(first?.url ?? "");
    await visitor.signIn(email, password);
    organizations.push({
      id,
      name,
      owner: new Map(fleet.replicas.map((replica) => [replica, visitor.tab(replica.url)])),
    });
  }
  return { fleet, organizations, told: [], invited: [], tally: new Map() };
};

export const count = ({ tally }: World, what: string) => void tally.set(what, (tally.get(what) ?? 0) + 1);

export const ownerAt = ({ owner }: Organization, replica: Replica): Visitor => {
  const visitor = owner.get(replica);
  if (!visitor) throw new Error("The owner is signed in everywhere");
  return visitor;
};

/**
 * One exchange as an obstinate person has it: when no answer comes, or one that says to try again, the same is tried again
 * at whichever server answers. Any other answer than words for a person is a defect.
 */
export const insist = (
  { fleet }: Pick<World, "fleet">,
  chance: Chance,
  exchange: (replica: Replica) => Promise<Answer>,
): Promise<Answer> => {
  let last = "no answer";
  const ask = async () => {
    const replica = chance.oneOf(fleet.replicas);
    const answer = replica.isUp ? await exchange(replica).catch(() => null) : null;
    if (answer === null) return null;
    last = `${answer.status}: ${textOf(answer.html)}`;
    if (answer.status > 503 || answer.status === 500) throw new Error(`Answered ${last}`);
    return answer.status === 503 ? null : answer;
  };
  return eventually("somebody answers", ask, 120).catch((error: unknown) => {
    throw new Error(`${error}; the last was ${last}`);
  });
};

/** The page and then the form on it, found by `pick`; null when the page doesn't offer it. */
export const press = async (
  world: World,
  chance: Chance,
  visitorAt: (replica: Replica) => Visitor,
  path: string,
  pick: (html: string) => ServedForm | undefined,
  fill: Record<string, string> = {},
): Promise<Answer | null> => {
  const page = await insist(world, chance, (replica) => visitorAt(replica).get(path));
  const form = pick(page.html);
  return form ? insist(world, chance, (replica) => visitorAt(replica).post(path, form, fill)) : null;
};

export type Found = { id: InvitationId; email: string };
/**
 * One of the newest invitations to an organization in this state, if there is any: mostly of somebody who has an account,
 * for whoever has none hashes a password when they join.
 */
export const findInvitation = async (
  { id }: Organization,
  chance: Chance,
  state: "open" | "over",
): Promise<Found | null> => {
  const ended = sql`num_nonnulls(accepted_at, declined_at, revoked_at) > 0`;
  const rows = await db().execute<Found>(sql`
    select id, email from invitations where organization_id = ${id}
      and (email like 'plain-account-%') = ${chance.percent(92)}
      and (${state === "open" ? sql`not ${ended}` : sql`declined_at is not null or (not ${ended} and expires_at <= now())`})
    order by created_at desc, id limit 40`);
  return rows.length > 0 ? chance.oneOf(rows) : null;
};

/** The open ones of these whose mail waits, its first try to come or made in vain. */
export const findWaiting = ({ id }: Organization, emails: readonly string[], tried: boolean) =>
  db().execute<Found>(sql`
    select i.id, i.email from invitations i join outbox o on o.invitation_id = i.id
    where i.organization_id = ${id} and i.email in (select jsonb_array_elements_text(${JSON.stringify(emails)}::jsonb))
      and num_nonnulls(i.accepted_at, i.declined_at, i.revoked_at) = 0
      and o.state = 'queued' and (o.attempts > 0) = ${tried}
    order by i.email`);

/** How many mails wait, whoever they are to. */
export const countWaiting = async (): Promise<number> => {
  const [row] = await db().execute<{ n: number }>(sql`select count(*)::int as n from outbox where state = 'queued'`);
  return row?.n ?? 0;
};

export const runOut = (id: InvitationId) =>
  db().execute(sql`
    update invitations set expires_at = clock_timestamp()
    where id = ${id} and num_nonnulls(accepted_at, declined_at, revoked_at) = 0`);

/** It may be sent again by now. */
export const ripen = (id: InvitationId) => age(id, "6 minutes");
