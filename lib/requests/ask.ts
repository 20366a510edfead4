import { sql } from "drizzle-orm";
import type { AccessRequestId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { changeOrganization, type OrganizationChange } from "@/lib/access/change";
import { hit, type Limit } from "@/lib/limits/limits";
import { peopleWhoCan, readActive } from "@/lib/members/queries";
import { enqueue, mailIsConfigured } from "@/lib/outbox";
import { done, type Result, refused } from "@/lib/result";

/**
 * Asking, per member. One request at a time waits for an answer; this bounds asking again after each refusal, for every
 * one is a mail to each of those who decide: at most a hundred a day from one person.
 */
const asking: Limit = { scope: "ask for access", max: 5, seconds: 86_400 };

/** So many of those who decide are written to, owners first. One answer is enough, and the page shows it to all of them. */
export const mostTold = 20;

/**
 * Asks those who manage groups to be given access. Any active member may: who has no right at all needs it most. Refuses
 * a second request while one waits (`asked-already`), and the sixth in a day (`limited`).
 */
export const ask = (actor: Actor, { note }: { note: string }): Promise<Result<null>> =>
  changeOrganization(actor.organizationId, actor.userId, async (change) => {
    const { tx, organizationId, organizationName } = change;
    const person = await readActive(actor, actor.userId, tx);
    if (!person) return refused({ code: "inactive", organization: organizationName });
    const [request] = await tx.execute<{ id: AccessRequestId }>(sql`
      insert into access_requests (organization_id, user_id, note, created_at)
      values (${organizationId}, ${actor.userId}, ${note}, clock_timestamp())
      on conflict do nothing returning id`);
    if (!request) return refused({ code: "asked-already" });
    const until = await hit(tx, asking, `${organizationId} ${actor.userId}`);
    if (until)
      return refused({ code: "limited", until, said: "You have asked often enough for a day. You can ask again" });

    change.record({
      action: "membership.access_requested",
      target: { type: "user", id: actor.userId },
      after: { request: request.id },
    });
    await tell(change, request.id, person, note);
    return done(null);
  });

/** Tells those who decide, by mail, but not the person themselves. */
const tell = async (
  { tx, organizationId, organizationName: organization }: OrganizationChange,
  request: AccessRequestId,
  asker: { name: string; email: string },
  note: string,
): Promise<void> => {
  if (!mailIsConfigured()) return;
  const people = await peopleWhoCan("groups.edit", { organizationId }, mostTold + 1, tx);
  const others = people.filter(({ email }) => email !== asker.email).slice(0, mostTold);
  await enqueue(
    tx,
    others.map(({ email: to }) => ({
      kind: "access-requested",
      to,
      organizationId,
      organization,
      request,
      asker,
      note,
    })),
  );
};
