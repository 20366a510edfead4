import type { OrganizationId, OutboxId } from "@/db/schema/ids";
import { log } from "@/lib/log";

export type Ended = Readonly<{
  kind: string;
  id: OutboxId;
  state: string;
  reason: string | null;
  /** Null for mail of none; may be left out of what no provider has reported. */
  organization_id?: OrganizationId | null;
}>;

const always = ["failed", "unknown"];
/** Ends that only a provider reports of mail of no organization; an organization reads of its own on its pages. */
const reported = ["bounced", "complained", "suppressed"];

/**
 * Tells whoever runs the product of a mail that has failed for good, or may or may not have arrived: one of no organization,
 * a code or a reset, is on nobody's page, so that of those every bad end is told. To be called once that is committed, with
 * a reason that holds no secret.
 */
export const warnOf = ({ kind, id, state, reason, organization_id }: Ended): void => {
  if (always.includes(state) || (organization_id === null && reported.includes(state)))
    log.warn({ kind, id, status: state, reason }, "a mail has not ended as it should");
};
