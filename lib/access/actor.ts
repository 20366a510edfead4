import { sql } from "drizzle-orm";
import type { Queryable } from "@/db/client";
import type { OrganizationId, SessionId, UserId } from "@/db/schema/ids";
import { administrative, rights as allRights, type Right, rightOf, withImplied } from "./catalogue";

/**
 * The signed-in member of one organization, as the database has it at this request, with their rights on the whole of it.
 * What they hold on single resources is in `Holding`.
 */
export type Actor = Readonly<{
  sessionId: SessionId;
  userId: UserId;
  name: string;
  email: string;
  emailVerified: boolean;
  organizationId: OrganizationId;
  organizationName: string;
  owner: boolean;
  rights: ReadonlySet<Right>;
}>;

/** A signed-in person; `actor` is null while they stand in no organization they are an active member of. */
export type Viewer = Readonly<{
  sessionId: SessionId;
  userId: UserId;
  name: string;
  email: string;
  emailVerified: boolean;
  /** Whether they are active in another organization than the one they stand in. */
  elsewhere: boolean;
  /** The organization this session was moved out of when they were deactivated there, until they have read so. */
  left: string | null;
  actor: Actor | null;
}>;

/**
 * The groups of a member, as SQL that aggregates to `owner` and `policies`; for use beside `memberships m`. Policies on
 * resources are left aside: there may be thousands, and `lib/access/visible.ts` asks for them where they matter.
 */
const held = sql`
  coalesce(bool_or(g.built_in = 'owners'), false) as owner,
  coalesce(array_agg(distinct p.permission || '.' || p.operation) filter (where p.id is not null), '{}') as policies
  from group_members gm
    join groups g on g.organization_id = gm.organization_id and g.id = gm.group_id
    left join policies p on p.group_id = g.id and p.permission in ${administrative}
  where gm.organization_id = m.organization_id and gm.user_id = m.user_id`;

const rightsOf = ({ owner, policies }: ViewerRow): Set<Right> =>
  owner ? new Set(allRights) : withImplied(policies?.map(readRight).filter((right) => right !== undefined) ?? []);

const readRight = (key: string): Right | undefined => {
  const [permission = "", operation = ""] = key.split(".");
  return rightOf(permission, operation);
};

type ViewerRow = {
  user_id: UserId;
  name: string;
  email: string;
  verified: boolean;
  elsewhere: boolean;
  left_name: string | null;
  organization_id: OrganizationId | null;
  organization_name: string | null;
  owner: boolean | null;
  policies: string[] | null;
};

/**
 * Session, membership and rights in one round trip (SPEC section 10: idle 7 days, absolute 30). Null when the session is
 * unknown, ended or too old. Marks session and membership as seen, at most once in five minutes, in the same statement.
 */
export const readViewer = async (database: Queryable, sessionId: SessionId): Promise<Viewer | null> => {
  const [row] = await database.execute<ViewerRow>(sql`
    with live as (
      select s.id, s.user_id, s.organization_id, s.left_organization_id, s.last_seen_at from sessions s
      where s.id = ${sessionId} and s.opened_at is not null and s.ended_at is null
        and s.expires_at > clock_timestamp() and s.last_seen_at > clock_timestamp() - interval '7 days'
    ), seen as (
      update sessions set last_seen_at = clock_timestamp() from live
      where sessions.id = live.id and live.last_seen_at < clock_timestamp() - interval '5 minutes'
      returning sessions.user_id, sessions.organization_id
    ), active as (
      update memberships set last_active_at = clock_timestamp() from live
      where memberships.user_id = live.user_id and memberships.organization_id = live.organization_id
        and (memberships.last_active_at is null or memberships.last_active_at < clock_timestamp() - interval '5 minutes')
    )
    select u.id as user_id, u.name, u.email, u.email_verified_at is not null as verified,
      exists (select from memberships other where other.user_id = live.user_id and other.deactivated_at is null
        and other.organization_id is distinct from live.organization_id) as elsewhere,
      (select lo.name from memberships lm join organizations lo on lo.id = lm.organization_id
        where lm.organization_id = live.left_organization_id and lm.user_id = live.user_id
          and lm.deactivated_at is not null) as left_name,
      o.id as organization_id, o.name as organization_name, h.owner, h.policies
    from live join users u on u.id = live.user_id
      left join memberships m on m.user_id = live.user_id and m.organization_id = live.organization_id and m.deactivated_at is null
      left join organizations o on o.id = m.organization_id
      left join lateral (select ${held}) h on m.user_id is not null`);
  if (!row) return null;
  const person = { sessionId, userId: row.user_id, name: row.name, email: row.email, emailVerified: row.verified };
  const { organization_id: organizationId, organization_name: organizationName, elsewhere, left_name: left } = row;
  if (!organizationId || !organizationName) return { ...person, elsewhere, left, actor: null };
  return {
    ...person,
    elsewhere,
    left,
    actor: { ...person, organizationId, organizationName, owner: row.owner === true, rights: rightsOf(row) },
  };
};
