"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { openAction } from "@/lib/actions";
import { currentPasswordField, emailField } from "@/lib/auth/fields";
import { nextPath } from "@/lib/auth/next-path";
import { closeSession } from "@/lib/auth/session";
import { signIn } from "@/lib/auth/sign-in";
import { reached } from "@/lib/http/exchange";
import { done } from "@/lib/result";

const SignInInput = z.object({ email: emailField, password: currentPasswordField, next: z.string().default("") });

/** Signs in and goes to the page that was asked for, if it is one of ours. */
export const signInHere = openAction(
  SignInInput,
  async ({ email, password, next }) => {
    const signedIn = await signIn(email, password);
    return signedIn.ok ? done(nextPath(next)) : signedIn;
  },
  (path) => path,
);

/** Signs this browser out. Without a database its cookie goes all the same, and the next page says what that means. */
export const signOutHere = Object.assign(
  async () => {
    reached();
    const ended = await closeSession();
    redirect(ended ? "/signin" : "/signin?after=away");
  },
  { gate: "open" as const },
);
