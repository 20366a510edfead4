import { z } from "zod";
import type { OrganizationId } from "@/db/schema/ids";
import { address, id, name } from "./parts";

// Mails that gather: what comes within a day of one goes in one more. Each holds as much as it names (`mostNamed`).

/** How many there were beyond those it holds. */
const count = z.int().min(0);
const more = count.optional();

export const AskedAgain = z.object({
  kind: z.literal("asked-again"),
  to: address,
  organizationId: id<OrganizationId>(),
  organization: name,
  /** Addresses whose invitation is over and who want a new one, in the order they asked. */
  asked: z.array(address).min(1),
  /** When each of them asked, the last time; by address. Mail from before this was kept has none. */
  askedAt: z.record(address, z.iso.datetime()).optional(),
  more,
});

export const InvitesEnded = z.object({
  kind: z.literal("invites-ended"),
  to: address,
  organizationId: id<OrganizationId>(),
  organization: name,
  /** Each deactivation that ended invitations, and the addresses of the first of them: there can be thousands. */
  ended: z.array(z.object({ sponsor: name, by: name, invites: z.int().min(1), first: z.array(address).min(1) })).min(1),
  more: z.object({ members: count, invites: count }).optional(),
});

export const GroupsLeftOut = z.object({
  kind: z.literal("groups-left-out"),
  to: address,
  organizationId: id<OrganizationId>(),
  organization: name,
  /** Who joined without which groups, in the order they joined: those their sponsor could not hand out, and those deleted. */
  joined: z
    .array(
      z
        .object({
          email: address,
          without: z.array(name),
          deleted: z.array(name).default([]),
          /** The sponsor, when others are told in their place. */
          vouchedBy: name.optional(),
        })
        .refine(({ without, deleted }) => without.length + deleted.length > 0, "must name a group"),
    )
    .min(1),
  more,
});

/**
 * What became of an invitation. `bounced` is for good, and no more mail goes there; `returned` is mail that wasn't delivered
 * for another reason: a bounce that may pass, or the provider gave it up or spares the address itself.
 */
export const newsKind = z.enum(["accepted", "declined", "bounced", "returned", "complained", "expired"]);

export const InviteNews = z.object({
  kind: z.literal("invite-news"),
  to: address,
  organizationId: id<OrganizationId>(),
  organization: name,
  /** What became of invitations their recipient vouches for, in the order it happened. */
  news: z
    .array(
      z.object({
        email: address,
        what: newsKind,
        /** When this was so. News from before this was kept has none. */
        at: z.iso.datetime().optional(),
        /** Of mail that wasn't delivered: the provider's words. */
        reason: z.string().optional(),
      }),
    )
    .min(1),
  more: z.partialRecord(newsKind, count).optional(),
});

/** Any of these. */
export type Gathered = z.infer<typeof AskedAgain | typeof InvitesEnded | typeof GroupsLeftOut | typeof InviteNews>;
export type News = z.infer<typeof InviteNews>["news"][number];
