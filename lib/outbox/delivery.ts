import type { DeliveryState, MailEventKind } from "@/db/schema";

/** One thing a provider has reported of a mail. */
export type Report = Readonly<{
  id: string;
  kind: MailEventKind;
  occurredAt: Date;
  reason: string | null;
  /** Of a bounce: the address itself is at fault. */
  permanent: boolean;
}>;

/** What a mail's reports amount to. */
export type Delivery = Readonly<{
  state: MailEventKind;
  reason: string | null;
  /** Whether it ever left the provider. */
  left: boolean;
  /** Why nothing more should be sent to its address, if so. */
  suppress: "bounced" | "complained" | null;
}>;

/**
 * How much each report says; the one that says most counts, whenever it came. A mail that was delivered may bounce
 * afterwards and may be marked as spam, and that is final: nothing takes it back.
 */
const weight = {
  sent: 0,
  delayed: 1,
  failed: 2,
  suppressed: 3,
  delivered: 4,
  bounced: 5,
  complained: 6,
} satisfies Record<MailEventKind, number>;

/** What a set of reports says, in whatever order they came and however often each; null when there is none. */
export const deliveryOf = (reports: readonly Report[]): Delivery | null => {
  const [most] = reports.toSorted(byWeight);
  if (!most) return null;
  const { kind: state, reason } = most;
  const suppress = state === "complained" || (state === "bounced" && most.permanent) ? state : null;
  const left = reports.some(({ kind }) => kind !== "failed" && kind !== "suppressed");
  return { state, reason, left, suppress };
};

/** What says most first; of two that say the same, the bounce that is for good, then the later one. */
const byWeight = (one: Report, other: Report): number =>
  weight[other.kind] - weight[one.kind] ||
  Number(other.permanent) - Number(one.permanent) ||
  other.occurredAt.getTime() - one.occurredAt.getTime() ||
  (one.id < other.id ? -1 : 1);

/**
 * What a mail is from now on, given what we knew ourselves. The provider's word counts for more than ours: it knows of
 * mail whose answer we never heard. Only one we took back stays so unless it has really left.
 */
export const stateAfter = (ours: DeliveryState, { state, left }: Delivery): DeliveryState =>
  ours === "cancelled" && !left ? ours : state;
