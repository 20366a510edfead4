import type { Route } from "next";
import { ButtonLink } from "@/components/button";
import { QuietPage } from "@/components/page";
import { answerWith } from "@/lib/http/exchange";

/** What a page put into its form by itself: nothing anybody typed. */
const served: ReadonlySet<string> = new Set(["organization", "key", "token", "session"]);

/** For a form without script that was sent after the session had ended: nothing was saved, and here is what was typed. */
export const SignedOut = ({ signIn, values }: { signIn: Route; values: Readonly<Record<string, string>> }) => {
  answerWith(403);
  const own = Object.entries(values).filter(([name, value]) => !served.has(name) && value.trim() !== "");
  return (
    <QuietPage title="You are signed out" lead="Nothing was sent. Sign in, and send it again.">
      {own.map(([name, value]) => (
        <div key={name}>
          <p className="text-sm text-quiet">You had typed:</p>
          <p dir="auto" className="wrap-anywhere whitespace-pre-wrap">
            {value}
          </p>
        </div>
      ))}
      <ButtonLink href={signIn} tone="main" wide>
        Sign in
      </ButtonLink>
    </QuietPage>
  );
};
