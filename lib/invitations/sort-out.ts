import { sql } from "drizzle-orm";
import type { Queryable } from "@/db/client";
import type { InvitationId, OrganizationId, UserId } from "@/db/schema/ids";
import { mailIsConfigured } from "@/lib/outbox";
import { type HeldBack, whyHeldBackSql } from "@/lib/outbox/suppressed";
import { type Address, parseAddress } from "./address";
import type { Outcome } from "./outcomes";
import { openSql, stateSql } from "./queries";
import { readQuota } from "./quota";
import { mostSends, type State } from "./rules";

/** An invitation that goes out: `send` is its how-manieth mail, `place` where its address stands among the typed ones. */
export type Row = { id: InvitationId; email: Address; send: number; place: number };

/**
 * Judges every entry against the rules, then the rest against the tables: who is new (`fresh`), whose expired invitation
 * goes out again (`renewed`), and what to say of the others. `outcomes` has one place for each entry, in typed order;
 * those of fresh and renewed rows are for the caller to fill in. Whoever acts on it holds the organization's row lock.
 */
export const sortOut = async (database: Queryable, organizationId: OrganizationId, entries: readonly string[]) => {
  const outcomes: Outcome[] = [];
  const places = new Map<Address, number>();
  for (const [place, typed] of entries.entries()) {
    const email = parseAddress(typed);
    if (!email) outcomes[place] = { typed, kind: "not-an-address" };
    else if (places.has(email)) outcomes[place] = { typed, kind: "listed-twice" };
    else places.set(email, place);
  }

  const known = await readKnown(database, organizationId, [...places.keys()]);
  const fresh: Row[] = [];
  const renewed: Row[] = [];
  for (const [email, place] of places) {
    const found = known.get(email);
    const invitationId = found?.invitation_id ?? undefined;
    const said = (kind: Outcome["kind"]) => {
      const because = kind === "cant-be-delivered" ? (found?.held_back ?? undefined) : undefined;
      outcomes[place] = { typed: email, kind, invitationId, userId: found?.user_id ?? undefined, because };
    };
    if (found?.member) said(found.member === "active" ? "already-member" : "inactive");
    else if (found?.held_back) said("cant-be-delivered");
    else if (!found?.invitation_id) fresh.push({ id: newId(), email, send: 1, place });
    else if (found.state === "pending") said("already-invited");
    else if (found.sends >= mostSends) said("limit-reached");
    else renewed.push({ id: found.invitation_id, email, send: found.sends + 1, place });
  }

  const { left, until } = await readQuota(database, organizationId, fresh.length);
  for (const { email, place } of fresh.splice(left)) {
    outcomes[place] = { typed: email, kind: "limit-reached", until: until?.toISOString() };
  }
  return { outcomes, fresh, renewed };
};

// The id is made here and not by the table, because mail and audit name it within the same change.
const newId = () => crypto.randomUUID() as InvitationId;

type Known = {
  email: Address;
  user_id: UserId | null;
  member: "active" | "inactive" | null;
  invitation_id: InvitationId | null;
  state: State | null;
  sends: number;
  held_back: HeldBack | null;
};

const readKnown = async (
  database: Queryable,
  organizationId: OrganizationId,
  emails: readonly Address[],
): Promise<Map<string, Known>> => {
  // A link that is handed over reaches whoever mail doesn't.
  const heldBack = mailIsConfigured() ? whyHeldBackSql(organizationId, sql`e.email`) : sql`null::text`;
  const rows = await database.execute<Known>(sql`
    select e.email, m.user_id, i.id as invitation_id, i.sends, case when i.id is not null then ${stateSql} end as state,
      case when m.user_id is null then null when m.deactivated_at is null then 'active' else 'inactive' end as member,
      h.held_back
    from jsonb_array_elements_text(${JSON.stringify(emails)}::jsonb) as e(email)
      left join memberships m on m.organization_id = ${organizationId} and m.email = e.email
      left join invitations i on i.organization_id = ${organizationId} and i.email = e.email
        and ${openSql}
      cross join lateral (select ${heldBack} as held_back) h
    where m.user_id is not null or i.id is not null or h.held_back is not null`);
  return new Map(rows.map((row) => [row.email, row]));
};
