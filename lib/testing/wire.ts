import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/**
 * What to do with the answer to a COMMIT that the database has made: `cut` the connection instead of passing it on, or
 * `hold` it until it is let go. `about` picks the transaction by what was said in it.
 */
type Trap = { fate: "cut" | "hold"; about: (said: string) => boolean; sprung: () => void };

/** Longer than any transaction of ours; what was said before that is forgotten. */
const remembered = 400_000;

/**
 * A wire to a Postgres on this machine, for one client: it can lose the answer to a COMMIT, keep it back, and break. The
 * database ends a transaction with the words `COMMIT` or `ROLLBACK` and a zero byte (its manual, 54.7: CommandComplete).
 */
export const startWire = async (to: number) => {
  const traps: Trap[] = [];
  const held: (() => void)[] = [];
  const sockets = new Set<Socket>();

  const springs = (said: string): Trap | undefined => {
    const at = traps.findIndex(({ about }) => about(said));
    return at < 0 ? undefined : traps.splice(at, 1)[0];
  };

  const lead = (client: Socket) => {
    const server = connect(to, "127.0.0.1");
    let said = "";
    let lastHeard = "";
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(one);
      one.on("error", () => {}); // a reset, after which it closes like any other
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    client.on("data", (piece) => {
      if (traps.length > 0) said = (said + piece.toString("latin1")).slice(-remembered);
      server.write(piece);
    });
    server.on("data", (piece) => {
      const heard = lastHeard + piece.toString("latin1");
      const committed = heard.includes("COMMIT\0");
      const trap = committed ? springs(said) : undefined;
      const over = committed || heard.includes("ROLLBACK\0");
      if (over) said = "";
      lastHeard = over ? "" : heard.slice(-8);
      if (!trap) return client.write(piece);
      if (trap.fate === "cut") client.destroy();
      else {
        server.pause();
        held.push(() => {
          client.write(piece);
          server.resume();
        });
      }
      trap.sprung();
    });
  };

  const listener = createServer(lead).listen(0, "127.0.0.1");
  await once(listener, "listening");
  const address = listener.address();
  if (address === null || typeof address === "string") throw new Error("The wire has no port");

  const breakAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: address.port,
    /** Does so to the next answer to a COMMIT, of a transaction about this; fulfilled when it has. */
    next: (fate: Trap["fate"], about: Trap["about"] = () => true): Promise<void> =>
      new Promise((sprung) => void traps.push({ fate, about, sprung })),
    /** Passes on what it has held. */
    letGo: () => {
      for (const pass of held.splice(0)) pass();
    },
    /** Forgets what it was to do. */
    calm: () => void traps.splice(0),
    /** Breaks every connection that goes over it now. */
    break: breakAll,
    close: () => {
      listener.close();
      breakAll();
    },
  };
};
export type Wire = Awaited<ReturnType<typeof startWire>>;
