export { enqueue, mailIsConfigured, withdraw } from "./enqueue";
export type { Mail, MailOf } from "./mails";
