import { z } from "zod";
import type { SessionId } from "@/db/schema/ids";
import { idField } from "@/lib/fields";
import { parseAddress } from "@/lib/invitations/address";

/** One email address, judged as SPEC section 4 says. */
export const emailField = z.string({ error: "Enter your email address." }).transform((typed, context) => {
  const email = parseAddress(typed);
  if (email) return email;
  const message = typed.trim() === "" ? "Enter your email address." : "Enter an email address like name@example.com.";
  context.addIssue({ code: "custom", message });
  return z.NEVER;
});

/** A password that is there already: whatever was typed counts. */
export const currentPasswordField = z.string({ error: "Enter your password." }).min(1, "Enter your password.");

/** Six digits, however they were spaced. */
export const codeField = z
  .string({ error: "Enter the code." })
  .transform((typed) => typed.replace(/[\s-]/g, ""))
  .pipe(z.string().regex(/^\d{6}$/, "Enter the 6 digits of the code."));

const asSessionId = (id: string) => id as SessionId; // a uuid; the command only ends the person's own
export const sessionField = idField.transform(asSessionId);
