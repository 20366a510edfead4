import { nameOf } from "@/lib/access/catalogue";
import { mostSends } from "@/lib/invitations/rules";
import type { HeldBack } from "@/lib/outbox/suppressed";
import type { Refusal } from "@/lib/result";
import { wordsForFault } from "@/lib/sources/faults";

const wordsForHeldBack: Record<HeldBack, string> = {
  bounced: "Mail to this address has bounced, so no more is sent to it. An owner can lift that under Mail.",
  complained:
    "Mail of yours was marked as spam at this address, so no more is sent to it. An owner can lift that under Mail.",
  blocked: "Whoever reads this address wants no more invitations, so none is sent.",
};

/** The sentence a person reads for a refusal. Times are given as they are; pages show them in the viewer's zone. */
export const wordsFor = (refusal: Refusal): string => {
  switch (refusal.code) {
    case "signed-out":
      return "You are signed out, and nothing was changed. Sign in again in another tab, then press the button here once more.";
    case "forbidden":
      return `You need ${nameOf(refusal.missing)} for this. Ask an Owner of your organization.`;
    case "beyond-own-rights":
      return "group" in refusal
        ? `${refusal.group} allows more than you may do yourself, so you can't hand it out.`
        : `You can't hand out ${nameOf(refusal.missing)} as it was chosen here: you don't hold it yourself.`;
    case "not-found":
      return "This doesn't exist, or no longer does.";
    case "invalid": {
      const sentences = Object.values(refusal.errors);
      return sentences.length === 1 ? (sentences[0] ?? "") : `${sentences.length} fields need attention.`;
    }
    case "limited":
      return `${refusal.said ?? "Too many tries. You can try again"} ${inWords(refusal.until, new Date())}.`;
    case "elsewhere":
      return refusal.left
        ? `This form is for ${refusal.left}, but you have switched to ${refusal.standing}. Nothing was changed. Switch back to ${refusal.left} in another tab, then press the button here once more.`
        : `This form is not for ${refusal.standing}, where you are now. Nothing was changed: open the page anew to go on.`;
    case "last-owner":
      return "An organization always keeps at least one active owner. Make somebody else an owner first.";
    case "owners-only":
      return "Only an owner can do this.";
    case "yourself":
      return "You can't deactivate yourself. Ask somebody else who may.";
    case "built-in-group":
      return "Owners is built in: only its members can be changed.";
    case "brought-along": {
      const them = new Intl.ListFormat("en").format(refusal.by);
      const [verb, what] = refusal.by.length === 1 ? ["brings", "that"] : ["bring", "those"];
      return `${them.charAt(0).toUpperCase()}${them.slice(1)} ${verb} this along: take ${what} away first.`;
    }
    case "no-longer-open":
      return "This invite is no longer open.";
    case "expired":
      return "This invite has expired. Resend it first.";
    case "sent-enough":
      return `This invite was sent ${mostSends} times, and more would look like spam. Once it is revoked the address can be invited again; while it is pending its link can be copied.`;
    case "mail-over":
      return "This mail can't be tried again. If it is an invite's, resend the invite instead.";
    case "undeliverable":
      return wordsForHeldBack[refusal.because];
    case "not-yours":
      return "This invite is for another address than yours. Nothing was accepted.";
    case "inactive-member":
      return "This member is inactive.";
    case "incorrect":
      return "Email or password is incorrect.";
    case "inactive":
      return `Your account in ${refusal.organization} is inactive.`;
    case "sign-up-closed":
      return "New organizations can't be created here. To join one, ask somebody in it to invite you.";
    case "code-over":
      return "This code can't be used any more. Ask for a new one.";
    case "link-over":
      return "This link has been used or has run out. Ask for a new one.";
    case "source-fault":
      return wordsForFault[refusal.fault];
    case "credential-gone":
      return "The password of this source can't be opened any more: the secret it was kept under is gone. Enter it again under Connection.";
    case "changed-meanwhile":
      return "Somebody else changed this meanwhile. Nothing was saved: look at it again, and press the button once more.";
    case "asked-already":
      return "You have asked already, and nobody has decided yet. That first request is the one that counts.";
    case "decided-already":
      return `${refusal.by ?? "You"} ${refusal.granted ? "granted" : "refused"} this request already, so nothing was changed.`;
    case "crowded":
      return "Too many people are asking for the same at this very moment. Wait a few seconds and press the button again.";
    case "busy":
      return "We can't reach our records right now, so we can't tell whether this was saved. Wait a moment and press the button again: it is never done twice.";
  }
};

/** The same as for `sent-enough`, where there is room for a line. */
export const sentEnough = `Sent ${mostSends} times, no more. Once it is revoked the address can be invited again.`;

/** `in 3 minutes`, rounded up, so that the moment named is never too early. */
export const inWords = (until: Date, now: Date): string => {
  const seconds = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000));
  const words = new Intl.RelativeTimeFormat("en", { numeric: "always" });
  if (seconds < 60) return words.format(seconds, "second");
  if (seconds < 3600) return words.format(Math.ceil(seconds / 60), "minute");
  return words.format(Math.ceil(seconds / 3600), "hour");
};
