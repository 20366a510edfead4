import type { ReactNode } from "react";
import { type FormState, idle } from "@/lib/form";
import { Notice } from "./notice";
import { Refused } from "./refused";

/**
 * The one place of a page that says what has just happened: text that stays, read out politely. `state` is the latest
 * answer to a press on the page; until there is one, `after` is said, with which the page was opened.
 */
export const Outcome = ({ state = idle, after }: { state?: FormState<ReactNode>; after?: ReactNode }) => {
  const words = state.status === "done" ? state.value : state.status === "idle" && after;
  return (
    <div role="status" className="empty:hidden">
      {state.status === "refused" && <Refused state={state} />}
      {words && (
        <Notice tone="success">
          <p className="wrap-anywhere">{words}</p>
        </Notice>
      )}
    </div>
  );
};
