import { idField } from "@/lib/fields";
import { typed } from "@/lib/http/exchange";

/** What a page put into its form by itself is nothing anybody typed: ids, whatever their field is called, and these. */
const served: ReadonlySet<string> = new Set([
  "about",
  "ask",
  "changes",
  "listed",
  "next",
  "offered",
  "policy",
  "seen",
  "step",
  "token",
  "lifetimeDays",
]);
const isServed = (name: string, value: string) => served.has(name) || idField.safeParse(value).success;

/** What stood in a form that was sent without script and whose page can't be shown any more; nothing if there was none. */
export const YouTyped = () =>
  Object.entries(typed() ?? {})
    .filter(([name, value]) => !isServed(name, value) && value.trim() !== "")
    .map(([name, value]) => (
      <div key={name}>
        <p className="text-sm text-quiet">You had typed:</p>
        <p dir="auto" className="wrap-anywhere whitespace-pre-wrap">
          {value}
        </p>
      </div>
    ));

/** For a form that was sent without script from a page that isn't shown here: in another tab they may have switched. */
export const NotSent = () =>
  typed() && (
    <>
      <p>
        Nothing was sent. If it was meant for another organization,{" "}
        <a href="/account/organizations">switch to that one</a> and send it there.
      </p>
      <YouTyped />
    </>
  );
