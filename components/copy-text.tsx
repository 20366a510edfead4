"use client";

import { useRef, useState } from "react";
import { Button } from "./button";
import { toClipboard } from "./clipboard";
import { useScripted } from "./scripted";

/**
 * A text to be passed on, and with script a button that puts it on the clipboard, or where that is forbidden marks it.
 * What came of it stands beside it, and is said by `say` to those who can't see that.
 */
export function CopyText({ text, label, about, say }: Props) {
  const place = useRef<HTMLElement>(null);
  const scripted = useScripted();
  const [said, setSaid] = useState("");
  const copy = async () => {
    const copied = await toClipboard(text);
    if (!copied && place.current) getSelection()?.selectAllChildren(place.current);
    const words = copied ? "Copied." : "Your browser doesn't let us copy it. It is marked: copy it yourself.";
    setSaid(words);
    say?.(`${about}: ${words}`);
  };
  return (
    <div className="mt-1 space-y-2">
      <code ref={place} className="block text-sm break-all select-all">
        {text}
      </code>
      {scripted && (
        <Button onClick={copy}>
          {label}
          {about && <span className="sr-only"> for {about}</span>}
        </Button>
      )}
      <p aria-hidden={say && "true"} className="text-sm empty:hidden">
        {said}
      </p>
    </div>
  );
}

type Props = {
  text: string;
  label: string;
  /** Whom it is for, where several of these stand on a page. */
  about?: string;
  /** Without it this stands where whatever is said is read out. */
  say?: (words: string) => void;
};
