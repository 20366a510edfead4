import { answerMs } from "./rules";

/**
 * Runs one try with a signal that cuts it short after 15 s, or when `ending` does because we are stopping. The timer is
 * ours: `AbortSignal.any` only borrows what `AbortSignal.timeout` makes, which Node 20 then collects before its time.
 */
export const withPatience = async <T>(ending: AbortSignal, run: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const patience = new AbortController();
  const cut = () => patience.abort();
  const timer = setTimeout(cut, answerMs);
  if (ending.aborted) cut();
  ending.addEventListener("abort", cut);
  try {
    return await run(patience.signal);
  } finally {
    clearTimeout(timer);
    ending.removeEventListener("abort", cut);
  }
};
