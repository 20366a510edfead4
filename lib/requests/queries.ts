import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { AccessRequestId, UserId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import type { Grant } from "@/lib/access/grant";
import { isId } from "@/lib/access/policy";
import { momentKey, type Page, type Paging, readPage } from "@/lib/paging";

/** What became of a request. `groups`: those that were given, as they are called now; none when it was refused. */
export type Decision = Readonly<{ at: Date; by: string; granted: boolean; answer: string; groups: readonly string[] }>;

/** What a member asked for; `decision` is null while it waits for an answer. */
export type OwnRequest = Readonly<{ note: string; createdAt: Date; decision: Decision | null }>;

/** A request with who asks, as those who decide see it. */
export type AccessRequest = OwnRequest &
  Readonly<{
    id: AccessRequestId;
    userId: UserId;
    name: string;
    email: string;
    active: boolean;
    /** What they belong to now. */
    memberOf: readonly string[];
  }>;

type Row = Omit<AccessRequest, "createdAt" | "decision"> & {
  created_at: string;
  decided_at: string | null;
  decided_by: string | null;
  granted: boolean | null;
  answer: string;
  groups: string[];
};

/** Requests `r`. Which groups a decision gave is kept where every change is kept: in its audit event. */
const select = (where: SQL, key: SQL = sql`null`) => sql`
  select ${key} as key, r.id, r.user_id as "userId", r.note, m.name, m.email, m.deactivated_at is null as active,
    array(select g.name from group_members gm join groups g on g.id = gm.group_id
      where gm.organization_id = r.organization_id and gm.user_id = r.user_id
      order by g.built_in nulls last, lower(g.name)) as "memberOf",
    r.created_at, r.decided_at, decider.name as decided_by, r.granted, r.answer,
    case when r.granted then array(
      select g.name from audit_events e join groups g on g.organization_id = e.organization_id and e.after -> 'groups' ? g.id::text
      where e.target_type = 'user' and e.target_id = r.user_id and e.organization_id = r.organization_id
        and e.action = 'membership.access_granted' and e.after ->> 'request' = r.id::text
      order by g.built_in nulls last, lower(g.name)) else '{}' end as groups
  from access_requests r
    join memberships m on m.organization_id = r.organization_id and m.user_id = r.user_id
    left join memberships decider on decider.organization_id = r.organization_id and decider.user_id = r.decided_by_id
  where ${where}`;

const requestOf = ({ created_at, decided_at, decided_by, granted, answer, groups, ...row }: Row): AccessRequest => ({
  ...row,
  createdAt: new Date(created_at),
  decision:
    decided_at === null || granted === null
      ? null
      : { at: new Date(decided_at), by: decided_by ?? "", granted, answer, groups },
});

/** What this member asked for last, and what became of it; null when they never asked. */
export const readOwnRequest = async ({ organizationId, userId }: Actor): Promise<OwnRequest | null> => {
  const [row] = await db().execute<Row>(sql`
    ${select(sql`r.organization_id = ${organizationId} and r.user_id = ${userId}`)}
    order by r.decided_at desc nulls first limit 1`);
  return row ? requestOf(row) : null;
};

/** One request of this organization; null for any other id. */
export const readRequest = async (
  { organizationId }: Grant<"groups.edit">,
  id: string,
): Promise<AccessRequest | null> => {
  if (!isId<AccessRequestId>(id)) return null;
  const [row] = await db().execute<Row>(select(sql`r.organization_id = ${organizationId} and r.id = ${id}`));
  return row ? requestOf(row) : null;
};

export type RequestsPage = Page<AccessRequest>;

/** So many requests are shown at a time, like people in User Management. */
export const requestsPageSize = 25;

/** One page of the requests that wait for an answer, whoever has waited longest first. */
export const listWaiting = (granted: Grant<"groups.edit">, paging: Paging): Promise<RequestsPage> =>
  listBy(granted, paging, sql`r.decided_at is null`, { key: sql`r.created_at` });

/** One page of the requests that were decided, the latest decision first. */
export const listDecided = (granted: Grant<"groups.edit">, paging: Paging): Promise<RequestsPage> =>
  listBy(granted, paging, sql`r.decided_at is not null`, { key: sql`r.decided_at`, descending: true });

const listBy = (
  { organizationId }: Grant<"groups.edit">,
  paging: Paging,
  where: SQL,
  order: { key: SQL; descending?: true },
): Promise<RequestsPage> =>
  readPage(paging, { ...order, moments: true, id: sql`r.id`, size: requestsPageSize }, async ({ rest, tail }) => {
    const rows = await db().execute<Row & { key: string }>(
      sql`${select(sql`r.organization_id = ${organizationId} and ${where} and ${rest}`, momentKey(order.key))} ${tail}`,
    );
    return rows.map(({ key, ...row }) => ({ ...requestOf(row), key }));
  });
