"use server";

import { z } from "zod";
import { openAction } from "@/lib/actions";
import { challengeField } from "@/lib/auth/challenges";
import { codeField } from "@/lib/auth/fields";
import { openSession } from "@/lib/auth/session";
import { SignUpInput, signUp } from "@/lib/auth/sign-up";
import { confirmSignUp, sendAnotherCode } from "@/lib/auth/sign-up-code";
import { clientAddress } from "@/lib/http/exchange";
import { done } from "@/lib/result";

/** Creates an organization at once, or asks for the code that was mailed. */
export const createOrganization = openAction(
  SignUpInput,
  async (input) => {
    const signedUp = await signUp(input, clientAddress());
    if (!signedUp.ok) return signedUp;
    if ("challengeId" in signedUp.value) return done(`/signup/${signedUp.value.challengeId}` as const);
    await openSession(signedUp.value.sessionId);
    return done("/sources" as const);
  },
  (path) => path,
);

/** Creates the organization that waits for this code. */
export const confirmCode = openAction(
  z.object({ challenge: challengeField, code: codeField }),
  async ({ challenge, code }) => {
    const founded = await confirmSignUp(challenge, code);
    if (!founded.ok) return founded;
    await openSession(founded.value.sessionId);
    return done(null);
  },
  () => "/sources",
);

/** Mails another code, on a page of its own. */
export const anotherCode = openAction(
  z.object({ challenge: challengeField }),
  ({ challenge }) => sendAnotherCode(challenge),
  ({ challengeId }) => `/signup/${challengeId}?sent=again`,
);
