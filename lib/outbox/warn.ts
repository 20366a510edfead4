import type { OutboxId } from "@/db/schema/ids";
import { log } from "@/lib/log";

export type Ended = Readonly<{ kind: string; id: OutboxId; state: string; reason: string | null }>;

/**
 * Tells whoever runs the product of a mail that has failed for good, or may or may not have arrived: one of no organization,
 * a code or a reset, is on nobody's page. To be called once that is committed, with a reason that holds no secret.
 */
export const warnOf = ({ kind, id, state, reason }: Ended): void => {
  if (state === "failed" || state === "unknown")
    log.warn({ kind, id, status: state, reason }, "a mail has ended and may not have arrived");
};
