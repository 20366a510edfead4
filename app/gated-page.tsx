import type { Route } from "next";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { ButtonLink } from "@/components/button";
import { WidePage } from "@/components/page";
import type { Actor, Viewer } from "@/lib/access/actor";
import { nameOf, type Right } from "@/lib/access/catalogue";
import { type Grant, grant } from "@/lib/access/grant";
import { viewer } from "@/lib/access/viewer";
import { answerWith } from "@/lib/http/exchange";
import { readOwners } from "@/lib/members/queries";

type Page<Props> = (props: Props) => Promise<ReactNode>;

/** A page for whoever is signed in; others are asked to sign in and then come back to `address`. */
export const personalPage =
  <Props,>(address: Route, render: (person: Viewer, props: Props) => Promise<ReactNode>): Page<Props> =>
  async (props) => {
    const person = await viewer();
    return person ? render(person, props) : redirect(`/signin?next=${encodeURIComponent(address)}`);
  };

/** A page for members of an organization, whatever they may do there. */
export const memberPage = <Props,>(
  address: Route,
  render: (actor: Actor, props: Props) => Promise<ReactNode>,
): Page<Props> =>
  personalPage(address, async (person, props: Props) =>
    person.actor ? render(person.actor, props) : <NoOrganization />,
  );

/** A page that needs a right. Without it: 403, which right is missing and who can grant it. */
export const gatedPage = <R extends Right, Props>(
  right: R,
  address: Route,
  render: (granted: Grant<R>, props: Props) => Promise<ReactNode>,
): Page<Props> =>
  memberPage(address, async (actor, props: Props) => {
    const granted = grant(actor, right);
    return granted ? render(granted, props) : <Denied right={right} actor={actor} />;
  });

const Denied = async ({ right, actor }: { right: Right; actor: Actor }) => {
  answerWith(403);
  const people = await readOwners(actor.organizationId);
  return (
    <WidePage title="You can't open this page">
      <p>
        You need <strong>{nameOf(right)}</strong>. Ask an Owner:{" "}
        {new Intl.ListFormat("en", { type: "disjunction" }).format(people.map(({ name }) => name))}.
      </p>
    </WidePage>
  );
};

const NoOrganization = () => {
  answerWith(403);
  return (
    <WidePage title="You're not in an organization">
      <p>
        Your account isn't active in any organization right now. Ask the person who invited you, or open the link of a
        new invite.
      </p>
      <ButtonLink href="/account/profile">Go to your profile</ButtonLink>
    </WidePage>
  );
};
