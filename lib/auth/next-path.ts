import type { Route } from "next";

/** A path on this site, as links and redirects of Next take it. */
export type Path = Route & `/${string}`;

const home: Path = "/sources";
const here = "http://this.invalid";
/** Longer than any address of ours with its list state. */
const longest = 2000;

/**
 * Where to go after signing in: the path that was asked for when it is a page of this site, else `/sources`. What browsers
 * or proxies may read as another site stays here: `//x`, `/\x`, schemes, control characters, and the same written with
 * percent signs or behind dots, which resolving would lay bare (SAFETY 35).
 */
export const nextPath = (asked: unknown): Path => {
  if (typeof asked !== "string" || asked.length > longest || !asked.startsWith("/")) return home;
  const decoded = decodedOrNull(asked);
  if (decoded === null || [asked, decoded].some(isSuspicious)) return home;
  if (!URL.canParse(asked, here)) return home;
  const url = new URL(asked, here);
  const path = `${url.pathname}${url.search}${url.hash}`;
  if (url.origin !== here || isSuspicious(path) || leadsBack.test(url.pathname)) return home;
  return asRoute(path);
};

/** Pages that would send a signed-in person here again, or have nothing for them. */
const leadsBack = /^\/(?:$|sign(?:in|up)(?:\/|$)|forgot-password(?:\/|$))/;

// biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop some of them, and what is left may be another site.
const isSuspicious = (path: string): boolean => /^\/{2}|[\\\u0000-\u001f\u007f]/.test(path);

const decodedOrNull = (text: string): string | null => {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
};

// Typed routes are known at build time; this one came from an address. A page that doesn't exist answers 404.
const asRoute = (path: string): Path => path as Path;
