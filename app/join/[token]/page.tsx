import type { Metadata } from "next";
import type { ReactNode } from "react";
import { EmailAddress } from "@/components/email-address";
import { InPlace } from "@/components/in-place";
import type { Viewer } from "@/lib/access/actor";
import { viewer } from "@/lib/access/viewer";
import { asCopied } from "@/lib/auth/token";
import type { Opened } from "@/lib/invitations/accept";
import { openLink } from "@/lib/invitations/open-link";
import type { OfferShown } from "@/lib/invitations/queries";
import { type JoinState, masked } from "@/lib/invitations/rules";
import { readSights } from "@/lib/invitations/sights";
import { End, Join, Sights } from "./card";
import { NeedsCode } from "./code";
import { AlreadyMember, Declined, Expired, InactiveMember, Revoked, TooMany, Unknown, Used } from "./ends";
import { DeclineForm, JoinForm, SignedInForm, SignInAndJoinForm, SwitchForm } from "./forms";
import { Meanwhile, type Tried, triedOf } from "./meanwhile";

export const metadata: Metadata = { title: "Your invite", robots: "noindex" };

type Query = { code?: string | string[]; after?: string | string[] };
type Props = { params: Promise<{ token: string }>; searchParams: Promise<Query> };
type Shown = { offer: OfferShown; token: string };

/** The invitation a link opens, its state, and what to do next (SPEC section 6). Opening it changes nothing. */
export default async function JoinPage({ params, searchParams }: Props) {
  const token = asCopied((await params).token);
  const { code, after } = await searchParams;
  const person = await viewer();
  const opened = await openLink(token, person);
  if (opened.state === "limited") return <TooMany until={opened.until} />;
  if (opened.state === "unknown") return <Unknown />;
  const { state, offer } = opened;
  const tried = triedOf(after);
  return (
    <InPlace state={`${state} ${tried}`} led={tried !== null}>
      {pageFor({ ...opened, offer, token, person, tried, code })}
    </InPlace>
  );
}

type Drawn = Shown & {
  state: JoinState;
  link: Opened;
  person: Viewer | null;
  tried: Tried | null;
  code: Query["code"];
};

const pageFor = ({ state, link, person, tried, code, ...shown }: Drawn) => {
  switch (state) {
    case "already-member":
      return <AlreadyMember {...shown} />;
    case "inactive-member":
      return <InactiveMember {...shown} />;
    case "used":
      return <Used {...shown} person={person} />;
    case "revoked":
      return <Revoked {...shown} person={person} />;
    case "declined":
      return <Declined {...shown} person={person} />;
    case "expired":
      return <Expired {...shown} person={person} />;
    case "someone-else":
      return <SomeoneElse {...shown} person={person} />;
    case "needs-code":
      return <NeedsCode {...shown} link={link} asked={code} meanwhile={<Meanwhile state={state} tried={tried} />} />;
    case "new-address":
    case "existing-account":
    case "signed-in":
      return <Open {...shown} state={state} meanwhile={<Meanwhile state={state} tried={tried} />} />;
  }
};

type OpenState = "new-address" | "existing-account" | "signed-in";

const Open = async ({ offer, token, state, meanwhile }: Shown & { state: OpenState; meanwhile: ReactNode }) => (
  <Join offer={offer}>
    {meanwhile}
    {/* Not to whoever still has to show that the account is theirs: a link alone may be anybody's. */}
    {state !== "existing-account" && <Sights sights={await readSights(offer)} />}
    {state === "new-address" && <JoinForm token={token} email={offer.email} />}
    {state === "existing-account" && <SignInAndJoinForm token={token} email={offer.email} />}
    {state === "signed-in" && <SignedInForm token={token} />}
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
      <b className="block">
        <EmailAddress>{person.email}</EmailAddress>
      </b>
    )}
    Nothing has been accepted or declined.
  </End>
);
