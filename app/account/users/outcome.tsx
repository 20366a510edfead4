import { Notice } from "@/components/notice";
import type { Verb } from "@/lib/directory/rules";
import type { FormState } from "@/lib/form";
import { type Subject, verbs } from "./verbs";

/** What came of a press. A link stands here and nowhere else. */
export const Outcome = ({ about, verb, state, copied }: OutcomeProps) => {
  if (state.status === "idle") return null;
  if (state.status === "refused")
    return (
      <Notice tone="danger">
        <p>
          {verb && about && <b className="wrap-anywhere">{`${verbs[verb].label}, ${about.email}: `}</b>}
          {state.message}
        </p>
      </Notice>
    );
  return (
    <Notice tone="success">
      <p className="wrap-anywhere">{verb && about ? verbs[verb].done(about) : "Done."}</p>
      {state.value && (
        <p>
          {copied && "It is on your clipboard: "}
          <code className="text-sm break-all select-all">{state.value}</code>
        </p>
      )}
    </Notice>
  );
};

type OutcomeProps = { about?: Subject; verb?: Verb; state: FormState<string | null>; copied?: boolean };
