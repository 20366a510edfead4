import { sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { db, type Queryable } from "@/db/client";
import { invitations, isEndedInvitation, isOpenInvitation } from "@/db/schema";
import type { InvitationId, OrganizationId, UserId } from "@/db/schema/ids";
import type { Offer, State } from "./rules";

/** The SQL twin of `stateOf`, over a row of invitations named `i`. */
export const stateSql = sql`case when i.accepted_at is not null then 'accepted' when i.declined_at is not null then 'declined'
  when i.revoked_at is not null then 'revoked' when i.expires_at > clock_timestamp() then 'pending' else 'expired' end`;

const i = alias(invitations, "i");
/** Neither accepted, declined nor revoked, over a row of invitations named `i`: still to be looked after. Expired ones included. */
export const openSql = sql`(${isOpenInvitation(i)})`;
/** Accepted, declined or revoked, over a row of invitations named `i`. */
export const endedSql = sql`(${isEndedInvitation(i)})`;

/** The name of whoever wrote the message of an invitation named `i`. */
export const authorSql = sql`(select name from memberships author where author.organization_id = i.organization_id
  and author.user_id = coalesce(i.message_by_id, i.sponsor_id))`;

export type OfferShown = Offer & {
  id: InvitationId;
  organization: string;
  sponsor: { id: UserId; name: string; email: string };
  message: string;
  /** The name of whoever wrote the message; that need not be the sponsor, who may only have resent it. */
  author: string;
  expiresAt: Date;
  groups: string[];
};

/**
 * What a genuine link opens. No grant: holding the link is the right to see it, so call this with an id that
 * `readToken` gave, never with one that was typed.
 */
export const readOffer = async (id: InvitationId, database: Queryable = db()): Promise<OfferShown | null> => {
  const [row] = await database.execute<{
    organization_id: OrganizationId;
    organization: string;
    email: string;
    state: State;
    accepted_by_id: UserId | null;
    sponsor_id: UserId;
    sponsor_name: string;
    sponsor_email: string;
    message: string;
    author: string;
    expires_at: string;
    groups: string[];
    account_id: UserId | null;
    verified: boolean;
    member: "active" | "inactive" | null;
  }>(sql`
    select i.organization_id, o.name as organization, i.email, ${stateSql} as state, i.accepted_by_id, i.message, ${authorSql} as author,
      i.expires_at, sponsor.user_id as sponsor_id, sponsor.name as sponsor_name, sponsor.email as sponsor_email,
      array(select g.name from invitation_groups ig join groups g on g.id = ig.group_id
            where ig.invitation_id = i.id order by lower(g.name)) as groups,
      u.id as account_id, u.email_verified_at is not null as verified,
      case when m.user_id is null then null when m.deactivated_at is null then 'active' else 'inactive' end as member
    from invitations i
      join organizations o on o.id = i.organization_id
      join memberships sponsor on sponsor.organization_id = i.organization_id and sponsor.user_id = i.sponsor_id
      left join users u on u.email = i.email
      left join memberships m on m.organization_id = i.organization_id and m.user_id = u.id
    where i.id = ${id}`);
  if (!row) return null;
  return {
    id,
    organizationId: row.organization_id,
    organization: row.organization,
    email: row.email,
    state: row.state,
    acceptedById: row.accepted_by_id,
    account: row.account_id ? { id: row.account_id, verified: row.verified, member: row.member } : null,
    sponsor: { id: row.sponsor_id, name: row.sponsor_name, email: row.sponsor_email },
    message: row.message,
    author: row.author,
    expiresAt: new Date(row.expires_at),
    groups: row.groups,
  };
};
