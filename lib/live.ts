import { client } from "@/db/client";
import type { OrganizationId, SessionId } from "@/db/schema/ids";
import type { Grant } from "@/lib/access/grant";
import { stillGranted } from "@/lib/access/still-granted";
import { log } from "@/lib/log";
import { deliveries } from "@/lib/outbox/announce";

/** A browser holds six connections to one host at most (HTTP/1.1), and pages need some: more tabs of one session look by themselves. */
export const mostStreams = 4;
/** Access that was taken away ends a stream within five seconds (SAFETY 26); the byte that is sent then keeps proxies awake. */
const checkMs = 4_000;
/** While ten thousand mails go out, a page is drawn anew once in this time. */
const calmMs = 1_000;
/** A reader who takes nothing for so many messages has gone away without saying so. */
const mostUnread = 60;

const watchers = new Map<OrganizationId, Set<() => void>>();
const perSession = new Map<SessionId, number>();
const open = new Set<() => void>();
let listening: Promise<unknown> | null = null;

/**
 * Says `look again`, and nothing more, whenever mail of an organization has come further. One LISTEN serves all streams
 * of this process. It ends when the grant no longer holds, then with a last word, so that the page shows what is true now;
 * and when the process does. Null when this session has as many streams as it may.
 */
export const watchDeliveries = (
  granted: Grant<"access.read">,
  mayStay = () => stillGranted(granted),
): ReadableStream<Uint8Array> | null => {
  const { organizationId } = granted;
  const { sessionId } = granted.actor;
  const streams = perSession.get(sessionId) ?? 0;
  if (streams >= mostStreams) return null;
  perSession.set(sessionId, streams + 1);
  listen();

  let stop = () => {};
  return new ReadableStream({
    start: (controller) => {
      const look = calm(() => controller.enqueue(lookAgain));
      const checking = setInterval(async () => {
        if (!open.has(end)) return;
        const gone = (controller.desiredSize ?? 0) < -mostUnread;
        const stays = !gone && (await mayStay().catch(() => false));
        if (!open.has(end)) return;
        controller.enqueue(stays ? nothing : lookAgain);
        if (!stays) end();
      }, checkMs);
      stop = () => {
        if (!open.delete(end)) return;
        clearInterval(checking);
        look.stop();
        leave(organizationId, look.now);
        const left = (perSession.get(sessionId) ?? 1) - 1;
        if (left > 0) perSession.set(sessionId, left);
        else perSession.delete(sessionId);
      };
      const end = () => {
        stop();
        controller.close();
      };
      open.add(end);
      watchers.set(organizationId, (watchers.get(organizationId) ?? new Set()).add(look.now));
      controller.enqueue(nothing); // so that the browser knows at once that it is connected
    },
    cancel: () => stop(),
  });
};

const message = (text: string) => new TextEncoder().encode(`${text}\n\n`);
const lookAgain = message("data: look again");
const nothing = message(":");

const leave = (organizationId: OrganizationId, look: () => void) => {
  const left = watchers.get(organizationId);
  left?.delete(look);
  if (left?.size === 0) watchers.delete(organizationId);
};

/** Does it at once, and what is asked for within `calmMs` of that once more when that time is over. */
const calm = (run: () => void) => {
  let waiting: NodeJS.Timeout | null = null;
  let again = false;
  const rest = () => {
    waiting = null;
    if (again) now();
  };
  const now = () => {
    again = waiting !== null;
    if (again) return;
    run();
    waiting = setTimeout(rest, calmMs);
  };
  return { now, stop: () => waiting && clearTimeout(waiting) };
};

const listen = () => {
  if (listening) return;
  // Anybody's mail may have come further while a connection was lost: so all look when there is one again.
  const all = () => [...watchers.values()].flatMap((looks) => [...looks]).forEach(ring);
  const ring = (look: () => void) => look();
  const said = (organizationId: string) => watchers.get(asOrganizationId(organizationId))?.forEach(ring);
  listening = client()
    .listen(deliveries, said, all)
    .catch((error) => {
      listening = null;
      process.off("SIGTERM", endAll).off("SIGINT", endAll);
      log.warn({ err: error }, "pages hear of their mail only when they look by themselves");
    });
  process.once("SIGTERM", endAll).once("SIGINT", endAll);
};

/** Whoever stops the server would wait for these answers otherwise: they have no end of their own. */
const endAll = () => {
  for (const end of open) end();
};

const asOrganizationId = (id: string) => id as OrganizationId; // what `announce` said
