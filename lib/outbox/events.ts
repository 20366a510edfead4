import { type SQL, sql } from "drizzle-orm";
import { db, type Tx } from "@/db/client";
import type { DeliveryState, MailEventKind } from "@/db/schema";
import type { InvitationId, OrganizationId, OutboxId, UserId } from "@/db/schema/ids";
import { changeOrganization, type OrganizationChange, unchanged } from "@/lib/access/change";
import { openSql } from "@/lib/invitations/queries";
import { tellSponsor } from "@/lib/invitations/tell-sponsor";
import { log } from "@/lib/log";
import { done } from "@/lib/result";
import { suppress } from "@/lib/suppressions/suppress";
import { announce } from "./announce";
import { type Delivery, deliveryOf, type Report, stateAfter } from "./delivery";
import type { News } from "./gathered-mails";
import { warnOf } from "./warn";

/** A report with what says whose it is: the provider's id of the message, and our own of the mail where that came along. */
export type Reported = Report & Readonly<{ messageId: string; mail: string | null; to: readonly string[] }>;

/**
 * Keeps a report and moves the mail it is of, in one transaction, before it returns. The same report again changes nothing.
 * One of a mail we don't know yet (its message id is not written down) is kept and waits for `takeWaiting`.
 */
export const takeReport = async (report: Reported): Promise<void> => {
  const mail = await findMail(report);
  if (mail) return bind(mail, report);
  await db().execute(sql`insert into mail_events ${valuesOf(report, null)} on conflict (id) do nothing`);
  // Whoever wrote the message id down meanwhile may have looked before this report was there.
  await takeWaiting(sql`e.id = ${report.id}`);
};

/** Gives the reports that wait for a message id to its mail: call it once that id is committed. */
export const takeReportsOf = (messageId: string): Promise<void> => takeWaiting(sql`e.message_id = ${messageId}`);

/** The same for every report that waits, should somebody have died in between. One that can't be taken holds up no other. */
export const takeLateReports = (): Promise<void> => takeWaiting(sql`true`);

type Found = { id: OutboxId; organizationId: OrganizationId | null };

const takeWaiting = async (which: SQL): Promise<void> => {
  const rows = await db().execute<Found & { report: Stored }>(sql`
    select o.id, o.organization_id as "organizationId", to_jsonb(e) as report
    from mail_events e join outbox_attempts a on a.provider_message_id = e.message_id join outbox o on o.id = a.outbox_id
    where e.outbox_id is null and ${which} order by e.id limit 1000`);
  for (const { report, ...mail } of rows)
    await bind(mail, { ...reportOf(report), messageId: report.message_id }).catch((error) =>
      log.warn({ err: error, report: report.id }, "a report of mail is left for the next minute"),
    );
};

/**
 * Forgets reports of mail that isn't ours, of which there are many where others send through the same account. Of ours,
 * nobody writes a message id down later than a try, and no try is made more than 23 hours after the first: what has waited
 * two days waits for nothing.
 */
export const forgetStrangers = async (): Promise<void> => {
  await db().execute(sql`
    delete from mail_events where outbox_id is null and received_at < clock_timestamp() - interval '2 days'`);
};

/** By our own id and its recipient, or else by the message id: each looked up by its index, however much mail there is. */
const findMail = async ({ messageId, mail, to }: Reported): Promise<Found | undefined> => {
  const [found] = await db().execute<Found>(sql`
    select id, organization_id as "organizationId" from outbox where id = coalesce(
      (select own.id from outbox own where own.id = ${mail}
        and own.to_email in (select jsonb_array_elements_text(${JSON.stringify(to)}::jsonb))),
      (select outbox_id from outbox_attempts where provider_message_id = ${messageId} limit 1))`);
  return found;
};

type Bound = Report & { messageId: string };

const bind = async ({ id, organizationId }: Found, report: Bound): Promise<void> => {
  const moved =
    organizationId === null || !isBad(report)
      ? await db().transaction((tx) => move(tx, id, report))
      : await moveAndFollow(organizationId, id, report);
  if (!moved) return;
  const state = stateAfter(moved.mail.state, moved.after);
  if (state !== moved.mail.state) warnOf({ ...moved.mail, state, reason: moved.after.reason });
};

type Bad = Bound & { kind: "bounced" | "complained" | "failed" | "suppressed" };
const bad: ReadonlySet<MailEventKind> = new Set<Bad["kind"]>(["bounced", "complained", "failed", "suppressed"]);
const isBad = (report: Bound): report is Bad => bad.has(report.kind);

