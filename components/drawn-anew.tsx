"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/**
 * Draws a page anew that somebody goes back to: the router keeps pages as they were, and what they show may have ended
 * since. Shows nothing.
 */
export function DrawnAnew() {
  const router = useRouter();
  useEffect(() => {
    // After the router itself, which listens for the same and puts the old page there first. A link to a place on the page,
    // as in a summary of errors, makes an entry that has no state: that is no going back.
    const again = ({ state }: PopStateEvent) => state && setTimeout(() => router.refresh());
    const shown = ({ persisted }: PageTransitionEvent) => persisted && router.refresh();
    addEventListener("popstate", again);
    addEventListener("pageshow", shown);
    return () => {
      removeEventListener("popstate", again);
      removeEventListener("pageshow", shown);
    };
  }, [router]);
  return null;
}
