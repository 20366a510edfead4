import { buttonClass } from "@/components/button";
import { Question } from "@/components/question";
import { Time } from "@/components/time";
import type { Event } from "@/lib/directory/past";
import { AskButton, PressForm, Unanswered } from "./press-button";
import { type Subject, verbs } from "./verbs";

/** The row's menu as buttons. Without script, one that takes something away leads to `here` with the question asked. */
export const Presses = ({ about, here }: { about: Subject; here: string }) =>
  (about.verbs.length > 0 || about.correct) && (
    <div className="flex flex-wrap gap-3">
      {about.correct && (
        <a href={about.correct} className={buttonClass()}>
          Correct the address
        </a>
      )}
      {about.verbs.map((verb) =>
        verb === "groups" ? (
          <a key={verb} href={about.groups.href} className={buttonClass()}>
            {about.groups.label}
          </a>
        ) : verbs[verb].ask ? (
          <AskButton key={verb} about={about} verb={verb} here={here} />
        ) : (
          <PressForm key={verb} about={about} verb={verb} />
        ),
      )}
    </div>
  );

/** The question that the address asks, for those without script; nothing unless there is one, and none once it is answered. */
export const Asked = ({ about, asked, here }: { about: Subject; asked: unknown; here: string }) => {
  const verb = about.verbs.filter((item) => item !== "groups").find((candidate) => candidate === asked);
  const words = verb && verbs[verb].ask?.(about);
  if (!words) return null;
  return (
    <Unanswered>
      <Question title={words.question} body={words.body} answer={<PressForm about={about} verb={verb} />} here={here} />
    </Unanswered>
  );
};

/** What happened, oldest first, with when and through whom; `earlier`: it is not all. */
export const Events = ({ events, earlier, wordsOf }: Told) => (
  <>
    {earlier && <p className="mb-3 text-quiet">Earlier events are not shown.</p>}
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
  </>
);

type Told = { events: readonly Event[]; earlier: boolean; wordsOf: (event: Event) => string };
