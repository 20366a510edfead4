import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import { afterAll } from "vitest";

export type Request = Readonly<{
  method: string;
  url: string;
  key: string;
  headers: IncomingHttpHeaders;
  body: string;
}>;

/**
 * What the stand-in does with one request: `accept` it, accept it `slow`ly (after 300 ms), accept it and answer when it is
 * let go (`held`), accept it and never answer (`silent`), accept it and hang up (`vanish`), accept it and answer what is
 * no JSON (`garbled`), hang up without taking it (`hang-up`), or answer with a status.
 */
export type Behaviour =
  | "accept"
  | "slow"
  | "held"
  | "silent"
  | "vanish"
  | "garbled"
  | "hang-up"
  | { status: number; name?: string; message?: string; headers?: Record<string, string>; plain?: string };

/**
 * A stand-in for Resend on loopback. Like the real one it takes each idempotency key once, answers the same key and body
 * with the same id, and the same key with another body with 409. Behaves as scripted by `next`, then accepts, or does what
 * `behaves` was given.
 */
export const startResend = async () => {
  const requests: Request[] = [];
  const accepted = new Map<string, ReturnType<typeof madeOf>>();
  const script: Behaviour[] = [];
  const held: (() => void)[] = [];
  const ways: { otherwise: (request: Request) => Behaviour; taken: (id: string, request: Request) => void } = {
    otherwise: () => "accept",
    taken: () => {},
  };

  const take = (request: Request, response: ServerResponse): string | null => {
    const known = accepted.get(request.key);
    if (known && known.body !== request.body) {
      refuse(response, { status: 409, name: "invalid_idempotent_request" });
      return null;
    }
    const id = known?.id ?? randomUUID();
    if (!known) {
      accepted.set(request.key, madeOf(id, request));
      ways.taken(id, request);
    }
    return JSON.stringify({ id });
  };

  const behave = (behaviour: Behaviour, request: Request, response: ServerResponse) => {
    if (typeof behaviour === "object") return refuse(response, behaviour);
    if (behaviour === "hang-up") return response.socket?.destroy();
    const answer = take(request, response);
    if (answer === null || behaviour === "silent") return;
    if (behaviour === "vanish") return response.socket?.destroy();
    const say = () =>
      response.setHeader("content-type", "application/json").end(behaviour === "garbled" ? "<ok>" : answer);
    if (behaviour === "held") held.push(say);
    else setTimeout(say, behaviour === "slow" ? 300 : 0);
  };

  const server = createServer(async (incoming, response) => {
    let body = "";
    for await (const part of incoming.setEncoding("utf8")) body += part;
    const { method = "", url = "", headers } = incoming;
    const request = { method, url, headers, key: String(headers["idempotency-key"] ?? ""), body };
    requests.push(request);
    behave(script.shift() ?? ways.otherwise(request), request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The stand-in has no port");

  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    /** Every mail that was accepted, once each, as the provider would deliver it. */
    mails: () => [...accepted.values()].map(({ mail }) => mail),
    /** Scripts the next answers. */
    next: (...behaviours: Behaviour[]) => void script.push(...behaviours),
    /** Stops listening, and gives what makes it listen again at the same address. */
    leave: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
      return () => new Promise<void>((back) => server.listen(address.port, "127.0.0.1", back));
    },
    /** Answers what it has held back. */
    letGo: () => held.splice(0).forEach((say) => void say()),
    /** From now on, what it does unless scripted, and who hears of each mail at the moment it is accepted. */
    behaves: (changed: Partial<typeof ways>) => void Object.assign(ways, changed),
    forget: () => {
      requests.length = 0;
      script.length = 0;
      accepted.clear();
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

/** An accepted request, and the mail it is, as the provider would deliver it. */
const madeOf = (id: string, { key, body }: Request) => ({ id, body, mail: { key, id, ...JSON.parse(body) } });

const refuse = (response: ServerResponse, said: Exclude<Behaviour, string>) => {
  for (const [name, value] of Object.entries(said.headers ?? {})) response.setHeader(name, value);
  response.statusCode = said.status;
  response.end(
    said.plain ?? JSON.stringify({ statusCode: said.status, name: said.name ?? "", message: said.message ?? "" }),
  );
};

/** Starts the stand-in and configures this process to send through it. Called at the top of a test file, before anything else. */
export const throughResend = async () => {
  const resend = await startResend();
  afterAll(resend.close);
  Object.assign(process.env, {
    APP_URL: "https://gatehouse.example.org",
    RESEND_API_KEY: "re_test",
    RESEND_BASE_URL: resend.url,
    EMAIL_FROM: "invites@gatehouse.example.org",
    SUPPORT_EMAIL: "help@gatehouse.example.org",
  });
  return resend;
};
