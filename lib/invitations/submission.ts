import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { inviteSubmissions } from "@/db/schema";
import { type MembersChange, type OrganizationChange, type Unchanged, unchanged } from "@/lib/access/change";
import { mailIsConfigured } from "@/lib/outbox";
import { done, type Result } from "@/lib/result";
import { Outcome, wentOut } from "./outcomes";

/** A form as it was posted: its key was made with it, so that the same form posted again is known. */
type Form = Readonly<{ key: string }>;

/**
 * Sends what a form asks for, once: the same form with the same content, posted again by the same person, changes nothing
 * and answers the same, whatever would be said of it by now.
 */
export const sendOnce = async (
  change: MembersChange,
  form: Form,
  send: () => Promise<Result<Outcome[]> | Unchanged<Outcome[]>>,
): Promise<Result<Outcome[]> | Unchanged<Outcome[]>> => {
  const before = await readSubmission(change, form);
  if (before) return mailIsConfigured() ? unchanged(before) : done(reveal(change, before));
  const sent = await send();
  if (!sent.ok || "unchanged" in sent) return sent;
  if (!mailIsConfigured()) reveal(change, sent.value);
  await keepSubmission(change, form, sent.value);
  return sent;
};

/** Without mail the answer shows the links, and showing them is an event of its own (SPEC section 5). */
const reveal = ({ record }: OrganizationChange, outcomes: Outcome[]): Outcome[] => {
  for (const { invitationId } of outcomes.filter(wentOut)) {
    if (invitationId) record({ action: "invitation.link_revealed", target: { type: "invitation", id: invitationId } });
  }
  return outcomes;
};

const contentOf = ({ key: _key, ...content }: Form): string =>
  createHash("sha256").update(JSON.stringify(content)).digest("hex");

const readSubmission = async ({ tx, organizationId, actor }: MembersChange, form: Form) => {
  const [row] = await tx.execute<{ outcomes: unknown }>(sql`
    select outcomes from invite_submissions where organization_id = ${organizationId} and user_id = ${actor.userId}
      and key = ${form.key} and content_sha256 = ${contentOf(form)}`);
  return row && Outcome.array().parse(row.outcomes);
};

const keepSubmission = async ({ tx, organizationId, actor }: MembersChange, form: Form, outcomes: Outcome[]) => {
  await tx
    .insert(inviteSubmissions)
    .values({ organizationId, userId: actor.userId, key: form.key, contentSha256: contentOf(form), outcomes });
};
