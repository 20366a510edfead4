import type { Metadata } from "next";
import { Section, WidePage } from "@/components/page";
import { AnyOf } from "@/components/people";
import { readOwnAccess } from "@/lib/directory/access";
import { peopleWhoCan } from "@/lib/members/queries";
import { memberPage } from "../../gated-page";
import { EffectiveAccess } from "../users/access";
import { OwnRequest } from "./own-request";

export const metadata: Metadata = { title: "Your access" };

type Props = { searchParams: Promise<{ from?: string | string[]; in?: string | string[] }> };

/** What this member sees and may do, which group gives it, and how they get more. */
export default memberPage("/account/access", async (actor, { searchParams }: Props) => {
  const access = await readOwnAccess(actor);
  return (
    <WidePage
      title="Your access"
      lead={
        <>
          What you can see and do in <b dir="auto">{actor.organizationName}</b>, and which of your groups gives it to
          you.
        </>
      }
    >
      <Section title="What you can see and do" id="access">
        <EffectiveAccess
          access={access}
          active
          own
          asked={(await searchParams).from}
          here={(from) => (from ? `/account/access?from=${from}` : "/account/access")}
        />
      </Section>
      {!access.everything && (
        <Section title="Missing something?" id="ask">
          <p className="max-w-[65ch]">
            Any of these people can decide about it: <AnyOf people={await peopleWhoCan("groups.edit", actor)} />.
          </p>
          <OwnRequest actor={actor} />
        </Section>
      )}
    </WidePage>
  );
});
