import type { ComponentProps } from "react";
import { ButtonLink } from "@/components/button";
import { EmailAddress } from "@/components/email-address";
import { InPlace } from "@/components/in-place";
import { QuietPage } from "@/components/page";
import { Time } from "@/components/time";
import type { Viewer } from "@/lib/access/actor";
import { answerWith } from "@/lib/http/exchange";
import { askedUntil, whomToAsk } from "@/lib/invitations/ask";
import type { OfferShown } from "@/lib/invitations/queries";
import { masked } from "@/lib/invitations/rules";
import { readOwners } from "@/lib/members/queries";
import { inWords } from "@/lib/messages";
import { mailIsConfigured } from "@/lib/outbox";
import { End, WriteTo } from "./card";
import { AskForm, GoForm, SignInInsteadForm } from "./forms";

type Props = { offer: OfferShown; token: string };
type Seen = Props & { person: Viewer | null };

export const Unknown = () => {
  answerWith(404);
  return (
    <End title="We can't find this invite" next={<ToStart />}>
      Check that the whole link was copied, or open it from the mail again.
    </End>
  );
};

export const TooMany = ({ until }: { until: Date }) => {
  answerWith(429, { retryAfterSeconds: Math.max(1, Math.ceil((until.getTime() - Date.now()) / 1000)) });
  return (
    <End title="Too many links that we don't know" next={<ToStart />}>
      Links that aren't ours came from your network too often. A genuine invite still opens; try others again{" "}
      {inWords(until, new Date())}.
    </End>
  );
};

export const ToStart = () => (
  <ButtonLink href="/" tone="main" wide>
    Go to the start page
  </ButtonLink>
);

export const AlreadyMember = async ({ offer, token }: Props) => (
  <End
    title={
      <>
        You're already in <bdi>{offer.organization}</bdi>
      </>
    }
    next={<GoForm token={token} organization={offer.organization} />}
    people={await whomToAsk(offer)}
  >
    There is nothing left to do here.
  </End>
);

/** The sponsor may be gone or lack the right; an owner never does. */
export const InactiveMember = async ({ offer }: Props) => (
  <End
    title={
      <>
        Your account in <bdi>{offer.organization}</bdi> is inactive
      </>
    }
    next={<WriteTo people={await readOwners(offer)} />}
    small="Once you are re-activated, you sign in as before."
  >
    An invite doesn't change that. Ask an owner to re-activate you.
  </End>
);

/** Signing in comes back here, where whoever joined by it is led on; somebody signed in otherwise is signed out for it. */
export const Used = async ({ offer, token, person }: Seen) => (
  <End
    title="This invite was already used"
    people={await whomToAsk(offer)}
    next={
      person ? (
        <SignInInsteadForm token={token} />
      ) : (
        <ButtonLink href={`/signin?next=${encodeURIComponent(`/join/${token}`)}`} tone="main" wide>
          Sign in
        </ButtonLink>
      )
    }
  >
    {person ? (
      <>
        You are signed in as{" "}
        <b className="block">
          <EmailAddress>{person.email}</EmailAddress>
        </b>
        If you joined with another address, sign in with that one to go on to
      </>
    ) : (
      "If it was you, sign in to go on to"
    )}{" "}
    <b dir="auto">{offer.organization}</b>.
  </End>
);

export const Revoked = async ({ offer, person }: Seen) => {
  if (isSponsor(offer, person)) return <SponsorsOwn offer={offer} title="This invite is no longer available" />;
  return (
    <End
      title="This invite is no longer available"
      next={<WriteTo people={await whomToAsk(offer)} />}
      small="A new invite has a link of its own; this one stays closed."
    >
      It was withdrawn. Ask for a new one if you think that is a mistake.
    </End>
  );
};

export const Declined = async ({ offer, token, person }: Seen) => {
  if (isSponsor(offer, person)) return <SponsorsOwn offer={offer} title="This invite was declined" />;
  const people = await whomToAsk(offer);
  return (
    <End title="You declined this invite" next={<Ask offer={offer} token={token} people={people} />} people={people}>
      Its links no longer work. If you change your mind, ask for a new one.
    </End>
  );
};

export const Expired = async ({ offer, token, person }: Seen) => {
  if (isSponsor(offer, person)) return <SponsorsOwn offer={offer} title="This invite has expired" />;
  const people = await whomToAsk(offer);
  const another = person && person.userId !== offer.account?.id;
  return (
    <End title="This invite has expired" next={<Ask offer={offer} token={token} people={people} />} people={people}>
      <b dir="auto">{offer.sponsor.name}</b> invited{" "}
      {another ? <EmailAddress>{masked(offer.email)}</EmailAddress> : "you"} to <b dir="auto">{offer.organization}</b>.
      It was good until <Time at={offer.expiresAt} />.
    </End>
  );
};

const isSponsor = (offer: OfferShown, person: Viewer | null) => person?.userId === offer.sponsor.id;

/** For whoever sent it and opens their own link: not a letter to themselves, but the place where they can mend it. */
const SponsorsOwn = ({ offer, title }: { offer: OfferShown; title: string }) => (
  <QuietPage
    title={title}
    lead={
      <>
        You invited <EmailAddress>{masked(offer.email)}</EmailAddress> to <b dir="auto">{offer.organization}</b>.
      </>
    }
    foot={
      <p>
        Need help? <a href="/help">See what people ask about invites</a>
      </p>
    }
  >
    <ButtonLink href={`/account/users/invitations/${offer.id}?in=${offer.organizationId}`} tone="main" wide>
      Open it in User Management
    </ButtonLink>
  </QuietPage>
);

/** The form that asks for a new invite; once it was sent, what became of it. Without mail only a person can be asked. */
const Ask = async ({ offer, token, people }: Props & Pick<ComponentProps<typeof WriteTo>, "people">) => {
  if (!mailIsConfigured()) return <WriteTo people={people} />;
  const until = await askedUntil(offer.id);
  return (
    <InPlace state={until ? "asked" : "not asked"}>
      {until ? (
        <div className="space-y-3">
          <h2 tabIndex={-1}>You have asked for a new invite</h2>
          <p>
            We'll tell <bdi>{offer.organization}</bdi> that you would like a new invite. You can ask again{" "}
            {inWords(until, new Date())}.
          </p>
        </div>
      ) : (
        <AskForm token={token} organization={<bdi>{offer.organization}</bdi>} />
      )}
    </InPlace>
  );
};
