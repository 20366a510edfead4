import type { Metadata } from "next";
import { Section, WidePage } from "@/components/page";
import { PageLinks } from "@/components/page-links";
import { AnyOf } from "@/components/people";
import { readOwnAccess } from "@/lib/directory/access";
import { peopleWhoCan } from "@/lib/members/queries";
import { memberPage } from "../../gated-page";
import { EffectiveAccess, mostShown } from "../users/access";
import { OwnRequest } from "./own-request";

export const metadata: Metadata = { title: "Your access" };

type Props = { searchParams: Promise<{ from?: string | string[]; in?: string | string[] }> };

/** What this member sees and may do, which group gives it, and how they get more. */
export default memberPage("/account/access", async (actor, { searchParams }: Props) => {
  const { everything, lines } = await readOwnAccess(actor);
  const from = startOf((await searchParams).from, lines.length);
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
        <EffectiveAccess access={{ everything, lines: lines.slice(from, from + mostShown) }} active own />
        <PageLinks
          previous={from > 0 ? addressOf(from - mostShown) : null}
          next={from + mostShown < lines.length ? addressOf(from + mostShown) : null}
        />
      </Section>
      {!everything && (
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

const addressOf = (from: number) => (from > 0 ? `/account/access?from=${from}#access` : "/account/access#access");

/** Where a page of lines begins, as the address has it; whatever is bent shows the first. */
const startOf = (asked: unknown, lines: number): number => {
  const from = typeof asked === "string" && /^\d{1,7}$/.test(asked) ? Number(asked) : 0;
  return from < lines ? from - (from % mostShown) : 0;
};
