import "server-only";
import { cache } from "react";
import { db } from "@/db/client";
import { currentSessionId } from "@/lib/auth/session";
import { readViewer } from "./actor";

/** Who is signed in at this request, read once for it; null when nobody is. */
export const viewer = cache(async () => {
  const sessionId = await currentSessionId();
  return sessionId ? readViewer(db(), sessionId) : null;
});
