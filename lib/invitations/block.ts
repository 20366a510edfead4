import { sql } from "drizzle-orm";
import { db, type Tx } from "@/db/client";
import type { InvitationId } from "@/db/schema/ids";
import { changeOrganization, unchanged } from "@/lib/access/change";
import { holdBack } from "@/lib/outbox";
import { done, type Result, refused } from "@/lib/result";
import { type OfferShown, readOffer } from "./queries";
import { readToken } from "./token";

/** Whose invitations somebody wants no more of. */
export const sources = ["organization", "everyone"] as const;
export type Source = (typeof sources)[number];

/** The offer that a link from the mail opens; null for any other: only the mail shows whose mailbox it is. */
export const mailedOffer = async (token: string): Promise<OfferShown | null> => {
  const opened = readToken(token);
  return opened?.channel === "email" ? readOffer(opened.id) : null;
};

/** What whoever reads mail at the address of this offer has stopped, as far as it concerns its organization. */
export const readBlock = async ({ email, organizationId }: OfferShown): Promise<Source | null> => {
  const rows = await db().execute<{ everyone: boolean }>(sql`
    select organization_id is null as everyone from blocks
    where email = ${email} and (organization_id = ${organizationId} or organization_id is null)`);
  if (rows.length === 0) return null;
  return rows.some(({ everyone }) => everyone) ? "everyone" : "organization";
};

/**
 * Stops invitations to the address of a mailed link, from its organization or from every one; what waits to be sent isn't
 * any more. The invitation itself stays as it is. Pressed twice it answers the same. Refuses links that weren't mailed.
 */
export const stopInvitations = (token: string, from: Source): Promise<Result<null>> =>
  forMailed(token, "blocked", from, async (tx, { email, organizationId }) => {
    const blocked = from === "everyone" ? null : organizationId;
    const made = await tx.execute(sql`
      insert into blocks (email, organization_id) values (${email}, ${blocked}) on conflict do nothing returning 1`);
    await holdBack(tx, email, blocked);
    return made.length > 0;
  });

/** Lets the organization of a mailed link invite its address again, and every other one too if all had been stopped. */
export const allowInvitations = (token: string): Promise<Result<null>> =>
  forMailed(token, "unblocked", null, async (tx, { email, organizationId }) => {
    const lifted = await tx.execute(sql`
      delete from blocks where email = ${email} and (organization_id = ${organizationId} or organization_id is null)
      returning 1`);
    return lifted.length > 0;
  });

/** Nobody is named: the link says which mailbox, not who pressed. The organization reads that it was done, and when. */
const forMailed = async (
  token: string,
  what: "blocked" | "unblocked",
  from: Source | null,
  run: (tx: Tx, offer: OfferShown) => Promise<boolean>,
): Promise<Result<null>> => {
  const offer = await mailedOffer(token);
  if (!offer) return refused({ code: "not-found" });
  return changeOrganization(offer.organizationId, null, async ({ tx, record }) => {
    if (!(await run(tx, offer))) return unchanged(null);
    record({ action: `invitation.${what}`, target: target(offer.id), ...(from ? { after: { from } } : {}) });
    return done(null);
  });
};

const target = (id: InvitationId) => ({ type: "invitation" as const, id });
