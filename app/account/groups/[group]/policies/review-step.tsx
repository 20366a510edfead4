import { Notice } from "@/components/notice";
import { ResultHeading } from "@/components/result-heading";
import { SubmitButton } from "@/components/submit-button";
import type { Reviewing } from "./view";

type Props = {
  /** Not known any more once saving was refused; what was chosen still is. */
  review: Reviewing | null;
  seen: string | undefined;
  changes: string | undefined;
};

/** What saving would do, before it is done. */
export const ReviewStep = ({ review, seen, changes }: Props) => {
  const same = review !== null && review.added.length + review.removed.length === 0;
  return (
    <div className="max-w-[65ch] space-y-5">
      <input type="hidden" name="seen" value={review?.seen ?? seen ?? ""} />
      <input type="hidden" name="changes" value={review?.changes ?? changes ?? ""} />
      {review && <ResultHeading>{same ? "Nothing would change" : "Before you save"}</ResultHeading>}
      {review?.outdated && (
        <Notice tone="warning">
          Somebody else changed this group since you opened it. Nothing of yours is saved yet: below is what saving
          would do now.
        </Notice>
      )}
      {review && !same && <Summary {...review} />}
      <div className="flex flex-wrap gap-3">
        {!same && (
          <SubmitButton name="step" value="save">
            Save policies
          </SubmitButton>
        )}
        <SubmitButton name="step" value="back" tone="plain">
          Back
        </SubmitButton>
      </div>
    </div>
  );
};

const Summary = ({ added, removed, along, effects }: Reviewing) => (
  <>
    <p>Nothing is changed yet. This is what saving does:</p>
    {effects.map(({ whom, what }) => (
      <Listed key={what[0]} title={whom} what={what} />
    ))}
    {effects.length === 0 && (
      <Notice>
        Nobody gains or loses anything right now: the group has no active members, or they have the same through another
        group.
      </Notice>
    )}
    {added.length > 0 && <Listed title="The group will allow" what={added} />}
    {removed.length > 0 && <Listed title="The group will no longer allow" what={removed} />}
    {along.length > 0 && (
      <p className="text-quiet">
        Create, edit and delete bring Read-only along. Added for what you chose: {along.join("; ")}.
      </p>
    )}
  </>
);

const Listed = ({ title, what }: { title: string; what: readonly string[] }) => (
  <div>
    <h3>{title}</h3>
    <ul className="list-disc pl-5">
      {what.map((words) => (
        <li key={words} className="wrap-anywhere">
          {words}
        </li>
      ))}
    </ul>
  </div>
);
