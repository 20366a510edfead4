import type { Actor } from "@/lib/access/actor";
import { config } from "@/lib/config.mjs";
import { mailStanding } from "@/lib/outbox/flow";
import { MailStanding } from "../users/mail-standing";

/** Whether mail leaves, and from which address it comes; where it doesn't, since when and why. */
export const Arrangement = async ({ actor }: { actor: Actor }) => {
  const { mail } = config();
  if (mail.kind === "none" || (await mailStanding()).kind !== "on") return <MailStanding actor={actor} />;
  return (
    <p>
      {mail.kind === "mailbox" ? "Mail stays in the local mailbox of this server." : "Mail is on."} It comes from{" "}
      <b className="wrap-anywhere">{mail.from}</b>.
    </p>
  );
};
