import type { Metadata } from "next";
import { EmailAddress } from "@/components/email-address";
import type { Viewer } from "@/lib/access/actor";
import { viewer } from "@/lib/access/viewer";
import { openLink } from "@/lib/invitations/open-link";
import type { OfferShown } from "@/lib/invitations/queries";
import { masked } from "@/lib/invitations/rules";
import { readSights } from "@/lib/invitations/sights";
import { End, Join, Sights } from "./card";
import { NeedsCode } from "./code";
import { AlreadyMember, Declined, Expired, InactiveMember, Revoked, TooMany, Unknown, Used } from "./ends";
import { DeclineForm, JoinForm, SignedInForm, SignInAndJoinForm, SwitchForm } from "./forms";

export const metadata: Metadata = { title: "Your invite", robots: "noindex" };

type Props = { params: Promise<{ token: string }>; searchParams: Promise<{ code?: string | string[] }> };
type Shown = { offer: OfferShown; token: string };

/** The invitation a link opens, its state, and what to do next (SPEC section 6). Opening it changes nothing. */
export default async function JoinPage({ params, searchParams }: Props) {
  const { token } = await params;
  const person = await viewer();
  const opened = await openLink(token, person);
  if (opened.state === "limited") return <TooMany until={opened.until} />;
  if (opened.state === "unknown") return <Unknown />;
  const shown = { offer: opened.offer, token };
  switch (opened.state) {
    case "already-member":
      return <AlreadyMember {...shown} />;
    case "inactive-member":
      return <InactiveMember {...shown} />;
    case "used":
      return <Used {...shown} />;
    case "revoked":
      return <Revoked {...shown} />;
    case "declined":
      return <Declined {...shown} />;
    case "expired":
      return <Expired {...shown} />;
    case "someone-else":
      return <SomeoneElse {...shown} person={person} />;
    case "needs-code":
      return <NeedsCode {...shown} link={opened.link} asked={(await searchParams).code} />;
    case "new-address":
    case "existing-account":
    case "signed-in":
      return <Open {...shown} state={opened.state} />;
  }
}

const Open = async ({ offer, token, state }: Shown & { state: "new-address" | "existing-account" | "signed-in" }) => (
  <Join offer={offer}>
    {state === "new-address" && <JoinForm token={token} email={offer.email} />}
    {state === "existing-account" && <SignInAndJoinForm token={token} email={offer.email} />}
    {state === "signed-in" && (
      <>
        <Sights sights={await readSights(offer)} />
        <SignedInForm token={token} />
      </>
    )}
    <DeclineForm token={token} organization={<bdi>{offer.organization}</bdi>} />
  </Join>
);

const SomeoneElse = ({ offer, token, person }: Shown & { person: Viewer | null }) => (
  <End
    title={
      <>
        This invite is for <EmailAddress>{masked(offer.email)}</EmailAddress>
      </>
    }
    next={<SwitchForm token={token} />}
  >
    You are signed in as{" "}
    {person && (
      <b>
        <EmailAddress>{person.email}</EmailAddress>
      </b>
    )}
    . Nothing has been accepted.
  </End>
);
