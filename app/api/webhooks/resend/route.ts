import { config } from "@/lib/config.mjs";
import { reached } from "@/lib/http/exchange";
import { takeReport } from "@/lib/outbox/events";
import { readWebhook } from "@/lib/outbox/webhook";

/**
 * What Resend reports of mail we sent. It is stored before we say so: anything but 2xx, and Resend reports it again, for
 * hours. Gated by the signature alone.
 */
export const POST = async (request: Request): Promise<Response> => {
  reached();
  if (config().webhookSecrets.length === 0)
    return new Response("Delivery events are not expected here: RESEND_WEBHOOK_SECRET is not set.\n", { status: 404 });
  const report = readWebhook(await request.text(), request.headers);
  if (report === "forged")
    return new Response("The signature doesn't fit the secret, or is older than five minutes.\n", { status: 401 });
  if (report !== "other") await takeReport(report);
  return new Response("ok\n");
};
