import { createServer } from "node:net";

/**
 * Whether a server could listen there: Next answers a taken port with a stack trace.
 * @param {string} host
 * @param {number} port
 * @returns {Promise<boolean>}
 */
export const isFree = (host, port) =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
