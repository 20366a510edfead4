import { sql } from "drizzle-orm";
import { z } from "zod";
import { db } from "@/db/client";
import type { outbox } from "@/db/schema";
import type { OutboxId } from "@/db/schema/ids";
import { Mail } from "./mails";
import { Frozen } from "./render";
import { reveal, secretOf } from "./secret";

/** A mail as the local mailbox shows it, its links and codes in place. */
export type KeptMail = Readonly<{
  id: OutboxId;
  to: string;
  from: string;
  replyTo: string | null;
  subject: string;
  text: string;
  html: string;
  links: readonly string[];
  status: (typeof outbox.$inferSelect)["state"];
  createdAt: Date;
}>;

type Row = {
  id: OutboxId;
  to_email: string;
  payload: unknown;
  frozen: unknown;
  secret_fingerprint: string;
  state: KeptMail["status"];
  created_at: string;
};

const columns = sql`select id, to_email, payload, frozen, secret_fingerprint, state, created_at from outbox`;
const link = /https?:\/\/\S+/g;

// What is kept holds placeholders; the secrets in it exist only while it is looked at.
const shown = (row: Row): KeptMail => {
  const frozen = Frozen.parse(row.frozen);
  const secret = secretOf(Mail.parse(row.payload), row.secret_fingerprint);
  const { from, replyTo, subject, text, html } = reveal(frozen, row.id, secret ?? "gone-with-its-secret");
  return {
    id: row.id,
    to: row.to_email,
    from,
    replyTo,
    subject,
    text,
    html,
    links: [...new Set(text.match(link) ?? [])],
    status: row.state,
    createdAt: new Date(row.created_at),
  };
};

export type MailboxView = Readonly<{ to?: string | undefined; before?: string | undefined }>;

/** The mails written so far, newest first: to one address when asked, older than one of them when asked, `most` at once. */
export const readMailbox = async ({ to, before }: MailboxView, most: number): Promise<KeptMail[]> => {
  const address = to?.trim().toLowerCase();
  const older = before === undefined ? null : (asId(before) ?? noId);
  const rows = await db().execute<Row>(sql`
    ${columns} where frozen is not null ${address ? sql`and to_email = ${address}` : sql``}
      ${older ? sql`and (created_at, id) < (select o.created_at, o.id from outbox o where o.id = ${older})` : sql``}
    order by created_at desc, id desc limit ${most}`);
  return rows.map(shown);
};

/** One mail; null when there is none with this id. */
export const readKept = async (id: string): Promise<KeptMail | null> => {
  const known = asId(id);
  if (!known) return null;
  const [row] = await db().execute<Row>(sql`${columns} where frozen is not null and id = ${known}`);
  return row ? shown(row) : null;
};

const noId = "00000000-0000-0000-0000-000000000000";
const asId = (text: string): string | null => z.uuid().safeParse(text).data ?? null;
