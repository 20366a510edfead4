import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Field } from "@/components/field";
import { ActionForm } from "@/components/form";
import { Notice } from "@/components/notice";
import { QuietPage } from "@/components/page";
import { PasswordField } from "@/components/password-field";
import { SubmitButton } from "@/components/submit-button";
import { viewer } from "@/lib/access/viewer";
import { nextPath } from "@/lib/auth/next-path";
import { signUpOpen } from "@/lib/auth/sign-up";
import { signInHere } from "./actions";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<{ next?: string | string[]; after?: string | string[] }> };

export default async function SignInPage({ searchParams }: Props) {
  const { next, after } = await searchParams;
  const onward = nextPath(next);
  if (await viewer()) redirect(onward);
  const open = await signUpOpen();
  const words = typeof after === "string" ? outcomes.get(after) : undefined;
  return (
    <QuietPage
      title="Sign in"
      foot={
        <>
          <a href="/forgot-password">Forgot password?</a>
          {open && <a href="/signup">Create organization</a>}
        </>
      }
    >
      <div role="status" className="empty:hidden">
        {words && <Notice tone={after === "away" ? "warning" : "success"}>{words}</Notice>}
      </div>
      <ActionForm action={signInHere}>
        <input type="hidden" name="next" value={onward} />
        <Field
          name="email"
          label="Email"
          inputMode="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
        />
        <PasswordField name="password" label="Password" autoComplete="current-password" />
        <SubmitButton wide>Sign in</SubmitButton>
      </ActionForm>
    </QuietPage>
  );
}

/** What led here, named in the address by one of these words. */
const outcomes: ReadonlyMap<string, string> = new Map([
  ["reset", "Your password is changed and you are signed out everywhere. Sign in with the new one."],
  ["everywhere", "You are signed out on every device."],
  [
    "away",
    "You are signed out in this browser. Our records can't be reached right now: when they are back, sign in and press Sign out everywhere on your profile.",
  ],
]);
