import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { OrganizationId } from "@/db/schema/ids";
import { announce } from "./announce";
import { enqueue } from "./enqueue";
import { Mail, type MailOf } from "./mails";

/** Between two gathered mails to one person. */
const hours = 24;

type Gathered = MailOf<"asked-again" | "invites-ended" | "groups-left-out" | "invite-news">;

/** The part of a mail that grows while it waits, and what this one adds. */
const growing = (mail: Gathered) => {
  switch (mail.kind) {
    case "asked-again":
      return { part: "asked", more: mail.asked };
    case "invites-ended":
      return { part: "ended", more: mail.ended };
    case "groups-left-out":
      return { part: "joined", more: mail.joined };
    case "invite-news":
      return { part: "news", more: mail.news };
  }
};

/**
 * Promises a mail that gathers: the first goes at once; what comes within a day of it goes in one mail when that day is
 * over. One that can't be read any more is left to be set aside. The caller holds the organization's row lock, so two that
 * come at once find each other.
 */
export const gather = async (tx: Tx, mail: Gathered): Promise<void> => {
  const same = sql`kind = ${mail.kind} and to_email = ${mail.to} and organization_id = ${mail.organizationId}`;
  const { part, more } = growing(mail);
  const joined = await tx.execute(sql`
    update outbox set payload = jsonb_set(payload, array[${part}::text], payload -> ${part}::text || ${JSON.stringify(more)}::jsonb)
    where ${same} and state = 'queued' and attempts = 0 and jsonb_typeof(payload -> ${part}::text) = 'array' returning 1`);
  if (joined.length > 0) return;
  const [last] = await tx.execute<{ due: string | null }>(sql`
    select max(coalesce(first_attempt_at, created_at)) + make_interval(hours => ${hours}) as due from outbox where ${same}`);
  await enqueue(tx, [mail], last?.due ? new Date(last.due) : undefined);
};

/**
 * Gives what waits to tell somebody who has left of their invitations to others instead: who asks for a new one, and who
 * joined without groups that the one who left had vouched for. The caller holds the organization's row lock.
 */
export const handOver = async (
  tx: Tx,
  {
    organizationId,
    from,
    to,
  }: { organizationId: OrganizationId; from: { name: string; email: string }; to: readonly string[] },
): Promise<void> => {
  const waiting = await tx.execute<{ payload: unknown }>(sql`
    update outbox set state = 'cancelled', settled_at = clock_timestamp(), reason = 'Told to others: its recipient has left.'
    where kind in ('asked-again', 'groups-left-out') and to_email = ${from.email} and organization_id = ${organizationId}
      and state = 'queued' and attempts = 0 returning payload`);
  if (waiting.length > 0) await announce(tx, organizationId);
  for (const { payload } of waiting) {
    const mail = Mail.parse(payload);
    if (mail.kind === "asked-again") for (const email of to) await gather(tx, { ...mail, to: email });
    if (mail.kind === "groups-left-out") {
      const joined = mail.joined.map((each) => ({ vouchedBy: from.name, ...each }));
      for (const email of to) await gather(tx, { ...mail, joined, to: email });
    }
  }
};
