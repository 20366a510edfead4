import type { AnyRight } from "@/lib/access/catalogue";
import type { HeldBack } from "@/lib/outbox/suppressed";
import type { FaultCode } from "@/lib/sources/reader/fault.mjs";

/** Sentences about fields of a form, by field name. */
export type FieldErrors = Readonly<Record<string, string>>;

/**
 * Everything a person may be told about why something did not happen: a closed set.
 * Anything else that goes wrong is an exception. The words are in `lib/messages.ts`.
 */
export type Refusal =
  | { code: "signed-out" }
  | { code: "forbidden"; missing: AnyRight }
  /** What can't be handed out: a group that allows too much, or one policy by its right. Not what it is on: that may not show. */
  | { code: "beyond-own-rights"; group: string }
  | { code: "beyond-own-rights"; missing: AnyRight }
  | { code: "not-found" }
  /** `fault` where a source can't be read at the address that was typed. */
  | { code: "invalid"; errors: FieldErrors; fault?: FaultCode }
  /** `said` begins the sentence that ends with the time, where there is more to say than that there were too many tries. */
  | { code: "limited"; until: Date; said?: string }
  /** The form is of another organization than the one they stand in; of `left` if they are still active there. */
  | { code: "elsewhere"; standing: string; left: string | null }
  | { code: "last-owner" }
  | { code: "owners-only" }
  | { code: "yourself" }
  | { code: "built-in-group" }
  /** `by` says what the policies allow that bring it along. */
  | { code: "brought-along"; by: readonly string[] }
  | { code: "no-longer-open" }
  | { code: "expired" }
  | { code: "sent-enough" }
  | { code: "undeliverable"; because: HeldBack }
  | { code: "mail-over" }
  | { code: "not-yours" }
  | { code: "inactive-member" }
  | { code: "incorrect" }
  | { code: "inactive"; organization: string }
  | { code: "sign-up-closed" }
  | { code: "code-over" }
  | { code: "link-over" }
  | { code: "source-fault"; fault: FaultCode }
  | { code: "credential-gone" }
  | { code: "changed-meanwhile" }
  | { code: "asked-already" }
  /** `by` is null when they decided it themselves, in another tab or with a press before. */
  | { code: "decided-already"; by: string | null; granted: boolean }
  | { code: "crowded" }
  | { code: "busy" };

export type Result<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

export const done = <T>(value: T): Result<T> => ({ ok: true, value });
export const refused = (refusal: Refusal): { ok: false; refusal: Refusal } => ({ ok: false, refusal });
/** Refuses one field of the form with a sentence. */
export const invalid = (field: string, sentence: string) => refused({ code: "invalid", errors: { [field]: sentence } });
