import { sql } from "drizzle-orm";
import { db, type Queryable } from "@/db/client";
import { config } from "@/lib/config.mjs";
import { through } from "./through";

/**
 * Whether mail leaves: it does; it waits, because the provider refuses us, since when and in its words; or none is
 * configured, and invitations are links to hand over.
 */
export type MailStanding =
  | Readonly<{ kind: "on" }>
  | Readonly<{ kind: "paused"; since: Date; reason: string }>
  | Readonly<{ kind: "off" }>;

/** How mail stands now, for all replicas. Says nothing of any one mail, so it takes no grant. */
export const mailStanding = async (database: Queryable = db()): Promise<MailStanding> => {
  const { mail } = config();
  if (mail.kind === "none") return { kind: "off" };
  const [row] = await database.execute<{ since: string; reason: string }>(sql`
    select paused_since as since, paused_reason as reason from mail_flow
    where transport = ${through()} and paused_since is not null`);
  return row ? { kind: "paused", since: new Date(row.since), reason: row.reason } : { kind: "on" };
};
