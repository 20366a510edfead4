export { mostNamed } from "@/emails/words";
export { enqueue, mailIsConfigured, withdraw } from "./enqueue";
export { gather, handOver } from "./gather";
export type { News } from "./gathered-mails";
export { holdBack } from "./hold-back";
export type { Mail, MailOf } from "./mails";
export { mayGoAgain, queueAgain } from "./queue-again";
