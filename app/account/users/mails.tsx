import { Time } from "@/components/time";
import type { Mail } from "@/lib/directory/past";
import { Delivery } from "./status";
import { wordsForMail } from "./words";

/** Every mail of an invitation and what became of it. */
export const Mails = ({ mails, linkOnly }: { mails: readonly Mail[]; linkOnly: boolean }) => {
  if (mails.length === 0)
    return <p className="text-quiet">{linkOnly ? "No mail: this invite travels by its link." : "No mail yet."}</p>;
  return (
    <ol className="space-y-3">
      {mails.map(({ id, kind, at, state, reason }) => (
        <li key={id} className="grid gap-x-6 sm:grid-cols-[10rem_minmax(0,1fr)]">
          <span className="text-sm/6 text-quiet">
            <Time at={at} />
          </span>
          <div className="min-w-0">
            {wordsForMail(kind)}: <Delivery state={state} reason={reason} />
          </div>
        </li>
      ))}
    </ol>
  );
};
