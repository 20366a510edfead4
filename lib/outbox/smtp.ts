import MailComposer from "nodemailer/lib/mail-composer";
import type { Claim } from "./claim";
import { withPatience } from "./patience";
import { NoReply } from "./post";
import { type Answer, accepted, lostForGood, refusal, unanswered } from "./rules";
import { handOver, type Letter, Refused, serverAt } from "./smtp-server";
import type { Transport } from "./transport";

/** Sends through a mail server. It knows no idempotency key: what may have been taken is never handed over again. */
export const smtpTransport = (provider: { url: string }): Transport => {
  const server = serverAt(provider.url);
  return async (claim, ending) => {
    try {
      const { messageId, ...letter } = await write(claim);
      await withPatience(ending, (signal) => handOver(server, letter, signal));
      return accepted(messageId, null);
    } catch (error) {
      return answerOf(error);
    }
  };
};

/** The mail as bytes: the same at each try, with one Message-ID by which servers can tell that it is. */
const write = async ({ id, to, firstAt, message }: Claim): Promise<Letter & { messageId: string }> => {
  const { from, replyTo, subject, text, html, headers } = message;
  const addressed = new MailComposer({ from, to: { name: "", address: to } }).compile().getEnvelope();
  const messageId = `<${id}@${String(addressed.from).split("@").at(-1)}>`;
  // The types know nothing of `baseBoundary`, without which each try would part the same words by another line.
  const words = { from, to: { name: "", address: to }, subject, text, html, headers, messageId, baseBoundary: id };
  const mail = new MailComposer({ ...words, date: firstAt, ...(replyTo === null ? {} : { replyTo }) }).compile();
  return { messageId, envelope: mail.getEnvelope(), bytes: await mail.build() };
};

const answerOf = (error: unknown): Answer => {
  if (error instanceof Refused) return refusedBy(error);
  if (error instanceof NoReply && error.reached) return lostForGood(error.message);
  return unanswered(error instanceof Error ? error.message : String(error), false);
};

/** Replies about our name and password, wherever they are given (RFC 4954). */
const aboutLogin = [530, 534, 535, 538];

const refusedBy = (refused: Refused): Answer => ({
  ...refusal(asHttp(refused), "", refused.message, null),
  httpStatus: null,
});

/** The status by which the outbox knows from HTTP what such a reply means. */
const asHttp = ({ code, command }: Refused): number => {
  if (code === 421) return 429;
  if (code < 500) return 503;
  const aboutMail = ["RCPT TO", "DATA"].includes(command) || code === 552;
  return aboutMail && !aboutLogin.includes(code) ? 422 : 401;
};
