import { Resend, type Response } from "resend";
import { z } from "zod";
import { withPatience } from "./patience";
import { NoReply, type Outgoing, post, type Reply } from "./post";
import { rateOf } from "./rate";
import { type Answer, accepted, refusal, unanswered } from "./rules";
import type { Transport } from "./transport";

const Sent = z.object({ id: z.string().min(1) });
const Problem = z
  .object({ name: z.string().catch(""), message: z.string().catch("") })
  .catch({ name: "", message: "" });

/** Sends through Resend. The mail's id is its idempotency key: however often we try, to them it is one mail. */
export const resendTransport = (provider: { apiKey: string; baseUrl: string | null }): Transport => {
  const options = provider.baseUrl ? { baseUrl: new URL(provider.baseUrl).origin } : {};
  const api = new PlainResend(provider.apiKey, options);
  return async ({ id, to, message }, ending) => {
    const { replyTo, ...words } = message;
    try {
      const mail = { ...words, to, ...(replyTo === null ? {} : { replyTo }) };
      const sent = await withPatience(ending, (signal) => api.emails.send(mail, { idempotencyKey: id, signal }));
      return { ...accepted(Sent.parse(sent.data).id, 200), rate: rateOf(sent.headers ?? {}) };
    } catch (error) {
      return answerOf(error);
    }
  };
};

const answerOf = (error: unknown): Answer => {
  if (error instanceof Refused) return refusedBy(error.reply);
  if (error instanceof NoReply) return unanswered(error.message, error.reached);
  // It said yes in words we can't read. Asked again under the same key it says the same, and hands out no second mail.
  return unanswered("The provider's answer could not be read.", true, 200);
};

/**
 * What stands in front of the provider says that it waited in vain, which tells nothing of what the provider did: time-outs
 * (RFC 9110) and the same of its content network (520 to 524).
 */
const ofGateways = new Set([408, 502, 504, 520, 521, 522, 523, 524]);

const refusedBy = ({ status, text, headers, retryAfter }: Reply): Answer => {
  const { name, message } = Problem.parse(readJson(text));
  const said = message || `The provider answered ${status}.`;
  const answer = ofGateways.has(status)
    ? { ...unanswered(said, true, status), retryAfter }
    : refusal(status, name, said, retryAfter);
  return { ...answer, rate: rateOf(headers) };
};

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

class Refused extends Error {
  constructor(readonly reply: Reply) {
    super(`refused with ${reply.status}`);
  }
}

/**
 * The SDK takes an answer's status from its body, where a gateway's error page has none, and turns every silence into the
 * same words. Status and silence decide what we do next, so the one method that speaks HTTP is ours.
 */
class PlainResend extends Resend {
  override async fetchRequest<T>(path: string, options: Outgoing): Promise<Response<T>> {
    const reply = await post(new URL(path, this.baseUrl), options);
    if (reply.status < 200 || reply.status > 299) throw new Refused(reply);
    return { data: JSON.parse(reply.text), error: null, headers: reply.headers };
  }
}
