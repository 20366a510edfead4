import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { ButtonLink } from "@/components/button";
import { WidePage } from "@/components/page";
import { AnyOf } from "@/components/people";
import type { Actor, Viewer } from "@/lib/access/actor";
import { type AnyRight, nameOf, plainly, type Right, type ScopedRight } from "@/lib/access/catalogue";
import { type Grant, grant, grantOn, type Named } from "@/lib/access/grant";
import { viewer } from "@/lib/access/viewer";
import { answerWith, typed } from "@/lib/http/exchange";
import { readOwners } from "@/lib/members/queries";
import { type Asked, askedAddress } from "./asked-address";
import { Elsewhere, StandsNowhere, sentFrom } from "./elsewhere";
import { NothingHere } from "./nothing-here";
import { SignedOut } from "./signed-out";
import { NotSent } from "./you-typed";

/** The page's own address, as its folder says it: `/account/users/[user]`. Whoever has to sign in first comes back to it. */
type Address = `/${string}`;
type Page<Props> = (props: Props) => Promise<ReactNode>;

/** A page for whoever is signed in; others are asked to sign in and then come back to it, list state and all. */
export const personalPage =
  <Props extends Asked>(address: Address, render: (person: Viewer, props: Props) => Promise<ReactNode>): Page<Props> =>
  async (props) => {
    const person = await viewer();
    if (person) return render(person, props);
    const signIn = `/signin?next=${encodeURIComponent(await askedAddress(address, props))}` as const;
    return typed() ? <SignedOut signIn={signIn} /> : redirect(signIn);
  };

/**
 * A page for members of an organization, whatever they may do there. When the address names another organization
 * (`?in=`, as links in mail do), or a form was sent from another, they are offered to switch to it first.
 */
export const memberPage = <Props extends Asked>(
  address: Address,
  render: (actor: Actor, props: Props) => Promise<ReactNode>,
): Page<Props> =>
  personalPage(address, async (person, props: Props) => {
    const wanted = (await sentFrom(person)) ?? (await props.searchParams)?.in;
    if (typeof wanted === "string" && wanted && wanted !== person.actor?.organizationId)
      return <Elsewhere person={person} wanted={wanted} next={await askedAddress(address, props)} />;
    return person.actor ? render(person.actor, props) : <StandsNowhere person={person} />;
  });

/** A page that needs a right, or any of several. Without it: 403, which right is missing and who can grant it. */
export const gatedPage = <R extends Right, Props extends Asked>(
  right: R | readonly [R, ...R[]],
  address: Address,
  render: (granted: Grant<R>, props: Props) => Promise<ReactNode>,
): Page<Props> =>
  memberPage(address, async (actor, props: Props) => {
    const rights: readonly R[] = typeof right === "string" ? [right] : right;
    const granted = rights.map((each) => grant(actor, each)).find((given) => given !== null);
    return granted ? render(granted, props) : <Denied rights={rights} actor={actor} />;
  });

/**
 * A page that needs a right on one resource, which the address names. What doesn't show to the person is not there (404);
 * without the right on what does, it says which is missing (403).
 */
export const gatedPageOn = <R extends ScopedRight, Props extends Asked>(
  right: R,
  address: Address,
  named: (props: Props) => Promise<Named<R>>,
  render: (granted: Grant<R>, props: Props) => Promise<ReactNode>,
): Page<Props> =>
  memberPage(address, async (actor, props: Props) => {
    const granted = await grantOn(actor, right, await named(props));
    if (granted.ok) return render(granted.value, props);
    return granted.refusal.code === "not-found" ? <NothingHere /> : <Denied rights={[right]} actor={actor} />;
  });

/** For whoever may not open a page: 403, which right is missing, in plain words too, who can grant it and how to ask. */
export const Denied = async ({ rights, actor }: { rights: readonly AnyRight[]; actor: Actor }) => {
  answerWith(403);
  return (
    <WidePage
      title="You can't open this page"
      lead={(await viewer())?.elsewhere && <>You are in {<b dir="auto">{actor.organizationName}</b>} now.</>}
    >
      <div className="space-y-3">
        <p>It is for those who may {either.format(rights.map(plainly))}.</p>
        <p>
          You need <strong>{either.format(rights.map(nameOf))}</strong>. Ask an Owner:{" "}
          <AnyOf people={await readOwners(actor)} />.
        </p>
      </div>
      <NotSent />
      <ButtonLink href="/account/access#ask">Request access</ButtonLink>
    </WidePage>
  );
};

const either = new Intl.ListFormat("en", { type: "disjunction" });
