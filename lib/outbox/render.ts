import type { ReactElement } from "react";
import { z } from "zod";
import type { OutboxId } from "@/db/schema/ids";
import { config } from "@/lib/config.mjs";
import type { Mail } from "./mails";
import { placeholderFor } from "./secret";

/** A line break would begin another header. */
const header = z.string().regex(/^[^\r\n]*$/, "has a line break");

/**
 * A message as first rendered and kept, so that each retry is byte-identical. A placeholder stands where its secret
 * belongs. Fresh or read back, it goes through this schema: jsonb forgets the order of keys, and bytes don't.
 */
export const Frozen = z.object({
  from: header,
  replyTo: header.nullable(),
  subject: header,
  html: z.string(),
  text: z.string(),
  headers: z.object({ "Auto-Submitted": z.string(), "X-Entity-Ref-ID": z.string() }),
  /** Comes back with what the provider reports of the mail. Messages from before there were such have none. */
  tags: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
});
export type Frozen = z.infer<typeof Frozen>;

/** The name of the tag that a mail carries its id in. */
export const tagName = "gatehouse";

/** Renders a mail with today's sender and `APP_URL`. */
export const freeze = async (id: OutboxId, mail: Mail): Promise<Frozen> => {
  const { render } = await import("react-email");
  const { body, ...words } = await wordsOf(mail, placeholderFor(id));
  // The id differs for each sending: mail programs fold two mails with one reference into one.
  const headers = { "Auto-Submitted": "auto-generated", "X-Entity-Ref-ID": id };
  return { ...words, html: await render(body), headers, tags: [{ name: tagName, value: id }] };
};

type Words = Pick<Frozen, "from" | "replyTo" | "subject" | "text"> & { body: ReactElement };

// The mails are imported when the first one is written: React Email takes half a second to load.
const wordsOf = async (mail: Mail, secret: string): Promise<Words> => {
  const frame = { appUrl: config().appUrl, help: config().supportEmail };
  switch (mail.kind) {
    case "invitation":
    case "reminder": {
      const props = { ...mail, expiresAt: new Date(mail.expiresAt), again: mail.kind === "reminder" };
      return (await import("@/emails/invitation")).invitation(props, secret, frame, senderAddress());
    }
    case "reset":
      return fromGatehouse((await import("@/emails/reset")).reset(mail, secret, frame));
    case "code":
      return fromGatehouse((await import("@/emails/code")).code(mail, secret, frame));
    case "already-registered":
      return fromGatehouse((await import("@/emails/already-registered")).alreadyRegistered(mail, frame));
    case "asked-again":
      return fromGatehouse((await import("@/emails/asked-again")).askedAgain(mail, frame));
    case "invites-ended":
      return fromGatehouse((await import("@/emails/invites-ended")).invitesEnded(mail, frame));
    case "groups-left-out":
      return fromGatehouse((await import("@/emails/groups-left-out")).groupsLeftOut(mail, frame));
    case "invite-news":
      return fromGatehouse((await import("@/emails/invite-news")).inviteNews(mail, frame));
    case "made-owner":
      return fromGatehouse((await import("@/emails/made-owner")).madeOwner(mail, frame));
    case "deactivated":
      return fromGatehouse((await import("@/emails/deactivated")).deactivated(mail, frame));
    case "access-requested":
      return fromGatehouse((await import("@/emails/access-requested")).accessRequested(mail, frame));
    case "access-decided":
      return fromGatehouse((await import("@/emails/access-decided")).accessDecided(mail, frame));
  }
};

const fromGatehouse = (words: Pick<Words, "subject" | "text" | "body">): Words => ({
  ...words,
  from: `"Gatehouse" <${senderAddress()}>`,
  replyTo: config().supportEmail,
});

const senderAddress = (): string => {
  const { mail } = config();
  if (mail.kind === "none") throw new Error("No mail is configured");
  return mail.from;
};
