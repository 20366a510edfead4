import type { Route } from "next";
import { ButtonLink } from "@/components/button";
import { QuietPage } from "@/components/page";
import { answerWith } from "@/lib/http/exchange";
import { YouTyped } from "./you-typed";

/** For a form without script that was sent after the session had ended: nothing was saved, and here is what was typed. */
export const SignedOut = ({ signIn }: { signIn: Route }) => {
  answerWith(403);
  return (
    <QuietPage title="You are signed out" lead="Nothing was sent. Sign in, and send it again.">
      <YouTyped />
      <ButtonLink href={signIn} tone="main" wide>
        Sign in
      </ButtonLink>
    </QuietPage>
  );
};
