import { sql } from "drizzle-orm";
import { z } from "zod";
import { db } from "@/db/client";
import type { ChallengeId, SessionId } from "@/db/schema/ids";
import { config } from "@/lib/config.mjs";
import { nameField } from "@/lib/fields";
import { hit, type Limit, originOf } from "@/lib/limits/limits";
import { mailIsConfigured } from "@/lib/outbox";
import { done, invalid, type Result, refused } from "@/lib/result";
import { attempt } from "./attempt";
import { enter } from "./enter";
import { emailField } from "./fields";
import { foundOrganization } from "./founding";
import { refusePersonal } from "./guessable";
import { hashPassword, passwordField } from "./password";
import { asksForSetupCode, isSetupCode, organizationExists } from "./setup";
import { askForCode } from "./sign-up-code";

/** Each costs a hash, and may cost a stranger a mail. Not in local mode, where everybody comes from this machine. */
export const signUpsPerOrigin: Limit = { scope: "sign-up origin", max: 60, seconds: 3600 };
export const setupTriesPerOrigin: Limit = { scope: "setup code", max: 10, seconds: 900 };

export const SignUpInput = z.object({
  organizationName: nameField("the name of your organization"),
  name: nameField("your name"),
  email: emailField,
  password: passwordField,
  setupCode: z.string().max(100, "This isn't the setup code.").default(""),
});
export type SignUpInput = z.output<typeof SignUpInput>;

/** Whether a new organization can be made here (`SIGNUP_MODE`, SPEC section 9). The founding itself decides for good. */
export const signUpOpen = async (): Promise<boolean> => {
  const { signupMode } = config();
  return signupMode === "open" || (signupMode === "first" && !(await organizationExists()));
};

/** What a sign-up led to: a session, or a code on its way to the address. */
export type SignedUp = { sessionId: SessionId } | { challengeId: ChallengeId };

/**
 * Signs up with a new organization. With a mail provider every address gets the same answer and a mail; the account comes
 * with the code. Without one, and in local mode, the account is made at once: there "made" and "not made" can't look
 * alike, so an address that has an account is told so, where `SIGNUP_MODE=open` lets anyone come that far at all.
 */
export const signUp = async (input: SignUpInput, address: string): Promise<Result<SignedUp>> => {
  const allowed = await judge(input, address);
  if (!allowed.ok) return (await repeated(input, address)) ?? allowed;
  const { organizationName, name, email } = input;
  const founder = { organizationName, name, email, passwordHash: await hashPassword(input.password) };
  const { local } = config();
  if (!local && mailIsConfigured()) return askForCode(founder);
  const founded = await foundOrganization({ ...founder, verified: local });
  return founded.ok ? founded : ((await repeated(input, address)) ?? founded);
};

const judge = async (input: SignUpInput, address: string): Promise<Result<null>> => {
  if (!(await signUpOpen())) return refused({ code: "sign-up-closed" });
  const origin = originOf(address);
  const until = config().local ? null : await hit(db(), signUpsPerOrigin, origin);
  if (until) return refused({ code: "limited", until });
  if (await asksForSetupCode()) {
    const rest = await hit(db(), setupTriesPerOrigin, origin);
    if (rest) return refused({ code: "limited", until: rest });
    if (!isSetupCode(input.setupCode))
      return invalid("setupCode", "This isn't the setup code. It was printed when the server started.");
  }
  return refusePersonal("password", input.password, [input.organizationName, input.name, input.email]);
};

/**
 * The same form sent again, by a second click or because the answer was lost: whoever made this very organization in the
 * last ten minutes, and shows the password, is signed in. Null when it isn't that.
 */
const repeated = async (
  { email, organizationName, password }: SignUpInput,
  address: string,
): Promise<Result<SignedUp> | null> => {
  const made = await db().execute(sql`
    select from users u join memberships m on m.user_id = u.id join organizations o on o.id = m.organization_id
    where u.email = ${email} and o.name = ${organizationName} and o.created_at = u.created_at
      and o.created_at > clock_timestamp() - interval '10 minutes'`);
  if (made.length === 0) return null;
  const shown = await attempt({ email, password, address, device: null });
  if (!shown.ok) return null;
  const entered = await enter(shown.value);
  return entered.ok ? done({ sessionId: entered.value }) : null;
};
