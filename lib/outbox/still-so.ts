import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { openSql } from "@/lib/invitations/queries";
import type { News } from "./gathered-mails";
import type { Mail, MailOf } from "./mails";

/**
 * A mail as it is true now, for one that is about to be written: what was gathered up to a day ago is left out where it is
 * no longer so. Null when nothing is left to tell. What it only counts beyond those it names (`more`) stays as it was, and
 * so does what was kept before it was written down when each thing was said.
 */
export const stillSo = async (tx: Tx, mail: Mail): Promise<Mail | null> => {
  if (mail.kind === "asked-again") {
    const asked = await whoStillAsk(tx, mail);
    return asked.length + (mail.more ?? 0) === 0 ? null : { ...mail, asked };
  }
  if (mail.kind === "invite-news") {
    const news = weightiest(await newsThatHolds(tx, mail));
    return news.length === 0 && !Object.values(mail.more ?? {}).some((count) => count > 0) ? null : { ...mail, news };
  }
  return mail;
};

/** Without those who have joined, and those to whom an invitation was sent since they asked. */
const whoStillAsk = async (tx: Tx, { organizationId, asked, askedAt }: MailOf<"asked-again">): Promise<string[]> => {
  const items = asked.map((email) => ({ email, at: askedAt?.[email] ?? null }));
  const left = await tx.execute<{ place: string }>(sql`
    select asked.place from ${inOrder(items)} as asked (item, place)
    where not exists (select from memberships m where m.organization_id = ${organizationId}
        and m.email = asked.item ->> 'email' and m.deactivated_at is null)
      and not exists (select from invitations i where i.organization_id = ${organizationId}
        and i.email = asked.item ->> 'email' and i.last_sent_at > (asked.item ->> 'at')::timestamptz)`);
  return heldAt(asked, left);
};

/**
 * That mail didn't arrive, or an invitation wasn't answered in time, holds while that invitation is open and was not sent
 * again; the former also only while nothing of that sending has been delivered after all. What else became of it has.
 */
const newsThatHolds = async (tx: Tx, { organizationId, news }: MailOf<"invite-news">): Promise<News[]> => {
  const left = await tx.execute<{ place: string }>(sql`
    select told.place from ${inOrder(news)} as told (item, place)
    where told.item ->> 'what' not in ('bounced', 'returned', 'expired') or told.item ->> 'at' is null
      or exists (select from invitations i where i.organization_id = ${organizationId} and i.email = told.item ->> 'email'
        and ${openSql} and i.last_sent_at <= (told.item ->> 'at')::timestamptz
        and not (told.item ->> 'what' = 'returned' and exists (select from outbox o
          where o.invitation_id = i.id and o.send = i.sends and o.state = 'delivered')))`);
  return heldAt(news, left);
};

/** Of one address the weightiest word on its mail counts, in whatever order they came: they contradict each other. */
const weightiest = (news: readonly News[]): News[] =>
  news.filter(({ email, what }) => {
    const heavier = outweighedBy[what] ?? [];
    return !news.some((other) => other.email === email && heavier.includes(other.what));
  });

const outweighedBy: Partial<Record<News["what"], readonly News["what"][]>> = {
  returned: ["bounced", "complained"],
  bounced: ["complained"],
};

const inOrder = (items: readonly unknown[]): SQL =>
  sql`jsonb_array_elements(${JSON.stringify(items)}::jsonb) with ordinality`;

const heldAt = <T>(all: readonly T[], left: readonly { place: string }[]): T[] => {
  const places = new Set(left.map(({ place }) => Number(place)));
  return all.filter((_, index) => places.has(index + 1));
};
