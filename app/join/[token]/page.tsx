import type { Metadata } from "next";
import type { ReactNode } from "react";
import { ButtonLink } from "@/components/button";
import { QuietPage } from "@/components/page";
import { Time } from "@/components/time";
import { viewer } from "@/lib/access/viewer";
import { config } from "@/lib/config.mjs";
import { answerWith } from "@/lib/http/exchange";
import { openLink } from "@/lib/invitations/open-link";
import type { OfferShown } from "@/lib/invitations/queries";
import { masked } from "@/lib/invitations/rules";
import { inWords } from "@/lib/messages";
import { joinAsNew, joinSignedIn, joinWithPassword, switchAccount } from "./actions";
import { JoinForm, SignedInForm, SignInAndJoinForm, SwitchForm } from "./forms";

export const metadata: Metadata = { title: "Your invite", robots: "noindex" };

/** The invitation a link opens, its state, and what to do next (SPEC section 6). Opening it changes nothing. */
export default async function JoinPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const person = await viewer();
  const opened = await openLink(token, person);
  if (opened.state === "limited") {
    answerWith(429, { retryAfterSeconds: Math.ceil((opened.until.getTime() - Date.now()) / 1000) });
    return (
      <End title="Too many links that we don't know">
        Links that aren't ours came from your network too often. A genuine invite still opens; try others again{" "}
        {inWords(opened.until, new Date())}.
      </End>
    );
  }
  if (opened.state === "unknown") {
    answerWith(404);
    return (
      <End title="We can't find this invite">Check that the whole link was copied, or open it from the mail again.</End>
    );
  }
  const { offer } = opened;
  const name = <b dir="auto">{offer.organization}</b>;
  switch (opened.state) {
    case "already-member":
      return (
        <End
          title={<>You're already in {offer.organization}</>}
          next={<ButtonLink href="/sources" tone="main">{`Go to ${offer.organization}`}</ButtonLink>}
        >
          There is nothing left to do here.
        </End>
      );
    case "inactive-member":
      return (
        <End title={<>Your account in {offer.organization} is inactive</>}>
          An invite doesn't change that. Ask <b dir="auto">{offer.sponsor.name}</b> to re-activate you.
        </End>
      );
    case "used":
      return (
        <End
          title="This invite was already used"
          next={
            <ButtonLink href="/signin" tone="main">
              Sign in
            </ButtonLink>
          }
        >
          If it was you, sign in to go on to {name}.
        </End>
      );
    case "revoked":
      return (
        <End title="This invite is no longer available">
          It was withdrawn. Ask <b dir="auto">{offer.sponsor.name}</b> if you think that is a mistake.
        </End>
      );
    case "declined":
      return (
        <End title="You declined this invite">
          Ask <b dir="auto">{offer.sponsor.name}</b> for a new one if you have changed your mind.
        </End>
      );
    case "expired":
      return (
        <End title="This invite has expired">
          It was good until <Time at={offer.expiresAt} />. Ask <b dir="auto">{offer.sponsor.name}</b> to send it again.
        </End>
      );
    case "needs-mail":
      return (
        <End title="This copied link isn't enough">
          It doesn't show that the invited address is yours. Ask <b dir="auto">{offer.sponsor.name}</b> to invite you by
          mail.
        </End>
      );
    case "someone-else":
      return (
        <QuietPage
          title={`This invite is for ${masked(offer.email)}`}
          lead={
            <p>
              You are signed in as <b>{person?.email}</b>. Nothing has been accepted.
            </p>
          }
        >
          <SwitchForm action={switchAccount} token={token} />
        </QuietPage>
      );
    case "new-address":
      return (
        <Join offer={offer}>
          <JoinForm action={joinAsNew} token={token} email={offer.email} />
        </Join>
      );
    case "existing-account":
      return (
        <Join offer={offer}>
          <SignInAndJoinForm action={joinWithPassword} token={token} email={offer.email} />
        </Join>
      );
    case "signed-in":
      return (
        <Join offer={offer}>
          <SignedInForm action={joinSignedIn} token={token} />
        </Join>
      );
  }
}

/** Who invites whom, until when: above each way of joining. */
const Join = ({ offer, children }: { offer: OfferShown; children: ReactNode }) => (
  <QuietPage
    title={
      <>
        Join <span dir="auto">{offer.organization}</span>
      </>
    }
    lead={
      <>
        <p>
          <b dir="auto">{offer.sponsor.name}</b> invited
        </p>
        <p className="font-medium wrap-anywhere text-ink">{offer.email}</p>
        <p>
          The invite is good until <Time at={offer.expiresAt} />.
        </p>
      </>
    }
    foot={<Help />}
  >
    {offer.message && (
      <blockquote dir="auto" className="border-l-3 border-line pl-4 whitespace-pre-wrap">
        {offer.message}
      </blockquote>
    )}
    {children}
  </QuietPage>
);

/** Where a link leads that can't be used to join: what happened, one next step, and how to get help. */
const End = ({ title, next, children }: { title: ReactNode; next?: ReactNode; children: ReactNode }) => (
  <QuietPage title={title} lead={<p>{children}</p>} foot={<Help />}>
    {next}
  </QuietPage>
);

const Help = () => {
  const { supportEmail } = config();
  return supportEmail ? (
    <p>
      Need help? <a href={`mailto:${supportEmail}`}>{supportEmail}</a>
    </p>
  ) : (
    <p>Not expecting an invite? You can close this page: nothing happens by itself.</p>
  );
};
