"use client";

import { useEffect } from "react";

/** Tells the server the browser's time zone in the cookie `tz`, for the dates of the pages to come. Shows nothing. */
export function TimeZone() {
  useEffect(() => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing from browsers still in use
    document.cookie = `tz=${Intl.DateTimeFormat().resolvedOptions().timeZone}; path=/; max-age=31536000; samesite=lax`;
  }, []);
  return null;
}
