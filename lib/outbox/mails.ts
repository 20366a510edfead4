import { z } from "zod";
import type { AccessRequestId, ChallengeId, GroupId, InvitationId, OrganizationId } from "@/db/schema/ids";
import { AskedAgain, GroupsLeftOut, InviteNews, InvitesEnded } from "./gathered-mails";
import { address, id, name } from "./parts";

const Invitation = z.object({
  kind: z.literal("invitation"),
  to: address,
  organizationId: id<OrganizationId>(),
  invitationId: id<InvitationId>(),
  /** Which sending of its invitation this is: 1, 2, … */
  send: z.int().min(1),
  organization: name,
  inviter: z.object({ name, email: address }),
  message: z.string(),
  /** Whoever wrote the message, where that need not be the inviter. */
  author: name.optional(),
  expiresAt: z.iso.datetime(),
});

/** The one reminder of an invitation that was not answered: the same offer, with the same link. */
const Reminder = Invitation.extend({ kind: z.literal("reminder") });

const Reset = z.object({ kind: z.literal("reset"), to: address, challengeId: id<ChallengeId>(), name });

const Code = z.object({
  kind: z.literal("code"),
  to: address,
  challengeId: id<ChallengeId>(),
  purpose: z.enum(["sign-up", "join", "sudo"]),
});

const AlreadyRegistered = z.object({ kind: z.literal("already-registered"), to: address });

const MadeOwner = z.object({
  kind: z.literal("made-owner"),
  to: address,
  organizationId: id<OrganizationId>(),
  organization: name,
  /** The organization's Owners. */
  group: id<GroupId>(),
  /** Who added them. */
  by: name,
});

const Deactivated = z.object({
  kind: z.literal("deactivated"),
  to: address,
  organizationId: id<OrganizationId>(),
  organization: name,
});

const AccessRequested = z.object({
  kind: z.literal("access-requested"),
  to: address,
  organizationId: id<OrganizationId>(),
  organization: name,
  /** What they decide; once somebody has, nobody needs this mail. */
  request: id<AccessRequestId>(),
  asker: z.object({ name, email: address }),
  note: z.string(),
});

const AccessDecided = z.object({
  kind: z.literal("access-decided"),
  to: address,
  organizationId: id<OrganizationId>(),
  organization: name,
  /** Who decided. */
  by: name,
  /** The groups that were given, each with what it lets people see; none when the request was refused. */
  given: z.array(z.object({ group: name, lets: z.string() })),
  answer: z.string(),
});

/**
 * Every mail the product sends, with what its words need. The outbox stores exactly this and reads it back through this
 * schema when the mail is rendered. Links and codes are not in it: they are derived when it is sent.
 */
export const Mail = z.discriminatedUnion("kind", [
  Invitation,
  Reminder,
  Reset,
  Code,
  AlreadyRegistered,
  AskedAgain,
  InvitesEnded,
  GroupsLeftOut,
  InviteNews,
  MadeOwner,
  Deactivated,
  AccessRequested,
  AccessDecided,
]);

export type Mail = z.infer<typeof Mail>;
export type MailOf<Kind extends Mail["kind"]> = Extract<Mail, { kind: Kind }>;
