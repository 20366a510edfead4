import type { Metadata } from "next";
import { QuietPage } from "@/components/page";
import { config } from "@/lib/config.mjs";
import { mailIsConfigured } from "@/lib/outbox";
import { ForgotForm } from "./form";

export const metadata: Metadata = { title: "Forgot password" };

export default function ForgotPasswordPage() {
  const back = <a href="/signin">Back to sign in</a>;
  if (mailIsConfigured()) {
    return (
      <QuietPage title="Forgot password" foot={back}>
        <ForgotForm />
      </QuietPage>
    );
  }
  const { supportEmail } = config();
  return (
    <QuietPage title="Forgot password" foot={back}>
      <p>
        This server sends no mail, so no link can reach you. Ask whoever runs it
        {supportEmail && (
          <>
            {" "}
            at <a href={`mailto:${supportEmail}`}>{supportEmail}</a>
          </>
        )}
        .
      </p>
    </QuietPage>
  );
}
