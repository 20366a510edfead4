import { config } from "@/lib/config.mjs";
import { organizationExists } from "./setup";

/** Whether a new organization can be made here (`SIGNUP_MODE`, SPEC section 9). The founding itself decides for good. */
export const signUpOpen = async (): Promise<boolean> => {
  const { signupMode } = config();
  return signupMode === "open" || (signupMode === "first" && !(await organizationExists()));
};
