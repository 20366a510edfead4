import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { groupMembers, groups, memberships, organizations, users } from "@/db/schema";
import type { OrganizationId, SessionId, UserId } from "@/db/schema/ids";
import { type Change, changeAccount } from "@/lib/access/change";
import { append } from "@/lib/audit/events";
import { config } from "@/lib/config.mjs";
import { done, invalid, type Result, refused } from "@/lib/result";
import { startSession } from "./session-rows";
import { organizationExists } from "./setup";

export type Founder = {
  organizationName: string;
  name: string;
  email: string;
  passwordHash: string;
  /** Whether the address is proved: by a code, or because in local mode all mail stays on this machine. */
  verified: boolean;
};
export type Founded = { userId: UserId; organizationId: OrganizationId; sessionId: SessionId };

/** Makes an organization and its first owner, with a session for them: all of it or nothing. Refuses as `found` does. */
export const foundOrganization = (founder: Founder): Promise<Result<Founded>> => {
  let founded: UserId | null = null;
  return changeAccount(
    () => founded,
    async (change) => {
      const result = await found(change, founder);
      if (result.ok) founded = result.value.userId;
      return result;
    },
  );
};

/**
 * The same inside a transaction. Refuses `sign-up-closed` when `SIGNUP_MODE` doesn't allow one more organization, which
 * is decided one sign-up at a time, and an address that has an account.
 */
export const found = async ({ tx, now, record }: Change, founder: Founder): Promise<Result<Founded>> => {
  if (!(await isAllowed(tx))) return refused({ code: "sign-up-closed" });
  const { organizationName, verified, name, email, passwordHash } = founder;
  const [user] = await tx
    .insert(users)
    .values({ name, email, passwordHash, passwordChangedAt: now, emailVerifiedAt: verified ? now : null })
    .onConflictDoNothing()
    .returning({ id: users.id });
  if (!user) return invalid("email", "This address has an account already. Sign in with it.");
  record({ action: "user.created", target: { type: "user", id: user.id }, after: { verified } });

  const organizationId = await makeOrganization(tx, now, organizationName, { userId: user.id, name, email });
  const sessionId = await startSession(tx, user.id, organizationId, now);
  record({ action: "session.started", target: { type: "session", id: sessionId } });
  return done({ userId: user.id, organizationId, sessionId });
};

const isAllowed = async (tx: Tx): Promise<boolean> => {
  const { signupMode } = config();
  if (signupMode !== "first") return signupMode === "open";
  // There is no row to lock before the first organization: of two first ones at once the second waits here, then looks.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('gatehouse first organization'))`);
  return !(await organizationExists(tx));
};

type FirstOwner = { userId: UserId; name: string; email: string };

const makeOrganization = async (tx: Tx, now: Date, name: string, owner: FirstOwner): Promise<OrganizationId> => {
  const [organization] = await tx.insert(organizations).values({ name }).returning({ id: organizations.id });
  if (!organization) throw new Error("No organization came back from its insert");
  const organizationId = organization.id;
  const [group] = await tx
    .insert(groups)
    .values({
      organizationId,
      name: "Owners",
      builtIn: "owners",
      description: "Can do everything, and make others owners.",
    })
    .returning({ id: groups.id });
  if (!group) throw new Error("No group came back from its insert");
  await tx.insert(memberships).values({ organizationId, ...owner });
  await tx.insert(groupMembers).values({ organizationId, groupId: group.id, userId: owner.userId });
  await append(tx, { organizationId, sequence: 0, hash: new Uint8Array() }, now, owner.userId, [
    { action: "organization.created", target: { type: "organization", id: organizationId }, after: { name } },
    { action: "group.created", target: { type: "group", id: group.id }, after: { name: "Owners" } },
    { action: "membership.created", target: { type: "user", id: owner.userId }, after: { groups: [group.id] } },
  ]);
  return organizationId;
};
