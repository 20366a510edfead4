import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { SuppressionId } from "@/db/schema/ids";
import type { Grant } from "@/lib/access/grant";
import { isId } from "@/lib/access/policy";
import { isSuppressedSql } from "@/lib/outbox/suppressed";
import { type Page, type Paging, readPage } from "@/lib/paging";

/**
 * An address that mail of the organization doesn't go to, and why. `lifted` once an owner has lifted it; `free` as long as
 * nothing has been held against the address anew since.
 */
export type Suppression = Readonly<{
  id: SuppressionId;
  email: string;
  because: "bounced" | "complained";
  reason: string | null;
  since: Date;
  lifted: boolean;
  free: boolean;
}>;

type Row = Omit<Suppression, "since"> & { since: string; key: string };

const columns = sql`s.id, s.email, s.because, s.reason, s.created_at as since, s.lifted_at is not null as lifted, s.email as key,
  not ${isSuppressedSql(sql`s.organization_id`, sql`s.email`)} as free`;
const suppressionOf = ({ since, ...row }: Row) => ({ ...row, since: new Date(since) });

/** So many addresses are shown at a time, like people in User Management. */
const size = 25;

/** The addresses that stand suppressed in the organization, by address. */
export const listSuppressions = (
  { organizationId }: Grant<"access.read">,
  paging: Paging,
): Promise<Page<Suppression & { key: string }>> =>
  readPage(paging, { key: sql`s.email`, id: sql`s.id`, size }, async ({ rest, tail }) => {
    const rows = await db().execute<Row>(sql`
      select ${columns} from suppressions s
      where s.organization_id = ${organizationId} and s.lifted_at is null and ${rest} ${tail}`);
    return rows.map(suppressionOf);
  });

/** One of the organization's, lifted or not; null for any other id. */
export const readSuppression = async (
  { organizationId }: Grant<"access.read">,
  id: string,
): Promise<Suppression | null> => {
  if (!isId<SuppressionId>(id)) return null;
  const [row] = await db().execute<Row>(sql`
    select ${columns} from suppressions s where s.organization_id = ${organizationId} and s.id = ${id}`);
  return row ? suppressionOf(row) : null;
};
