import { randomUUID } from "node:crypto";
import { Webhook } from "standardwebhooks";
import type { MailEventKind } from "@/db/schema";

/** What the provider and we know of in tests, and what a rotation puts in its place. */
export const webhookSecret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
export const newWebhookSecret = `whsec_${Buffer.alloc(32, 8).toString("base64")}`;

/** A mail that the stand-in has accepted, as far as its reports name it. */
type Sent = { id: string; key: string; to: string };

const types: Record<MailEventKind, string> = {
  sent: "email.sent",
  delayed: "email.delivery_delayed",
  delivered: "email.delivered",
  bounced: "email.bounced",
  complained: "email.complained",
  failed: "email.failed",
  suppressed: "email.suppressed",
};

const said: Partial<Record<MailEventKind, object>> = {
  bounced: { bounce: { type: "Permanent", subType: "General", message: "The mailbox does not exist." } },
  failed: { failed: { reason: "reached_daily_quota" } },
  suppressed: { suppressed: { type: "OnAccountSuppressionList", message: "It is on the provider's own list." } },
};

/** The body in which the provider reports something of a mail; without `tagged` as of one that carried no tag. */
export const reportOf = (
  { id, key, to }: Sent,
  kind: MailEventKind,
  { tagged = true, ...more }: { tagged?: boolean; bounce?: object } = {},
): string =>
  JSON.stringify({
    type: types[kind],
    created_at: new Date().toISOString(),
    data: {
      created_at: new Date().toISOString(),
      email_id: id,
      from: "Gatehouse <invites@gatehouse.example.org>",
      to: [to],
      subject: "Olive Owner invited you to join Acme",
      ...(tagged ? { tags: { gatehouse: key } } : {}),
      ...said[kind],
      ...more,
    },
  });

/** The headers that vouch for a body, as the provider signs it with a secret. */
export const signed = (
  body: string,
  { id = `msg_${randomUUID()}`, at = new Date(), secret = webhookSecret } = {},
): Record<string, string> => ({
  "content-type": "application/json",
  "svix-id": id,
  "svix-timestamp": String(Math.floor(at.getTime() / 1000)),
  "svix-signature": new Webhook(secret).sign(id, at, body),
});

/** Posts a signed body to the product, as the provider does; gives the status. */
export const postWebhook = async (url: string, body: string, headers = signed(body)): Promise<number> =>
  (await fetch(`${url}/api/webhooks/resend`, { method: "POST", headers, body })).status;
