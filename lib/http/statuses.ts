import type { Refusal } from "@/lib/result";
import type { answerWith } from "./exchange";

type Answer = Parameters<typeof answerWith>;

/**
 * What a page goes out with that is drawn to say a refusal: 403 for what this person may not, 404 for what isn't there,
 * 409 for what has become of it meanwhile, 422 for what can't be taken as it was typed. The same for every address that
 * is typed to sign in.
 */
export const statusOf = (refusal: Refusal): Answer => [statuses[refusal.code], { retryAfterSeconds: waitOf(refusal) }];

const statuses: Record<Refusal["code"], Answer[0]> = {
  "signed-out": 403,
  forbidden: 403,
  "beyond-own-rights": 403,
  "owners-only": 403,
  yourself: 403,
  "not-yours": 403,
  inactive: 403,
  "inactive-member": 403,
  "sign-up-closed": 403,
  "not-found": 404,
  elsewhere: 409,
  "last-owner": 409,
  "built-in-group": 409,
  "brought-along": 409,
  "no-longer-open": 409,
  expired: 409,
  "sent-enough": 409,
  undeliverable: 409,
  "mail-over": 409,
  "code-over": 409,
  "link-over": 409,
  "changed-meanwhile": 409,
  "asked-already": 409,
  "decided-already": 409,
  "credential-gone": 409,
  invalid: 422,
  incorrect: 422,
  "source-fault": 422,
  limited: 429,
  crowded: 503,
  busy: 503,
};

const waitOf = (refusal: Refusal): number | undefined => {
  if (refusal.code === "busy" || refusal.code === "crowded") return 5;
  return refusal.code === "limited" ? Math.max(1, Math.ceil((refusal.until.getTime() - Date.now()) / 1000)) : undefined;
};
