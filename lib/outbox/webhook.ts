import { Resend } from "resend";
import { z } from "zod";
import type { MailEventKind } from "@/db/schema";
import { config } from "@/lib/config.mjs";
import type { Reported } from "./events";
import { tagName } from "./render";
import { shownOf } from "./said";

const kinds: ReadonlyMap<string, MailEventKind> = new Map([
  ["email.sent", "sent"],
  ["email.delivery_delayed", "delayed"],
  ["email.delivered", "delivered"],
  ["email.bounced", "bounced"],
  ["email.complained", "complained"],
  ["email.failed", "failed"],
  ["email.suppressed", "suppressed"],
]);

const printable = z.string().regex(/^[\x20-\x7e]{1,320}$/);
const words = z.string().catch("");
/** What we need of an event; the rest of it, such as the subject, is not kept. */
const Event = z.object({
  type: z.string(),
  /** Within what the database can hold. */
  created_at: z.coerce.date().min(new Date("2000-01-01")).max(new Date("2100-01-01")).nullable().catch(null),
  data: z.object({
    email_id: printable,
    to: z.array(printable).catch([]),
    tags: z
      .union([
        z.record(z.string(), z.string()),
        z
          .array(z.object({ name: z.string(), value: z.string() }))
          .transform((tags) => Object.fromEntries(tags.map(({ name, value }) => [name, value]))),
      ])
      .catch({}),
    bounce: z.object({ type: words, message: words }).optional().catch(undefined),
    failed: z.object({ reason: words }).optional().catch(undefined),
    suppressed: z.object({ message: words }).optional().catch(undefined),
  }),
});

/**
 * Reads what was posted to the webhook: a report, `other` for what is genuine and says nothing about a mail's delivery, or
 * `forged` for what none of our secrets has signed within the last five minutes. `body` is exactly what arrived.
 */
export const readWebhook = (body: string, headers: Headers): Reported | "other" | "forged" => {
  const id = headers.get("svix-id") ?? "";
  const genuine = config()
    .webhookSecrets.map((secret) => verified(body, headers, secret))
    .find((each) => each !== null);
  if (!genuine || id === "" || id.length > 200) return "forged";
  const event = Event.safeParse(genuine.content);
  const kind = event.success ? kinds.get(event.data.type) : undefined;
  if (!event.success || !kind) return "other";
  const { email_id: messageId, to, tags, bounce, failed, suppressed } = event.data.data;
  const said = bounce?.message || failed?.reason || suppressed?.message || "";
  return {
    id,
    kind,
    messageId,
    mail: z.uuid().safeParse(tags[tagName]).data ?? null,
    to: to.map((address) => address.trim().toLowerCase()),
    occurredAt: event.data.created_at ?? new Date(),
    reason: shownOf(said),
    permanent: bounce?.type.toLowerCase() === "permanent",
  };
};

// The SDK's way to check a signature hangs on a client, which wants a key and does nothing with it here.
const { webhooks } = new Resend("re_verifies_only");

const verified = (payload: string, headers: Headers, webhookSecret: string): { content: unknown } | null => {
  const said = (name: string) => headers.get(`svix-${name}`) ?? "";
  const from = { id: said("id"), timestamp: said("timestamp"), signature: said("signature") };
  try {
    return { content: webhooks.verify({ payload, webhookSecret, headers: from }) };
  } catch (error) {
    // The signature is checked first: what it fits and is no JSON is genuine all the same.
    return error instanceof SyntaxError ? { content: null } : null;
  }
};
