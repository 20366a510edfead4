import { watchDeliveries } from "@/lib/live";
import { gatedRoute } from "../../../gated-route";

export const dynamic = "force-dynamic";

/** Server-sent events that say `look again` when mail of this organization has come further, and nothing of what. */
export const GET = gatedRoute("access.read", (granted) => {
  const stream = watchDeliveries(granted);
  if (!stream) return new Response("This session listens in as many tabs as it may.\n", { status: 429 });
  return new Response(stream, { headers });
});

// `no-transform`: compressed, messages would wait for each other; the other one tells nginx not to hold them back either.
const headers = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no",
};
