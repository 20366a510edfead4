import { WidePage } from "@/components/page";
import type { Viewer } from "@/lib/access/actor";
import { answerWith, typed } from "@/lib/http/exchange";
import { organizationsOf } from "@/lib/members/organizations";
import { OrganizationList, Switch } from "./account/organizations/list";
import { AskToReactivate } from "./ask-to-reactivate";
import { NothingHere } from "./nothing-here";
import { NowhereYet } from "./nowhere-yet";
import { YouTyped } from "./you-typed";

/**
 * For a link that belongs to another organization than the one the person stands in (`?in=`, SPEC section 2), or a form
 * that was sent from there without script: the way there. One they don't belong to is like an address that leads nowhere.
 */
export const Elsewhere = async ({ person, wanted, next }: { person: Viewer; wanted: string; next: string }) => {
  const there = (await organizationsOf(person.userId)).find(({ id }) => id === wanted);
  if (!there) return <NothingHere />;
  const name = <bdi>{there.name}</bdi>;
  if (!there.active) {
    answerWith(403);
    return (
      <WidePage title={<>Your account in {name} is inactive</>} lead={<AskToReactivate organizationId={there.id} />}>
        <YouTyped />
        <a href="/account/organizations">Your organizations</a>
      </WidePage>
    );
  }
  const standing = person.actor && <b dir="auto">{person.actor.organizationName}</b>;
  return typed() ? (
    <WidePage
      title={<>This form is for {name}</>}
      lead={standing && <>You are in {standing} now, so nothing was sent. Switch, and send it again from there.</>}
    >
      <Switch to={there} next={next} />
      <YouTyped />
    </WidePage>
  ) : (
    <WidePage
      title={<>This page is in {name}</>}
      lead={standing && <>You are in {standing} now. Nothing changes until you switch.</>}
    >
      <Switch to={there} next={next} />
    </WidePage>
  );
};

/** The organization that a form without script was sent from, if it is another of the person's; a stranger's form is none. */
export const sentFrom = async (person: Viewer): Promise<string | null> => {
  const wanted = typed()?.organization;
  if (!wanted || wanted === person.actor?.organizationId) return null;
  return (await organizationsOf(person.userId)).find(({ id }) => id === wanted)?.id ?? null;
};

/** For somebody who stands in no organization: where they can go, or why they can't and who can change that. */
export const StandsNowhere = async ({ person }: { person: Viewer }) => {
  answerWith(403);
  const organizations = await organizationsOf(person.userId);
  if (organizations.length === 0) {
    return (
      <WidePage title="You're not in an organization">
        <NowhereYet />
      </WidePage>
    );
  }
  const choose = organizations.some(({ active }) => active);
  return (
    <WidePage
      title={choose ? "Choose an organization" : "Your account is inactive"}
      lead={choose ? undefined : "You can't open anything here until somebody there re-activates you."}
    >
      <OrganizationList organizations={organizations} />
      <YouTyped />
    </WidePage>
  );
};
