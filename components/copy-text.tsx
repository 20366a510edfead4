"use client";

import { useRef, useState } from "react";
import { Button } from "./button";
import { useScripted } from "./scripted";

/** A text to be passed on, and with script a button that puts it on the clipboard, or where that is forbidden marks it. */
export function CopyText({ text, label, about }: { text: string; label: string; about: string }) {
  const place = useRef<HTMLElement>(null);
  const scripted = useScripted();
  const [said, setSaid] = useState("");
  const copy = async () => {
    if (await toClipboard(text)) return setSaid("Copied.");
    if (place.current) getSelection()?.selectAllChildren(place.current);
    setSaid("Your browser doesn't let us copy it. It is marked: copy it yourself.");
  };
  return (
    <div className="mt-1 space-y-2">
      <code ref={place} className="block text-sm break-all select-all">
        {text}
      </code>
      {scripted && (
        <Button onClick={copy}>
          {label}
          <span className="sr-only"> for {about}</span>
        </Button>
      )}
      <p role="status" className="text-sm empty:hidden">
        {said}
      </p>
    </div>
  );
}

const toClipboard = async (text: string): Promise<boolean> =>
  (await navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  )) ?? false;
