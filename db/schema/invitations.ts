import { type SQLWrapper, sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { groups } from "./groups";
import type { GroupId, InvitationId, OrganizationId, UserId } from "./ids";
import { memberships, organizations } from "./organizations";
import { users } from "./people";

type Ends = Readonly<{ acceptedAt: SQLWrapper; declinedAt: SQLWrapper; revokedAt: SQLWrapper }>;
/** Neither accepted, declined nor revoked, of an invitation in SQL: what its indexes are made for, and every query says. */
export const isOpenInvitation = (t: Ends) =>
  sql`${t.acceptedAt} is null and ${t.declinedAt} is null and ${t.revokedAt} is null`;
/** The opposite. */
export const isEndedInvitation = (t: Ends) =>
  sql`${t.acceptedAt} is not null or ${t.declinedAt} is not null or ${t.revokedAt} is not null`;

/** One offer to one address to join one organization. Its state is derived from these facts; `expired` is never stored. */
export const invitations = pgTable(
  "invitations",
  {
    id: uuid("id").$type<InvitationId>().primaryKey().defaultRandom(),
    organizationId: uuid("organization_id").$type<OrganizationId>().notNull(),
    email: text("email").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    invitedById: uuid("invited_by_id").$type<UserId>().notNull(),
    /** Whoever last sent, resent or changed it: acceptance is checked against this person's rights of that moment. */
    sponsorId: uuid("sponsor_id").$type<UserId>().notNull(),
    message: text("message").notNull().default(""),
    /** Whoever wrote the message: it stays theirs when somebody else resends. */
    messageById: uuid("message_by_id").$type<UserId>(),
    lifetimeDays: smallint("lifetime_days").notNull().default(7),
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
    /** How often it was sent or its link made; each sending has its own row in the outbox. */
    sends: smallint("sends").notNull().default(1),
    lastSentAt: timestamp("last_sent_at", { withTimezone: true }).notNull().defaultNow(),
    /** Groups it named that were deleted while it was open: nobody can be put into them, and whoever vouches is told so. */
    deletedGroups: uuid("deleted_groups").array().$type<GroupId[]>().notNull().default(sql`'{}'::uuid[]`),
    /** When the one reminder was promised. */
    remindedAt: timestamp("reminded_at", { withTimezone: true }),
    /** The expiry that the sponsor was told of: a later one, after another sending, is news again. */
    toldOfExpiry: timestamp("told_of_expiry", { withTimezone: true }),
    /** No mail was configured when it was last sent: it travels by its copied link. */
    linkOnly: boolean("link_only").notNull(),
    acceptedAt: timestamp("accepted_at", { withTimezone: true }),
    acceptedById: uuid("accepted_by_id").$type<UserId>(),
    acceptedThrough: text("accepted_through", { enum: ["email", "code", "session", "link"] }),
    declinedAt: timestamp("declined_at", { withTimezone: true }),
    revokedAt: timestamp("revoked_at", { withTimezone: true }),
    revokedById: uuid("revoked_by_id").$type<UserId>(),
  },
  (t) => [
    foreignKey({
      name: "invitations_organization_fkey",
      columns: [t.organizationId],
      foreignColumns: [organizations.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "invitations_invited_by_fkey",
      columns: [t.organizationId, t.invitedById],
      foreignColumns: [memberships.organizationId, memberships.userId],
    }),
    foreignKey({
      name: "invitations_sponsor_fkey",
      columns: [t.organizationId, t.sponsorId],
      foreignColumns: [memberships.organizationId, memberships.userId],
    }),
    foreignKey({
      name: "invitations_message_by_fkey",
      columns: [t.organizationId, t.messageById],
      foreignColumns: [memberships.organizationId, memberships.userId],
    }),
    foreignKey({
      name: "invitations_accepted_by_fkey",
      columns: [t.organizationId, t.acceptedById],
      foreignColumns: [memberships.organizationId, memberships.userId],
    }),
    foreignKey({
      name: "invitations_revoked_by_fkey",
      columns: [t.organizationId, t.revokedById],
      foreignColumns: [memberships.organizationId, memberships.userId],
    }),
    // Whoever accepts has the invited address: not even a mistaken command can store anything else.
    foreignKey({
      name: "invitations_accepted_by_invited_fkey",
      columns: [t.acceptedById, t.email],
      foreignColumns: [users.id, users.email],
    }),
    unique("invitations_organization_id_key").on(t.organizationId, t.id),
    uniqueIndex("invitations_one_open_key").on(t.organizationId, t.email).where(isOpenInvitation(t)),
    // One for each sort of User Management over open and over ended invitations.
    index("invitations_open_email_index").on(t.organizationId, t.email, t.id).where(isOpenInvitation(t)),
    index("invitations_open_sent_index").on(t.organizationId, t.lastSentAt, t.id).where(isOpenInvitation(t)),
    index("invitations_open_expires_index").on(t.organizationId, t.expiresAt, t.id).where(isOpenInvitation(t)),
    index("invitations_ended_email_index").on(t.organizationId, t.email, t.id).where(isEndedInvitation(t)),
    index("invitations_ended_sent_index").on(t.organizationId, t.lastSentAt, t.id).where(isEndedInvitation(t)),
    index("invitations_ended_expires_index").on(t.organizationId, t.expiresAt, t.id).where(isEndedInvitation(t)),
    index("invitations_expiring_index").on(t.expiresAt).where(isOpenInvitation(t)),
    index("invitations_created_index").on(t.organizationId, t.createdAt),
    index("invitations_sponsor_index").on(t.organizationId, t.sponsorId, t.expiresAt, t.id).where(isOpenInvitation(t)),
    index("invitations_accepted_by_index")
      .on(t.organizationId, t.acceptedById)
      .where(sql`${t.acceptedById} is not null`),
    check("invitations_email_lower_case", sql`${t.email} = lower(${t.email}) and length(${t.email}) between 3 and 318`),
    check("invitations_lifetime", sql`${t.lifetimeDays} between 1 and 30`),
    check("invitations_expiry", sql`${t.expiresAt} <= ${t.lastSentAt} + make_interval(days => ${t.lifetimeDays})`),
    check("invitations_sends", sql`${t.sends} between 1 and 6`),
    check("invitations_message_length", sql`char_length(${t.message}) <= 500`),
    check("invitations_one_end", sql`num_nonnulls(${t.acceptedAt}, ${t.declinedAt}, ${t.revokedAt}) <= 1`),
    check(
      "invitations_accepted_whole",
      sql`num_nonnulls(${t.acceptedAt}, ${t.acceptedById}, ${t.acceptedThrough}) in (0, 3) and (${t.acceptedAt} is null or ${t.acceptedAt} < ${t.expiresAt})`,
    ),
    check("invitations_accepted_through_known", sql`${t.acceptedThrough} in ('email', 'code', 'session', 'link')`),
    check("invitations_revoked_by", sql`${t.revokedById} is null or ${t.revokedAt} is not null`),
  ],
);

export const invitationGroups = pgTable(
  "invitation_groups",
  {
    organizationId: uuid("organization_id").$type<OrganizationId>().notNull(),
    invitationId: uuid("invitation_id").$type<InvitationId>().notNull(),
    groupId: uuid("group_id").$type<GroupId>().notNull(),
  },
  (t) => [
    primaryKey({ name: "invitation_groups_pkey", columns: [t.invitationId, t.groupId] }),
    foreignKey({
      name: "invitation_groups_invitation_fkey",
      columns: [t.organizationId, t.invitationId],
      foreignColumns: [invitations.organizationId, invitations.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "invitation_groups_group_fkey",
      columns: [t.organizationId, t.groupId],
      foreignColumns: [groups.organizationId, groups.id],
    }).onDelete("cascade"),
    index("invitation_groups_group_index").on(t.groupId),
  ],
);

/**
 * The invite form carries a key of its own: posting it again, unchanged, finds here what the first post did. The hash
 * tells a form that was sent again from one that a person went back to and filled in anew.
 */
export const inviteSubmissions = pgTable(
  "invite_submissions",
  {
    organizationId: uuid("organization_id").$type<OrganizationId>().notNull(),
    userId: uuid("user_id").$type<UserId>().notNull(),
    key: uuid("key").notNull(),
    contentSha256: text("content_sha256").notNull(),
    outcomes: jsonb("outcomes").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: "invite_submissions_pkey", columns: [t.organizationId, t.userId, t.key, t.contentSha256] }),
    foreignKey({
      name: "invite_submissions_membership_fkey",
      columns: [t.organizationId, t.userId],
      foreignColumns: [memberships.organizationId, memberships.userId],
    }).onDelete("cascade"),
  ],
);