/** Reports that bring effects for the organization take its row lock first, as every change of it does. */
const moveAndFollow = async (organizationId: OrganizationId, id: OutboxId, report: Bad): Promise<Moved | null> => {
  const result = await changeOrganization(organizationId, null, async (change) => {
    const moved = await move(change.tx, id, report);
    if (!moved) return unchanged(null);
    const after = { permanent: report.permanent };
    change.record({ action: `mail.${report.kind}`, target: { type: "mail", id }, after });
    await follow(change, moved);
    return done(moved);
  });
  return result.ok ? result.value : null;
};

type Mail = {
  id: OutboxId;
  kind: string;
  organization_id: OrganizationId | null;
  to_email: string;
  invitation_id: InvitationId | null;
  state: DeliveryState;
  reason: string | null;
};
type Moved = { mail: Mail; before: Delivery | null; after: Delivery };

/** Gives a report to its mail, and the mail the state that all its reports amount to. Null for one it has had before. */
const move = async (tx: Tx, id: OutboxId, report: Bound): Promise<Moved | null> => {
  const [mail] = await tx.execute<Mail>(sql`
    select id, kind, organization_id, to_email, invitation_id, state, reason from outbox where id = ${id} for update`);
  if (!mail) return null;
  const taken = await tx.execute(sql`
    insert into mail_events ${valuesOf(report, id)}
    on conflict (id) do update set outbox_id = excluded.outbox_id where mail_events.outbox_id is null returning 1`);
  if (taken.length === 0) return null;
  const rows = await tx.execute<Stored>(sql`select * from mail_events where outbox_id = ${id}`);
  const reports = rows.map(reportOf);
  const before = deliveryOf(reports.filter((each) => each.id !== report.id));
  const after = deliveryOf(reports);
  if (!after) return null;
  const state = stateAfter(mail.state, after);
  if (state !== "cancelled" && (state !== mail.state || after.reason !== mail.reason)) {
    await tx.execute(sql`
      update outbox set state = ${state}, reason = ${after.reason}, lease_until = null,
        settled_at = coalesce(settled_at, clock_timestamp())
      where id = ${id}`);
    await announce(tx, mail.organization_id);
  }
  return { mail, before, after };
};

/**
 * What it means beyond its mail that it didn't arrive or was marked as spam: after a bounce for good or a complaint the
 * address is spared, and whoever vouches for the invite is told. What we took back before it left is nobody's news.
 */
const follow = async (change: OrganizationChange, { mail, before, after }: Moved): Promise<void> => {
  if (after.suppress && after.suppress !== before?.suppress)
    await suppress(change, { email: mail.to_email, because: after.suppress, reason: after.reason, mail: mail.id });
  const what = newsIn(after);
  if (stateAfter(mail.state, after) === "cancelled") return;
  if (!what || what === (before && newsIn(before))) return;
  const [open] = await change.tx.execute<{ sponsorId: UserId }>(sql`
    select i.sponsor_id as "sponsorId" from invitations i where i.id = ${mail.invitation_id} and ${openSql}`);
  if (open) await tellSponsor(change, { email: mail.to_email, ...open }, what, after.reason ?? undefined);
};

/** What a sponsor is told of it: not every bounce is for good, nor is what the provider gave up or has on a list of its own. */
const newsIn = ({ state, suppress: because }: Delivery): News["what"] | null => {
  if (state === "complained") return "complained";
  if (state === "bounced" && because) return "bounced";
  return state === "bounced" || state === "failed" || state === "suppressed" ? "returned" : null;
};

type Stored = {
  id: string;
  message_id: string;
  kind: MailEventKind;
  occurred_at: string;
  reason: string | null;
  permanent: boolean;
};

const reportOf = ({ id, kind, occurred_at, reason, permanent }: Stored): Report => ({
  ...{ id, kind, reason, permanent },
  occurredAt: new Date(occurred_at),
});

const valuesOf = ({ id, messageId, kind, occurredAt, reason, permanent }: Bound, mail: OutboxId | null): SQL => sql`
  (id, message_id, outbox_id, kind, occurred_at, reason, permanent)
  values (${id}, ${messageId}, ${mail}, ${kind}, ${occurredAt.toISOString()}, ${reason}, ${permanent})`;
