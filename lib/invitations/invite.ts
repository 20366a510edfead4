import { sql } from "drizzle-orm";
import type { GroupId, InvitationId, UserId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { change, type MembersChange, type OrganizationChange, type Unchanged, unchanged } from "@/lib/access/change";
import type { Grant } from "@/lib/access/grant";
import { enqueue, mailIsConfigured, withdraw } from "@/lib/outbox";
import { done, type Result } from "@/lib/result";
import { mayChoose, mayHandOut } from "./hand-out";
import type { Outcome } from "./outcomes";
import { expiryOf } from "./rules";
import type { InviteInput } from "./schema";
import { type Row, sortOut } from "./sort-out";
import { sendOnce } from "./submission";

/** What is sent, and, where the addresses came with groups of their own, the groups of each by its place. */
export type Invites = Omit<InviteInput, "key"> & {
  groupsOf?: readonly (readonly GroupId[])[];
  /** The invitation that this one takes the place of, and whoever wrote its message. */
  inPlaceOf?: Readonly<{ id: InvitationId; author: Readonly<{ id: UserId; name: string }> }>;
};

const groupsAt = ({ groups, groupsOf }: Invites, place: number): GroupId[] => [...new Set(groupsOf?.[place] ?? groups)];

/**
 * Invites every address that can be invited and says of each what became of it. One transaction: invitations, groups,
 * mail and audit, or nothing. The same form (same `key`) posted again changes nothing and answers the same.
 * Refuses groups that don't exist here, or that allow more than the inviter may do.
 */
export const invite = (
  granted: Grant<"access.create">,
  input: Invites & Pick<InviteInput, "key">,
): Promise<Result<Outcome[]>> => change(granted, (change) => sendOnce(change, input, () => send(change, input)));

/** The sending itself, in a change that sends it once. */
export const send = async (
  change: MembersChange,
  input: Invites,
): Promise<Result<Outcome[]> | Unchanged<Outcome[]>> => {
  const { actor } = change;
  // An invitation in the place of another has the groups that were chosen for that one.
  const may = input.inPlaceOf ? mayHandOut : mayChoose;
  const groups = await may(change, actor, [...new Set([input.groups, ...(input.groupsOf ?? [])].flat())]);
  if (!groups.ok) return groups;

  const { outcomes, fresh, renewed } = await sortOut(change.tx, change.organizationId, input.addresses);
  await insertInvitations(change, actor, input, fresh);
  await renewInvitations(change, actor, input, renewed);
  const sent = [...fresh, ...renewed];
  if (mailIsConfigured())
    await enqueue(
      change.tx,
      sent.map((row) => mailOf(change, actor, input, row)),
    );

  for (const { id, email, send, place } of sent) {
    change.record({
      action: send === 1 ? "invitation.created" : "invitation.renewed",
      target: { type: "invitation", id },
      after: {
        send,
        expiresAt: expiryOf(change.now, input.lifetimeDays).toISOString(),
        groups: groupsAt(input, place),
        ...(input.inPlaceOf ? { replaces: input.inPlaceOf.id } : {}),
      },
    });
    outcomes[place] = { typed: email, kind: kindOf(send), invitationId: id };
  }
  return sent.length === 0 ? unchanged(outcomes) : done(outcomes);
};

const authorOf = (actor: Actor, { inPlaceOf }: Invites): UserId => inPlaceOf?.author.id ?? actor.userId;

const kindOf = (send: number) => (send > 1 ? "invited-again" : mailIsConfigured() ? "invited" : "link-created");

const insertInvitations = async (change: OrganizationChange, actor: Actor, input: Invites, rows: readonly Row[]) => {
  if (rows.length === 0) return;
  const { tx, organizationId, now } = change;
  await tx.execute(sql`
    insert into invitations (id, organization_id, email, created_at, invited_by_id, sponsor_id, message, message_by_id,
      lifetime_days, expires_at, last_sent_at, link_only)
    select r.id, ${organizationId}, r.email, ${now.toISOString()}, ${actor.userId}, ${actor.userId}, ${input.message},
      ${authorOf(actor, input)}, ${input.lifetimeDays}, ${expiryOf(now, input.lifetimeDays).toISOString()}, ${now.toISOString()}, ${!mailIsConfigured()}
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
    update invitations set sponsor_id = ${actor.userId}, message = ${input.message}, message_by_id = ${authorOf(actor, input)},
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
  ...(input.inPlaceOf ? { author: input.inPlaceOf.author.name } : {}),
  expiresAt: expiryOf(change.now, input.lifetimeDays).toISOString(),
});
