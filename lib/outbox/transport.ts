import { config } from "@/lib/config.mjs";
import type { Claim } from "./claim";
import { type Answer, accepted } from "./rules";

/** Hands one mail over and says what became of it; never throws. `ending` cuts the try short because we are stopping. */
export type Transport = (claim: Claim, ending: AbortSignal) => Promise<Answer>;

/** The local mailbox reads the outbox itself: a mail is delivered by being kept. */
const keep: Transport = async () => accepted(null, null);

/** How mail leaves in this configuration; null when it doesn't. */
export const transport = async (): Promise<Transport | null> => {
  const { mail } = config();
  switch (mail.kind) {
    case "none":
      return null;
    case "mailbox":
      return keep;
    case "resend":
      return (await import("./resend")).resendTransport(mail);
    case "smtp":
      return (await import("./smtp")).smtpTransport(mail);
  }
};
