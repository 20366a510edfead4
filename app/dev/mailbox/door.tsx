import type { Metadata } from "next";
import { Field } from "@/components/field";
import { QuietPage } from "@/components/page";
import { SubmitButton } from "@/components/submit-button";
import { answerWith } from "@/lib/http/exchange";
import { mailboxDoor } from "@/lib/outbox/mailbox-key";
import { NothingHere } from "../../nothing-here";

export type Query = Readonly<Record<string, string | string[] | undefined>>;

/** The first value of a parameter of the address; undefined when it is missing or empty. */
export const one = (query: Query, name: string): string | undefined => {
  const value = query[name];
  return (Array.isArray(value) ? value[0] : value) || undefined;
};

/** An address of the mailbox that keeps its key. */
export const mailboxHref = (query: Query, path: string, more: Record<string, string> = {}): string => {
  const key = one(query, "key");
  const parameters = new URLSearchParams({ ...more, ...(key ? { key } : {}) }).toString();
  return `/dev/mailbox${path}${parameters && `?${parameters}`}`;
};

/** The page to show instead of the mailbox; null when it is open to whoever asks. */
export const closedDoor = (query: Query) => {
  const door = mailboxDoor(one(query, "key"));
  if (door === "absent") return <NothingHere />;
  if (door === "open") return null;
  answerWith(403);
  return (
    <QuietPage
      title="Mailbox key"
      lead="This server can be reached by others, and the mailbox holds everybody's links. Its key was printed when the server started."
    >
      <form className="space-y-6">
        <Field
          name="key"
          label="Key"
          autoComplete="off"
          spellCheck={false}
          hint={one(query, "key") && "That is not the key."}
        />
        <SubmitButton wide>Open the mailbox</SubmitButton>
      </form>
    </QuietPage>
  );
};

/** Where there is no mailbox, not even the title says that there could be one. */
export const mailboxTitle = (title: string): Metadata => ({
  title: mailboxDoor(undefined) === "absent" ? "Nothing here" : title,
});
