"use client";

import { useActionState, useRef, useState } from "react";
import { buttonClass } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Form } from "@/components/form";
import { SubmitButton } from "@/components/submit-button";
import { idle } from "@/lib/form";
import { removeSource } from "../actions";
import { questionFor } from "../words";

/** Asks in a dialog before a source goes; without script the link leads to the same question on a page. */
export function DeleteSource({ organization, source, name, loss }: Props) {
  const [asked, setAsked] = useState(false);
  const link = useRef<HTMLAnchorElement>(null);
  return (
    <>
      <a
        ref={link}
        href={`/sources/${source}/delete`}
        className={buttonClass("danger")}
        onClick={(event) => {
          event.preventDefault();
          setAsked(true);
        }}
      >
        Delete source
      </a>
      {asked && (
        <Dialog
          title={questionFor(name)}
          body={<Loss loss={loss} />}
          onCancel={() => {
            setAsked(false);
            link.current?.focus();
          }}
        >
          <DeleteForm organization={organization} source={source} />
        </Dialog>
      )}
    </>
  );
}

type Props = { organization: string; source: string; name: string; loss: readonly string[] };

/** What happens to whom. */
export const Loss = ({ loss }: { loss: readonly string[] }) => (
  <div className="space-y-2">
    <p>
      Its schemas and tables go from here, with their descriptions and tags. The database itself is not touched. This
      can't be undone.
    </p>
    {loss.map((words) => (
      <p key={words} className="wrap-anywhere">
        {words}
      </p>
    ))}
  </div>
);

export function DeleteForm({ organization, source }: { organization: string; source: string }) {
  const [state, send] = useActionState(removeSource, idle);
  return (
    <Form state={state} action={send}>
      <input type="hidden" name="organization" value={organization} />
      <input type="hidden" name="source" value={source} />
      <SubmitButton tone="danger">Delete source</SubmitButton>
    </Form>
  );
}
