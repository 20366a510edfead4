import { z } from "zod";

/**
 * What became of one typed address (SPEC section 4). Kept with the submission, so the same form posted again answers the
 * same; a link is not kept, it is derived again from the invitation's id.
 */
export const Outcome = z.object({
  typed: z.string(),
  kind: z.enum([
    "invited",
    "link-created",
    "invited-again",
    "already-member",
    "already-invited",
    "inactive",
    "not-an-address",
    "listed-twice",
    "limit-reached",
    "cant-be-delivered",
  ]),
  /** Why nothing can be delivered. */
  because: z.enum(["bounced", "complained", "blocked"]).optional(),
  /** Of the invitation that was made, renewed or found. */
  invitationId: z.string().optional(),
  /** Of the member who was found. */
  userId: z.string().optional(),
  /** When a limit that was reached lets the next one through; ISO 8601. */
  until: z.string().optional(),
});
export type Outcome = z.output<typeof Outcome>;

/** Outcomes that leave something to mend: their rows stay in the form. */
const toMend: ReadonlySet<Outcome["kind"]> = new Set(["not-an-address", "limit-reached", "cant-be-delivered"]);
export const needsMending = ({ kind }: Outcome): boolean => toMend.has(kind);

const sent: ReadonlySet<Outcome["kind"]> = new Set(["invited", "link-created", "invited-again"]);
export const wentOut = ({ kind }: Outcome): boolean => sent.has(kind);
