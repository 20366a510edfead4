import { Time } from "@/components/time";
import type { Mail } from "@/lib/directory/past";
import { Delivery } from "./delivery";
import { wordsForMail } from "./words";

/** Every mail of an invitation and what became of it. */
export const Mails = ({ mails, linkOnly }: { mails: readonly Mail[]; linkOnly: boolean }) => {
  if (mails.length === 0)
    return <p className="text-quiet">{linkOnly ? "No mail: this invite travels by its link." : "No mail yet."}</p>;
  return (
    <ol className="space-y-3">
      {mails.map(({ at, ...mail }) => (
        <li key={mail.id} className="grid gap-x-6 sm:grid-cols-[10rem_minmax(0,1fr)]">
          <span className="text-sm/6 text-quiet">
            <Time at={at} />
          </span>
          <div className="min-w-0">
            {wordsForMail(mail.kind)}: <Delivery mail={mail} />
          </div>
        </li>
      ))}
    </ol>
  );
};
