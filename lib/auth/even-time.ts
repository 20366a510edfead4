/**
 * Lets an answer out no earlier than this after it was asked for, so that how long the work took says nothing about
 * whether there was any. A refusal or an exception waits as long.
 */
export const atLeast = async <T>(milliseconds: number, work: () => Promise<T>): Promise<T> => {
  const floor = new Promise((resolve) => setTimeout(resolve, milliseconds));
  try {
    return await work();
  } finally {
    await floor;
  }
};
