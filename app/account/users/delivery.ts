import type { OpenInvitation } from "@/lib/invitations/queries";

const words: Record<string, string> = {
  queued: "Waiting to be sent",
  sending: "Being sent",
  sent: "Sent",
  delivered: "Delivered",
  delayed: "Delayed",
  bounced: "Bounced",
  complained: "Marked as spam",
  failed: "Failed",
  suppressed: "Suppressed",
  cancelled: "Cancelled",
  unknown: "Unknown",
};

/** What is known of an invitation's newest mail, and nothing more: sent is not delivered. */
export const deliveryWords = ({ linkOnly, delivery }: OpenInvitation): string =>
  linkOnly ? "Link only" : (words[delivery ?? "unknown"] ?? "Unknown");
