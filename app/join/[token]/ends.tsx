import { ButtonLink } from "@/components/button";
import { Notice } from "@/components/notice";
import { Time } from "@/components/time";
import { answerWith } from "@/lib/http/exchange";
import { askedUntil } from "@/lib/invitations/ask";
import type { OfferShown } from "@/lib/invitations/queries";
import { inWords } from "@/lib/messages";
import { mailIsConfigured } from "@/lib/outbox";
import { End, WriteTo } from "./card";
import { AskForm, GoForm } from "./forms";

type Props = { offer: OfferShown; token: string };

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

const ToStart = () => (
  <ButtonLink href="/" tone="main" wide>
    Go to the start page
  </ButtonLink>
);

export const AlreadyMember = ({ offer, token }: Props) => (
  <End
    title={<>You're already in {offer.organization}</>}
    next={<GoForm token={token} organization={offer.organization} />}
    sponsor={offer.sponsor}
  >
    There is nothing left to do here.
  </End>
);

export const InactiveMember = ({ offer }: Props) => (
  <End title={<>Your account in {offer.organization} is inactive</>} next={<WriteTo sponsor={offer.sponsor} />}>
    An invite doesn't change that. Ask <b dir="auto">{offer.sponsor.name}</b> to re-activate you.
  </End>
);

export const Used = ({ offer }: Props) => (
  <End
    title="This invite was already used"
    sponsor={offer.sponsor}
    next={
      <ButtonLink href="/signin" tone="main" wide>
        Sign in
      </ButtonLink>
    }
  >
    If it was you, sign in to go on to <b dir="auto">{offer.organization}</b>.
  </End>
);

export const Revoked = ({ offer }: Props) => (
  <End title="This invite is no longer available" next={<WriteTo sponsor={offer.sponsor} />}>
    It was withdrawn. Ask <b dir="auto">{offer.sponsor.name}</b> if you think that is a mistake.
  </End>
);

export const Declined = (props: Props) => (
  <End title="You declined this invite" next={<Ask {...props} />} sponsor={props.offer.sponsor}>
    Nothing more will be sent to you, unless you ask for a new one.
  </End>
);

export const Expired = (props: Props) => (
  <End title="This invite has expired" next={<Ask {...props} />} sponsor={props.offer.sponsor}>
    <b dir="auto">{props.offer.sponsor.name}</b> invited you to <b dir="auto">{props.offer.organization}</b>. It was
    good until <Time at={props.offer.expiresAt} />.
  </End>
);

/** The form that asks for a new invite; once it was sent, what became of it. Without mail only a person can be asked. */
const Ask = async ({ offer, token }: Props) => {
  if (!mailIsConfigured()) return <WriteTo sponsor={offer.sponsor} />;
  const until = await askedUntil(offer.id);
  return (
    <div role="status">
      {until ? (
        <Notice tone="success">
          <p>
            We'll tell <bdi>{offer.organization}</bdi> that you would like a new invite. You can ask again{" "}
            {inWords(until, new Date())}.
          </p>
        </Notice>
      ) : (
        <AskForm token={token} organization={<bdi>{offer.organization}</bdi>} />
      )}
    </div>
  );
};
