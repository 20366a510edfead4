/** Too many people want the same scarce thing at once: told as `crowded`, with 503 and `Retry-After`. */
class Crowded extends Error {
  constructor() {
    super("Too many at once");
    this.name = "Crowded";
  }
}

/** By its name: the one who threw it may have been bundled apart from the one who asks. */
export const isCrowded = (error: unknown): boolean => error instanceof Error && error.name === "Crowded";

/** Lets at most `abreast` tasks run at once and at most `waiting` queue for their turn; throws `Crowded` beyond that. */
export const turnstile = (abreast: number, waiting: number) => {
  let running = 0;
  const queue: (() => void)[] = [];

  const leave = () => {
    const next = queue.shift();
    // The place passes on to the one who waited longest; it is never free in between.
    if (next) next();
    else running -= 1;
  };

  return async <T>(task: () => Promise<T>): Promise<T> => {
    if (running < abreast) running += 1;
    else if (queue.length < waiting) await new Promise<void>((resolve) => queue.push(resolve));
    else throw new Crowded();
    try {
      return await task();
    } finally {
      leave();
    }
  };
};
