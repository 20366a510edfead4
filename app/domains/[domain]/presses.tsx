"use client";

import { createContext, type ReactNode, useActionState, useContext, useEffect, useRef } from "react";
import { placesFrom, toFirst } from "@/components/focus";
import { Outcome } from "@/components/outcome";
import { SubmitButton } from "@/components/submit-button";
import { idle } from "@/lib/form";
import { takeOutOfDomain } from "../actions";

type Presses = {
  organization: string;
  domain: string;
  remove: (form: FormData) => void;
  /** Says which row a press comes from. */
  pressed: (asset: string) => void;
};
const PressesContext = createContext<Presses | null>(null);

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
    <PressesContext value={{ organization, domain, remove, pressed }}>
      <Outcome state={removed} after={after} />
      {children}
    </PressesContext>
  );
}

type Props = { organization: string; domain: string; after: string | undefined; children: ReactNode };

/** Takes one schema or table out of the domain: at once, for it can be added again. */
export function RemoveAsset({ asset, name }: { asset: string; name: string }) {
  const presses = useContext(PressesContext);
  if (!presses) throw new Error("The rows of a domain stand inside Presses");
  return (
    <form action={presses.remove} onSubmit={() => presses.pressed(asset)}>
      <input type="hidden" name="organization" value={presses.organization} />
      <input type="hidden" name="domain" value={presses.domain} />
      <input type="hidden" name="asset" value={asset} />
      <SubmitButton tone="plain" row={asset}>
        Remove<span className="sr-only"> {name}</span>
      </SubmitButton>
    </form>
  );
}
