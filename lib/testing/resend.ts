import { randomUUID } from "node:crypto";
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
 * What the stand-in does with one request: `accept` it, accept it `slow`ly (after 300 ms), accept it and never answer
 * (`silent`), accept it and answer what is no JSON (`garbled`), hang up (`hang-up`), or answer with a status.
 */
export type Behaviour =
  | "accept"
  | "slow"
  | "silent"
  | "garbled"
  | "hang-up"
  | { status: number; name?: string; message?: string; headers?: Record<string, string>; plain?: string };

/**
 * A stand-in for Resend on loopback. Like the real one it takes each idempotency key once, answers the same key and body
 * with the same id, and the same key with another body with 409. Behaves as scripted by `next`, then accepts.
 */
export const startResend = async () => {
  const requests: Request[] = [];
  const accepted = new Map<string, { id: string; body: string }>();
  const script: Behaviour[] = [];

  const take = (request: Request, response: ServerResponse): string | null => {
    const known = accepted.get(request.key);
    if (known && known.body !== request.body) {
      refuse(response, { status: 409, name: "invalid_idempotent_request" });
      return null;
    }
    const id = known?.id ?? randomUUID();
    accepted.set(request.key, { id, body: request.body });
    return JSON.stringify({ id });
  };

  const behave = (behaviour: Behaviour, request: Request, response: ServerResponse) => {
    if (typeof behaviour === "object") return refuse(response, behaviour);
    if (behaviour === "hang-up") return response.socket?.destroy();
    const answer = take(request, response);
    if (answer === null || behaviour === "silent") return;
    const say = () =>
      response.setHeader("content-type", "application/json").end(behaviour === "garbled" ? "<ok>" : answer);
    setTimeout(say, behaviour === "slow" ? 300 : 0);
  };

  const server = createServer(async (incoming, response) => {
    let body = "";
    for await (const part of incoming.setEncoding("utf8")) body += part;
    const { method = "", url = "", headers } = incoming;
    const request = { method, url, headers, key: String(headers["idempotency-key"] ?? ""), body };
    requests.push(request);
    behave(script.shift() ?? "accept", request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The stand-in has no port");

  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    /** Every mail that was accepted, once each, as the provider would deliver it. */
    mails: () => [...accepted.entries()].map(([key, { id, body }]) => ({ key, id, ...JSON.parse(body) })),
    /** Scripts the next answers. */
    next: (...behaviours: Behaviour[]) => void script.push(...behaviours),
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
