import { asksForSetupCode, organizationExists, setupCode } from "@/lib/auth/setup";
import { config } from "@/lib/config.mjs";
import { accounts } from "@/lib/demo/people";
import { mailboxKey } from "@/lib/outbox/mailbox-key";

/** Tells whoever started the product where to go next. */
export async function greet(): Promise<void> {
  const { appUrl, dataDir, databaseUrl, demo, mail } = config();
  const lines = [`Gatehouse is at ${appUrl}`];
  if (!(await organizationExists())) lines.push(`Begin there with Create organization: ${appUrl}/signup`);
  if (await asksForSetupCode()) lines.push(`Setup code, for the first sign-up: ${setupCode()}`);
  const key = mailboxKey();
  if (mail.kind === "mailbox")
    lines.push(`Mail stays on this machine: ${appUrl}/dev/mailbox${key === null ? "" : `?key=${key}`}`);
  if (mail.kind === "none") lines.push("No mail is configured: invitations are links to hand over");
  if (demo) lines.push(...accounts());
  if (databaseUrl === null) lines.push(`Data is kept in ${dataDir}`);
  console.log(lines.join("\n  "));
}
