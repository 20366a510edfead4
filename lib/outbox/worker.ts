import { client } from "@/db/client";
import { log } from "@/lib/log";
import { Bell } from "./bell";
import { claimNext } from "./claim";
import { complete } from "./complete";
import { channel } from "./enqueue";
import { type Answer, leaseSeconds } from "./rules";
import { type Transport, transport } from "./transport";

/** LISTEN loses what was said while a connection was down, and nobody says when a retry is due: so look, too. */
const pollMs = 5_000;
/** Mails under way at once: a provider that is slow with one holds up one in four. */
const lanes = 4;
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
  const shift: Shift = { bell: new Bell(), ending: ending.signal, over: false, quietUntil: 0, refused: false };
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
  /** On the clock of `performance.now()`. */
  quietUntil: number;
  /** The provider refuses us, and that has been said. */
  refused: boolean;
};

const work = async (shift: Shift): Promise<void> => {
  const send = await transport();
  if (!send) return;
  const listening = client().listen(channel, shift.bell.ring);
  listening.catch((error) => log.warn({ err: error }, "new mail is found by looking every few seconds only"));
  await Promise.all(Array.from({ length: lanes }, () => lane(shift, send)));
  listening.then((listen) => listen.unlisten()).catch(() => {});
};

const lane = async (shift: Shift, send: Transport): Promise<void> => {
  while (!shift.over) {
    const heard = shift.bell.heard;
    const quiet = shift.quietUntil - performance.now();
    if (quiet > 0) await shift.bell.wait(heard, quiet);
    else if (!(await sendNext(shift, send))) await shift.bell.wait(heard, pollMs);
  }
};

/** One mail: claim, send with no transaction open, write down. False when there is nothing to do, or the database is away. */
const sendNext = async (shift: Shift, send: Transport): Promise<boolean> => {
  const began = performance.now();
  try {
    const claim = await within(databaseMs, claimNext());
    if (claim === null || claim === "settled") return claim !== null;
    // We slept since the claim, past our lease: somebody else has this mail now.
    if (performance.now() - began > leaseSeconds * 1000) return true;
    const answer = await send(claim, shift.ending);
    heed(shift, answer);
    await within(databaseMs, complete(claim, answer));
    return true;
  } catch (error) {
    log.error({ err: error }, "the outbox can't be reached; the next try is in a few seconds");
    return false;
  }
};

/** Stops sending for as long as the provider's answer asks, and says once that it refuses us altogether. */
const heed = (shift: Shift, answer: Answer): void => {
  shift.quietUntil = Math.max(shift.quietUntil, performance.now() + answer.holdSeconds * 1000);
  const refused = answer.httpStatus === 401 || answer.httpStatus === 403;
  if (refused && !shift.refused)
    log.error(
      { status: answer.httpStatus, reason: answer.reason },
      "the mail provider refuses us: mail waits until it doesn't",
    );
  if (refused || answer.outcome === "sent") shift.refused = refused;
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
