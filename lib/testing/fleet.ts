import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { afterAll, beforeAll } from "vitest";
import { z } from "zod";
import { client, closeDatabase, openDatabase } from "@/db/client";
import { type Embedded, startEmbedded } from "@/db/embedded";
import { migrate } from "@/db/migrate";
import { config } from "@/lib/config.mjs";
import { type Behaviour, type Request, throughResend } from "./resend";
import { dataFolder, type Server, startServer } from "./server";
import { webhookSecret } from "./webhooks";
import { startWire, type Wire } from "./wire";

/** One process of the product, which can be killed, started again at the same address, and frozen. */
export class Replica {
  #server: Server | null = null;
  constructor(
    readonly url: string,
    readonly wire: Wire,
    readonly env: Record<string, string>,
  ) {}

  get isUp(): boolean {
    return this.#server !== null;
  }

  async start(): Promise<void> {
    this.#server ??= await startServer(this.env);
  }

  /** SIGKILL: nothing is finished, nothing written down. */
  async kill(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    await server?.kill();
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    await server?.stop();
  }

  freeze(): void {
    if (this.#server) process.kill(this.#server.pid, "SIGSTOP");
  }

  wake(): void {
    if (this.#server) process.kill(this.#server.pid, "SIGCONT");
  }
}

/**
 * A free port below those that the kernel hands out by itself: whoever is killed there finds it free again, whatever other
 * connections were made meanwhile.
 */
const steadyPort = async (): Promise<number> => {
  const port = randomInt(20_000, 32_000);
  const probe = createServer().listen(port, "127.0.0.1");
  const free = await once(probe, "listening").then(
    () => true,
    () => false,
  );
  probe.close();
  return free ? port : steadyPort();
};

/**
 * The real product in two processes, outside local mode: one real database that each reaches over a wire of its own, and
 * one stand-in for Resend. Each has an `APP_URL` of its own, so that a mail which both have tried shows whether its words
 * were frozen. The database outlives them all. Called once, at the top of a test file, before anything else.
 */
export const openFleet = async (more: Record<string, string> = {}) => {
  const provider = await throughResend();
  const data = dataFolder();
  const replicas: Replica[] = [];
  const treated = new Map<string, Behaviour[]>();
  const otherwise = (request: Request) => treated.get(recipientOf(request))?.shift() ?? "accept";
  provider.behaves({ otherwise });
  let database: Embedded | undefined;

  beforeAll(async () => {
    const network = { port: await steadyPort(), admits: ["host all gatehouse 127.0.0.1/32 trust"] };
    database = await startEmbedded(data.folder, { throwAway: true, network });
    await migrate(database);
    openDatabase(database, 6);
    for (let count = 0; count < 2; count++) replicas.push(await makeReplica(network.port));
    await Promise.all(replicas.map((replica) => replica.start()));
  }, 180_000);

  const makeReplica = async (database: number): Promise<Replica> => {
    const wire = await startWire(database);
    const port = await steadyPort();
    const url = `http://localhost:${port}`;
    return new Replica(url, wire, {
      PORT: String(port),
      LISTEN: "127.0.0.1",
      APP_URL: url,
      DATA_DIR: data.folder,
      DATABASE_URL: `postgres://gatehouse@127.0.0.1:${wire.port}/postgres`,
      AUTH_SECRET: config().secret,
      RESEND_API_KEY: "re_test",
      RESEND_BASE_URL: provider.url,
      RESEND_WEBHOOK_SECRET: webhookSecret,
      EMAIL_FROM: "invites@gatehouse.example.org",
      SUPPORT_EMAIL: "help@gatehouse.example.org",
      SIGNUP_MODE: "closed",
      INVITES_PER_DAY: "1000000",
      LOG_LEVEL: "silent",
      ...more,
    });
  };

  afterAll(async () => {
    provider.letGo();
    for (const replica of replicas) replica.wake();
    await Promise.all(replicas.map((replica) => replica.stop()));
    for (const { wire } of replicas) wire.close();
    await closeDatabase();
    await database?.stop();
    data.forget();
  }, 60_000);

  return {
    provider,
    replicas,
    /** The database past the product: for looking at what is really there, and for letting time pass. */
    sql: () => client(),
    /** The first requests about mail to this address fare so; whatever else is sent meanwhile does not. */
    treat: (address: string, ...behaviours: Behaviour[]) => void treated.set(address, behaviours),
    /** What the provider was asked to send to an address, and the mails it makes of that. */
    asked: (address: string) => provider.requests.filter((request) => recipientOf(request) === address),
    mails: (address: string) => provider.mails().filter(({ to }) => to === address),
  };
};

const Recipient = z.object({ to: z.string() });
const recipients = new WeakMap<Request, string>();
/** To whom a request asks to send. */
export const recipientOf = (request: Request): string => {
  const known = recipients.get(request) ?? Recipient.parse(JSON.parse(request.body)).to;
  recipients.set(request, known);
  return known;
};

export type Fleet = Awaited<ReturnType<typeof openFleet>>;
