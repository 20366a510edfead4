import type { Route } from "next";
import { ButtonLink } from "@/components/button";
import { Time } from "@/components/time";
import type { Event } from "@/lib/directory/past";
import { PressButton, PressForm } from "./press-button";
import { type Subject, verbs } from "./verbs";

/** The row's menu as buttons. Without script, one that takes something away leads to `here` with the question asked. */
export const Presses = ({ about, here }: { about: Subject; here: string }) =>
  about.verbs.length > 0 && (
    <div className="flex flex-wrap gap-3">
      {about.verbs.map((verb) =>
        verb === "groups" ? (
          <ButtonLink key={verb} href={routeOf(about.groups.href)}>
            {about.groups.label}
          </ButtonLink>
        ) : (
          <PressButton
            key={verb}
            about={about}
            verb={verb}
            askAt={verbs[verb].ask ? withQuestion(here, verb) : undefined}
          />
        ),
      )}
    </div>
  );

const withQuestion = (here: string, verb: string) => routeOf(`${here}${here.includes("?") ? "&" : "?"}ask=${verb}`);

// Our own address with an id in it, which the literal routes that Next knows don't have.
const routeOf = (address: string) => address as Route;

/** The question of a dialog as a part of the page, for those without script; nothing unless it was asked for. */
export const Question = ({ about, asked, here }: { about: Subject; asked: unknown; here: string }) => {
  const verb = about.verbs.filter((item) => item !== "groups").find((candidate) => candidate === asked);
  const words = verb && verbs[verb].ask?.(about);
  if (!words) return null;
  return (
    <section aria-labelledby="question" className="rounded-card border border-danger bg-surface p-5 sm:p-6">
      <h2 id="question" className="wrap-anywhere">
        {words.question}
      </h2>
      <p className="mt-2 max-w-[65ch] text-quiet wrap-anywhere">{words.body}</p>
      <div className="mt-5 flex flex-wrap gap-3">
        <PressForm about={about} verb={verb} />
        <ButtonLink href={routeOf(here)}>Cancel</ButtonLink>
      </div>
    </section>
  );
};

/** What happened, oldest first, with when and through whom. */
export const Events = ({ events, wordsOf }: { events: readonly Event[]; wordsOf: (event: Event) => string }) => (
  <ol className="space-y-3">
    {events.map((event) => (
      <li key={event.sequence} className="grid gap-x-6 sm:grid-cols-[10rem_minmax(0,1fr)]">
        <span className="text-sm/6 text-quiet">
          <Time at={event.at} />
        </span>
        <span className="min-w-0 wrap-anywhere">
          {wordsOf(event)}
          {event.actor && (
            <>
              , by <span dir="auto">{event.actor}</span>
            </>
          )}
        </span>
      </li>
    ))}
  </ol>
);
