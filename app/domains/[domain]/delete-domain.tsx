"use client";

import { useActionState, useRef, useState } from "react";
import { buttonClass } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Form } from "@/components/form";
import { SubmitButton } from "@/components/submit-button";
import { idle } from "@/lib/form";
import { removeDomain } from "../actions";
import { questionOf } from "../words";

/** Asks in a dialog before a domain goes; without script the link leads to the same question on a page. */
export function DeleteDomain({ organization, domain, name, loss }: Props) {
  const [asked, setAsked] = useState(false);
  const link = useRef<HTMLAnchorElement>(null);
  return (
    <>
      <a
        ref={link}
        href={`/domains/${domain}/delete`}
        className={buttonClass("danger")}
        onClick={(event) => {
          event.preventDefault();
          setAsked(true);
        }}
      >
        Delete domain
      </a>
      {asked && (
        <Dialog
          title={questionOf(name)}
          body={<LossOf loss={loss} />}
          onCancel={() => {
            setAsked(false);
            link.current?.focus();
          }}
        >
          <DeleteForm organization={organization} domain={domain} />
        </Dialog>
      )}
    </>
  );
}

type Props = { organization: string; domain: string; name: string; loss: string };

/** What happens to whom. */
export const LossOf = ({ loss }: { loss: string }) => (
  <div className="space-y-2">
    <p>What it gathers stays in its sources, with descriptions and tags. The domain itself can't be brought back.</p>
    <p className="wrap-anywhere">{loss}</p>
  </div>
);

export function DeleteForm({ organization, domain }: { organization: string; domain: string }) {
  const [state, send] = useActionState(removeDomain, idle);
  return (
    <Form state={state} action={send}>
      <input type="hidden" name="organization" value={organization} />
      <input type="hidden" name="domain" value={domain} />
      <SubmitButton tone="danger">Delete domain</SubmitButton>
    </Form>
  );
}
