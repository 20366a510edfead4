"use client";

import { createContext, type ReactNode, useActionState, useContext, useEffect, useRef } from "react";
import { AskFirst } from "@/components/ask-first";
import { placesFrom, toFirst } from "@/components/focus";
import { Outcome } from "@/components/outcome";
import { SubmitButton } from "@/components/submit-button";
import { idle } from "@/lib/form";
import { takeOutOfDomain } from "../actions";

type Presses = {
  organization: string;
  domain: string;
  removed: object;
  remove: (form: FormData) => void;
  /** Says which row a press comes from. */
  pressed: (asset: string) => void;
};
const PressesContext = createContext<Presses | null>(null);

const usePresses = (): Presses => {
  const presses = useContext(PressesContext);
  if (!presses) throw new Error("The rows of a domain stand inside Presses");
  return presses;
};

/**
 * Around the rows of a domain and the presses on them, with the one place that says what came of it. `after` is what the
 * page was opened with. When a row has gone, focus goes to the next one's press, or to the heading.
 */
export function Presses({ organization, domain, after, children }: Props) {
  const [removed, remove, pending] = useActionState(takeOutOfDomain, idle);
  const places = useRef<string[]>([]);
  useEffect(() => {
    if (!pending && removed.status !== "idle" && places.current.length > 0) toFirst(places.current);
  }, [pending, removed]);
  const pressed = (asset: string) => {
    places.current = placesFrom(asset);
  };
  return (
    <PressesContext value={{ organization, domain, removed, remove, pressed }}>
      <Outcome state={removed} after={after} />
      {children}
    </PressesContext>
  );
}

type Props = { organization: string; domain: string; after: string | undefined; children: ReactNode };

/** Takes one schema or table out of the domain, without asking. */
export function RemoveForm({ asset }: { asset: string }) {
  const { organization, domain, remove } = usePresses();
  return (
    <form action={remove}>
      <input type="hidden" name="organization" value={organization} />
      <input type="hidden" name="domain" value={domain} />
      <input type="hidden" name="asset" value={asset} />
      <SubmitButton tone="danger">Remove from domain</SubmitButton>
    </form>
  );
}

/** The same, asked first. */
export function RemoveAsset({ asset, name, href, title, body }: RemoveProps) {
  const { removed, pressed } = usePresses();
  return (
    <AskFirst
      href={href}
      label="Remove"
      about={name}
      row={asset}
      title={title}
      body={body}
      answer={<RemoveForm asset={asset} />}
      said={removed}
      onAsk={() => pressed(asset)}
    />
  );
}

type RemoveProps = { asset: string; name: string; href: string; title: string; body: string };
