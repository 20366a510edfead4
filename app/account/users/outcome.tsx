import { CopyText } from "@/components/copy-text";
import { Notice } from "@/components/notice";
import { Refused } from "@/components/refused";
import type { Verb } from "@/lib/directory/rules";
import type { FormState } from "@/lib/form";
import type { Said } from "./said";
import { verbs } from "./verbs";

export type Answer = { verb: Verb; state: FormState<Said>; copied?: boolean };

/** What came of a press. A link stands here and nowhere else. */
export const Outcome = ({ verb, state, copied }: Answer) => {
  if (state.status === "idle") return null;
  if (state.status === "refused")
    return <Refused state={state} about={[verbs[verb].label, state.values.about].filter(Boolean).join(", ")} />;
  const { words, link } = state.value;
  return (
    <Notice tone="success">
      <p className="wrap-anywhere">{words}</p>
      {link && copied && (
        <p>
          It is on your clipboard: <code className="text-sm break-all select-all">{link}</code>
        </p>
      )}
      {link && !copied && <CopyText text={link} label="Copy" />}
    </Notice>
  );
};
