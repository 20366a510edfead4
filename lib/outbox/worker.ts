import { client } from "@/db/client";
import { log } from "@/lib/log";
import { Bell } from "./bell";
import { claimNext } from "./claim";
import { complete } from "./complete";
import { channel } from "./enqueue";
import { learn } from "./learn";
import { leaseSeconds } from "./rules";
import { type Transport, transport } from "./transport";

/** LISTEN loses what was said while a connection was down, and nobody says when a retry is due: so look, too. */
const pollMs = 5_000;
/**
 * Mails under way at once: a provider that is slow with one holds up one in four. The last lane takes urgent mail alone,
 * so that slow bulk mail never holds them all.
 */
const lanes = ["any", "any", "any", "any", "urgent"] as const;
/** A mail under way gets this long when we stop; then its try is cut short, written down, and made again elsewhere. */
const drainMs = 3_000;
/** Over a connection that was lost a query may never settle. Longer than every time-out the database keeps itself. */
const databaseMs = 30_000;

/**
 * Sends what committed changes have promised, until stopped; any number of workers and replicas may do so at once.
 * `stop` ends within four seconds and leaves no lease behind, unless the database is gone.
 */
export const startWorker = (): { stop(): Promise<void> } => {
  const ending = new AbortController();
  const shift: Shift = { bell: new Bell(), ending: ending.signal, over: false };
  const working = work(shift).catch((error) => log.error({ err: error }, "no mail is sent"));
  return {
    stop: async () => {
      shift.over = true;
      shift.bell.ring();
      const cut = setTimeout(() => ending.abort(), drainMs);
      await working;
      clearTimeout(cut);
    },
  };
};

type Shift = {
  bell: Bell;
  ending: AbortSignal;
  over: boolean;
};

const work = async (shift: Shift): Promise<void> => {
  const send = await transport();
  if (!send) return;
  const listening = client().listen(channel, shift.bell.ring);
  listening.catch((error) => log.warn({ err: error }, "new mail is found by looking every few seconds only"));
  await Promise.all(lanes.map((which) => lane(shift, send, which)));
  listening.then((listen) => listen.unlisten()).catch(() => {});
};

type Lane = (typeof lanes)[number];

const lane = async (shift: Shift, send: Transport, which: Lane): Promise<void> => {
  while (!shift.over) {
    const heard = shift.bell.heard;
    const idleMs = await sendNext(shift, send, which);
    if (idleMs > 0) await shift.bell.wait(heard, Math.min(idleMs, pollMs));
  }
};

/**
 * One mail: claim, send with no transaction open, write down. Gives for how long there is nothing to do, or to wait until
 * the provider or the database may be asked again.
 */
const sendNext = async (shift: Shift, send: Transport, which: Lane): Promise<number> => {
  const began = performance.now();
  try {
    const claim = await within(databaseMs, claimNext(which));
    if (claim === null) return pollMs;
    if (claim === "settled") return 0;
    if ("waitMs" in claim) return claim.waitMs;
    // We slept since the claim, past our lease: somebody else has this mail now.
    if (performance.now() - began > leaseSeconds * 1000) return 0;
    const answer = await send(claim, shift.ending);
    // First, so that nobody takes up the next mail of a provider that has just refused us.
    await within(databaseMs, learn(claim, answer));
    await within(databaseMs, complete(claim, answer));
    return 0;
  } catch (error) {
    log.error({ err: error }, "the outbox can't be reached; the next try is in a few seconds");
    return pollMs;
  }
};

const within = async <T>(ms: number, promise: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer from the database within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
};
