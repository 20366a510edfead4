import { type Effect, firstOf } from "../words";

/** Who gains or loses what, at once. */
export const Effects = ({ effects }: { effects: readonly Effect[] }) =>
  effects.map(({ whom, what }) => (
    <div key={what[0]}>
      <p>{whom} at once:</p>
      <ul className="list-disc pl-5">
        {firstOf(what).map((words) => (
          <li key={words} className="wrap-anywhere">
            {words}
          </li>
        ))}
      </ul>
    </div>
  ));
