import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { inviteSubmissions } from "@/db/schema";
import type { GroupId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { change, type OrganizationChange, unchanged } from "@/lib/access/change";
import type { Grant } from "@/lib/access/grant";
import { enqueue, mailIsConfigured, withdraw } from "@/lib/outbox";
import { done, type Result } from "@/lib/result";
import { mayHandOut } from "./hand-out";
import { Outcome, wentOut } from "./outcomes";
import { expiryOf } from "./rules";
import type { InviteInput } from "./schema";
import { type Row, sortOut } from "./sort-out";

/** What is sent, and, where the addresses came with groups of their own, the groups of each by its place. */
export type Invites = InviteInput & { groupsOf?: readonly (readonly GroupId[])[] };

const groupsAt = ({ groups, groupsOf }: Invites, place: number): GroupId[] => [...new Set(groupsOf?.[place] ?? groups)];

/**
 * Invites every address that can be invited and says of each what became of it. One transaction: invitations, groups,
 * mail and audit, or nothing. The same form (same `key`) posted again changes nothing and answers the same.
 * Refuses groups that don't exist here, or that allow more than the inviter may do.
 */
export const invite = (granted: Grant<"access.create">, input: Invites): Promise<Result<Outcome[]>> =>
  change(granted, async (change) => {
    const before = await readSubmission(change, change.actor, input);
    if (before) return mailIsConfigured() ? unchanged(before) : done(reveal(change, before));

    const groups = await mayHandOut(change, change.actor, [
      ...new Set([input.groups, ...(input.groupsOf ?? [])].flat()),
    ]);
    if (!groups.ok) return groups;

    const { outcomes, fresh, renewed } = await sortOut(change, input.addresses);
    await insertInvitations(change, change.actor, input, fresh);
    await renewInvitations(change, change.actor, input, renewed);
    const sent = [...fresh, ...renewed];
    if (mailIsConfigured())
      await enqueue(
        change.tx,
        sent.map((row) => mailOf(change, change.actor, input, row)),
      );

    for (const { id, email, send, place } of sent) {
      change.record({
        action: send === 1 ? "invitation.created" : "invitation.renewed",
        target: { type: "invitation", id },
        after: {
          send,
          expiresAt: expiryOf(change.now, input.lifetimeDays).toISOString(),
          groups: groupsAt(input, place),
        },
      });
      outcomes[place] = { typed: email, kind: kindOf(send), invitationId: id };
    }
    if (sent.length === 0) return unchanged(outcomes);
    if (!mailIsConfigured()) reveal(change, outcomes);
    return done(await keepSubmission(change, change.actor, input, outcomes));
  });

/** Without mail the answer shows the links, and showing them is an event of its own (SPEC section 5). */
const reveal = ({ record }: OrganizationChange, outcomes: Outcome[]): Outcome[] => {
  for (const { invitationId } of outcomes.filter(wentOut)) {
    if (invitationId) record({ action: "invitation.link_revealed", target: { type: "invitation", id: invitationId } });
  }
  return outcomes;
};

const kindOf = (send: number) => (send > 1 ? "invited-again" : mailIsConfigured() ? "invited" : "link-created");

const contentOf = ({ key: _key, ...content }: InviteInput): string =>
  createHash("sha256").update(JSON.stringify(content)).digest("hex");

const readSubmission = async ({ tx, organizationId }: OrganizationChange, actor: Actor, input: Invites) => {
  const [row] = await tx.execute<{ outcomes: unknown }>(sql`
    select outcomes from invite_submissions where organization_id = ${organizationId} and user_id = ${actor.userId}
      and key = ${input.key} and content_sha256 = ${contentOf(input)}`);
  return row && Outcome.array().parse(row.outcomes);
};

const keepSubmission = async (
  { tx, organizationId }: OrganizationChange,
  actor: Actor,
  input: Invites,
  outcomes: Outcome[],
) => {
  const { key } = input;
  await tx
    .insert(inviteSubmissions)
    .values({ organizationId, userId: actor.userId, key, contentSha256: contentOf(input), outcomes });
  return outcomes;
};

const insertInvitations = async (change: OrganizationChange, actor: Actor, input: Invites, rows: readonly Row[]) => {
  if (rows.length === 0) return;
  const { tx, organizationId, now } = change;
  await tx.execute(sql`
    insert into invitations (id, organization_id, email, created_at, invited_by_id, sponsor_id, message, message_by_id,
      lifetime_days, expires_at, last_sent_at, link_only)
    select r.id, ${organizationId}, r.email, ${now.toISOString()}, ${actor.userId}, ${actor.userId}, ${input.message},
      ${actor.userId}, ${input.lifetimeDays}, ${expiryOf(now, input.lifetimeDays).toISOString()}, ${now.toISOString()}, ${!mailIsConfigured()}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, email text)`);
  await setGroups(change, input, rows);
};

/** An expired invitation goes out again as itself, so that the link in the older mail opens too. */
const renewInvitations = async (change: OrganizationChange, actor: Actor, input: Invites, rows: readonly Row[]) => {
  if (rows.length === 0) return;
  const { tx, now } = change;
  const ids = rows.map((row) => row.id);
  const these = sql`(select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`;
  // The join page may be deciding over one of them right now: order by id keeps two lockers from waiting for each other.
  await tx.execute(sql`select from invitations where id in ${these} order by id for update`);
  await withdraw(tx, ids, "sent-again");
  await tx.execute(sql`
    update invitations set sponsor_id = ${actor.userId}, message = ${input.message}, message_by_id = ${actor.userId},
      lifetime_days = ${input.lifetimeDays}, expires_at = ${expiryOf(now, input.lifetimeDays).toISOString()}, last_sent_at = ${now.toISOString()}, sends = sends + 1,
      link_only = ${!mailIsConfigured()}, deleted_groups = '{}'
    where id in ${these}`);
  await tx.execute(sql`delete from invitation_groups where invitation_id in ${these}`);
  await setGroups(change, input, rows);
};

const setGroups = async ({ tx, organizationId }: OrganizationChange, input: Invites, rows: readonly Row[]) => {
  const each = rows.map(({ id, place }) => ({ id, groups: groupsAt(input, place) }));
  await tx.execute(sql`
    insert into invitation_groups (organization_id, invitation_id, group_id)
    select ${organizationId}, r.id, g.value::uuid
    from jsonb_to_recordset(${JSON.stringify(each)}::jsonb) as r(id uuid, groups jsonb),
      jsonb_array_elements_text(r.groups) g`);
};

const mailOf = (change: OrganizationChange, actor: Actor, input: Invites, { id, email, send }: Row) => ({
  kind: "invitation" as const,
  organizationId: change.organizationId,
  invitationId: id,
  send,
  to: email,
  organization: change.organizationName,
  inviter: { name: actor.name, email: actor.email },
  message: input.message,
  expiresAt: expiryOf(change.now, input.lifetimeDays).toISOString(),
});
