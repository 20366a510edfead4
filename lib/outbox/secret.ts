import type { OutboxId } from "@/db/schema/ids";
import { codeFor, resetToken } from "@/lib/auth/challenges";
import { tokenFor } from "@/lib/invitations/token";
import type { Mail } from "./mails";
import type { Frozen } from "./render";

/** Stands in a kept message for its secret. Nobody who writes a message knows the id: it is made when the mail is promised. */
export const placeholderFor = (id: OutboxId): string => `gatehouse-secret-${id}`;

/**
 * The token or code that belongs in a mail, made with the secret of that fingerprint; empty for a mail that needs none,
 * null when the secret is gone.
 */
export const secretOf = (mail: Mail, fingerprint: string): string | null => {
  switch (mail.kind) {
    case "invitation":
    case "reminder":
      return tokenFor(mail.invitationId, "email", fingerprint);
    case "reset":
      return resetToken(mail.challengeId, fingerprint);
    case "code":
      return codeFor(mail.challengeId, mail.purpose, fingerprint);
    case "already-registered":
    case "asked-again":
    case "invites-ended":
    case "groups-left-out":
    case "invite-news":
    case "made-owner":
    case "deactivated":
    case "access-requested":
    case "access-decided":
      return "";
  }
};

/** The message as it leaves, its secret in place. */
export const reveal = (frozen: Frozen, id: OutboxId, secret: string): Frozen => {
  const fill = (part: string) => part.replaceAll(placeholderFor(id), () => secret);
  return { ...frozen, html: fill(frozen.html), text: fill(frozen.text) };
};
