export { enqueue, mailIsConfigured, withdraw } from "./enqueue";
export { gather } from "./gather";
export type { Mail, MailOf } from "./mails";
