import { and, eq, isNull, sql } from "drizzle-orm";
import { db, type Tx } from "@/db/client";
import { challenges, users } from "@/db/schema";
import type { InvitationId, OrganizationId, SessionId, UserId } from "@/db/schema/ids";
import { changeOrganization, type OrganizationChange } from "@/lib/access/change";
import { type Shown, stillStands } from "@/lib/auth/attempt";
import { endSessions, isLive, startSession } from "@/lib/auth/session-rows";
import { hit, type Limit } from "@/lib/limits/limits";
import { mailIsConfigured, withdraw } from "@/lib/outbox";
import { done, type Result, refused } from "@/lib/result";
import { handOut } from "./hand-out";
import { type OfferShown, openSql, readOffer } from "./queries";
import { answersForInvited, proofOf } from "./rules";
import { tellSponsor } from "./tell-sponsor";
import type { Channel } from "./token";

/** What a genuine token opened. */
export type Opened = { id: InvitationId; channel: Channel };

/**
 * Who accepts: somebody new, with the name and password they typed; or an account, by the password it has shown or by the
 * session of this browser.
 */
export type Joiner = { name: string; passwordHash: string } | { shown: Shown } | { session: SessionId; userId: UserId };

export type Joined = { userId: UserId; organizationId: OrganizationId; sessionId: SessionId };

/**
 * Accepts an invitation, once: account, membership, groups, audit and session commit together or not at all. Refuses an
 * invitation that is not open any more by the database's clock, an account that isn't the invited one, an account that
 * appeared meanwhile (`no-longer-open`: the page then shows what is), and inactive members.
 */
export const accept = async (opened: Opened, joiner: Joiner): Promise<Result<Joined>> => {
  const found = await readOffer(opened.id);
  if (!found) return refused({ code: "not-found" });
  let accepter: UserId | null = null;

  return changeOrganization(
    found.organizationId,
    () => accepter,
    async (change) => {
      const { tx, organizationId, now } = change;
      // Lock order: organization (held), user, invitation. Only then is the offer read for good.
      await tx.execute(sql`select from users where email = ${found.email} for update`);
      await tx.execute(sql`select from invitations where id = ${opened.id} for update`);
      const offer = await readOffer(opened.id, tx);
      if (offer?.state !== "pending") return refused({ code: "no-longer-open" });
      if (offer.account?.member === "inactive") return refused({ code: "inactive-member" });
      if (offer.account?.member === "active") return refused({ code: "no-longer-open" });

      const person = await personOf(change, opened, offer, joiner);
      if (!person.ok) return person;
      accepter = person.value;

      await insertMember(tx, organizationId, accepter);
      const without = await handOut(change, offer, accepter);
      await withdraw(tx, [opened.id]);
      const through = "session" in joiner ? "session" : opened.channel;
      // One look at the clock: between two of them the invitation could expire, and the table would refuse what we promised.
      const accepted = await tx.execute(sql`
        update invitations i set accepted_at = clock.now, accepted_by_id = ${accepter}, accepted_through = ${through}
        from (select clock_timestamp() as now) as clock
        where i.id = ${opened.id} and ${openSql} and i.expires_at > clock.now returning 1`);
      if (accepted.length === 0) return refused({ code: "no-longer-open" });

      change.record({
        action: "invitation.accepted",
        target: { type: "invitation", id: opened.id },
        after: { through, ...without },
      });
      // A sponsor is a member of long standing, so never the one who joins.
      await tellSponsor(change, { email: offer.email, sponsorId: offer.sponsor.id }, "accepted");
      const sessionId = await startSession(tx, accepter, organizationId, now);
      return done({ userId: accepter, organizationId, sessionId });
    },
  );
};

/** The account that joins: the invited one, or a new one; an account that never proved its address is taken over. */
const personOf = async (
  change: OrganizationChange,
  opened: Opened,
  offer: OfferShown,
  joiner: Joiner,
): Promise<Result<UserId>> => {
  const { account } = offer;
  const proof = proofOf(opened.channel, mailIsConfigured());
  const proved = proof === "mailbox";
  if (!answersForInvited(offer, "session" in joiner ? joiner.userId : null, proof))
    return refused({ code: "no-longer-open" });
  if (!("name" in joiner)) {
    const userId = "shown" in joiner ? joiner.shown.userId : joiner.userId;
    if (account?.id !== userId || (proved && !account.verified)) return refused({ code: "not-yours" });
    // A password or a session that a reset ended while this waited for its locks is no longer good.
    if ("shown" in joiner && !(await stillStands(change.tx, joiner.shown))) return refused({ code: "incorrect" });
    if ("session" in joiner && !(await isLive(change.tx, joiner.session, userId)))
      return refused({ code: "signed-out" });
    return done(userId);
  }
  if (account && (account.verified || !proved)) return refused({ code: "no-longer-open" });
  const { tx, now } = change;
  const { name, passwordHash } = joiner;
  const facts = { name, passwordHash, passwordChangedAt: now, emailVerifiedAt: proved ? now : null };
  if (!account) {
    // Somebody may be making this very account in another organization right now: then this page is out of date.
    const [made] = await tx
      .insert(users)
      .values({ email: offer.email, ...facts })
      .onConflictDoNothing()
      .returning({ id: users.id });
    if (!made) return refused({ code: "no-longer-open" });
    change.record({ action: "user.created", target: { type: "user", id: made.id }, after: { verified: proved } });
    return done(made.id);
  }
  // Whoever made it first may not own the mailbox: nothing of theirs survives (SAFETY 6).
  await tx.update(users).set(facts).where(eq(users.id, account.id));
  await endSessions(tx, account.id);
  await tx
    .update(challenges)
    .set({ endedAt: now, payload: null })
    .where(and(eq(challenges.email, offer.email), isNull(challenges.usedAt), isNull(challenges.endedAt)));
  change.record({ action: "user.taken_over", target: { type: "user", id: account.id }, after: { verified: true } });
  return done(account.id);
};

const insertMember = async (tx: Tx, organizationId: OrganizationId, userId: UserId) => {
  await tx.execute(sql`
    insert into memberships (organization_id, user_id, name, email)
    select ${organizationId}, id, name, email from users where id = ${userId}`);
};

const wrongAccounts: Limit = { scope: "invitation tried by another", max: 1, seconds: 86_400 };

/** Writes down that somebody other than the invited person tried to accept (SAFETY 5). The invitation stays as it was. */
export const recordWrongAccount = async ({ id }: Opened, userId: UserId): Promise<void> => {
  const offer = await readOffer(id, db());
  // Pressing on would fill another organization's audit and hold its lock: one try a day says it all.
  if (!offer || (await hit(db(), wrongAccounts, `${id} ${userId}`))) return;
  await changeOrganization(offer.organizationId, userId, async (change) => {
    change.record({ action: "invitation.refused_to_other", target: { type: "invitation", id } });
    return done(null);
  });
};
