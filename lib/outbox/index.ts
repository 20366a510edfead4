export { mostNamed } from "@/emails/words";
export { enqueue, mailIsConfigured, withdraw } from "./enqueue";
export { gather, handOver } from "./gather";
export { holdBack } from "./hold-back";
export type { Mail, MailOf, News } from "./mails";
export { mayGoAgain, queueAgain } from "./queue-again";
