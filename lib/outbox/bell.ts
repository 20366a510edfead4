/** Wakes everyone who waits. A ring between `heard` and `wait` is not lost. */
export class Bell {
  #rings = 0;
  #waiting = new Set<() => void>();

  ring = (): void => {
    this.#rings += 1;
    for (const wake of this.#waiting) wake();
  };

  get heard(): number {
    return this.#rings;
  }

  /** Until it rings again after `heard`, or for `ms`. */
  wait(heard: number, ms: number): Promise<void> {
    if (this.#rings !== heard) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.#waiting.add(wake);
    });
  }
}
