import type { ReactNode } from "react";
import { buttonClass } from "@/components/button";
import { EmailAddress } from "@/components/email-address";
import { QuietPage } from "@/components/page";
import { AnyOf, mailto } from "@/components/people";
import { Time } from "@/components/time";
import type { OfferShown } from "@/lib/invitations/queries";
import type { Sight } from "@/lib/invitations/sights";
import { Contact } from "../../contact";

/** Who invites whom, until when: above each way of joining. */
export const Join = ({ offer, children }: { offer: OfferShown; children: ReactNode }) => (
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
        <p className="font-medium text-ink">
          <EmailAddress>{offer.email}</EmailAddress>
        </p>
        <p>
          The invite is good until <Time at={offer.expiresAt} />.
        </p>
      </>
    }
    foot={<Contact>Not expecting an invite? You can close this page: nothing happens by itself.</Contact>}
  >
    {offer.message && (
      <figure>
        <figcaption className="text-sm text-quiet">
          <span dir="auto">{offer.author}</span> wrote:
        </figcaption>
        <blockquote dir="auto" className="mt-1 border-s-3 border-line ps-4 whitespace-pre-wrap">
          {offer.message}
        </blockquote>
      </figure>
    )}
    {children}
  </QuietPage>
);

/** What joining will let its person see and do. */
export const Sights = ({ sights }: { sights: Sight[] }) =>
  sights.length === 0 ? (
    <p>You won't see any sources or domains until somebody there gives you access.</p>
  ) : (
    <div>
      <p>You'll be in:</p>
      <ul className="mt-1 list-disc space-y-1 pl-5">
        {sights.map((sight) => (
          <li key={sight.group}>
            <b dir="auto">{sight.group}</b>: {sight.everything ? "everything in the organization" : inWords(sight)}
          </li>
        ))}
      </ul>
    </div>
  );

const inWords = ({ lets, more }: Sight): string =>
  lets.length === 0
    ? "nothing to see yet"
    : new Intl.ListFormat("en").format(more > 0 ? [...lets, `${more.toLocaleString("en")} more`] : lets);

/**
 * Where a link leads that can't be used to join: what happened, one next step, and how to get help, from `people` if need
 * be. Where writing to them is the next step already, `small` is what else is good to know.
 */
export const End = ({ title, next, people, small, children }: EndProps) => (
  <QuietPage
    title={title}
    lead={<p>{children}</p>}
    foot={
      <Contact>
        {small ?? <>Need help? {people ? <>Write to {<AnyOf people={people} />}.</> : "Ask whoever invited you."}</>}
      </Contact>
    }
  >
    {next}
  </QuietPage>
);

type People = { name: string; email: string }[];
type EndProps = { title: ReactNode; next?: ReactNode; people?: People; small?: string; children: ReactNode };

/** The next step where only a person can help. */
export const WriteTo = ({ people }: { people: People }) => (
  <a href={mailto(people)} className={`${buttonClass("main")} w-full`}>
    <span className="min-w-0">Write to {people.length === 1 ? <bdi>{people[0]?.name}</bdi> : "the owners"}</span>
  </a>
);
