import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Config, readConfig } from "@/lib/config.mjs";
import { request, sendRaw } from "@/lib/testing/raw";
import { exchanges } from "./context.mjs";
import { answerWith, clientAddress, nonce, reached } from "./exchange";
import { front } from "./front.mjs";

const AUTH_SECRET = "q8Yw2-Zt7Kp_4mVb9XcRj3sLd6Fh0GnE5aUoTi1W";
const local = readConfig({ AUTH_SECRET });
const production = readConfig({ APP_URL: "https://gate.example.org", AUTH_SECRET });

let server: Server;
let port: number;
let seen: IncomingMessage[];
let body: string;
let page: RequestListener;

const html: RequestListener = (_, res) => {
  res.setHeader("Content-Type", "text/html; charset=utf-8");
  res.end(`<h1>A page</h1>`);
};

const listen = async (config: Config) => {
  const application: RequestListener = async (req, res) => {
    seen.push(req);
    for await (const chunk of req) body += chunk;
    page(req, res);
  };
  server = createServer(front(config, application, { patience: 500 }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  port = isTcp(address) ? address.port : 0;
};
const isTcp = (address: AddressInfo | string | null): address is AddressInfo =>
  typeof address === "object" && address !== null;

beforeEach(() => {
  seen = [];
  body = "";
  page = html;
});
afterEach(() => server.close());

const get = (target: string, headers: Record<string, string> = {}) =>
  sendRaw(port, request(`GET ${target} HTTP/1.1`, { Host: `localhost:${port}`, ...headers }));
const post = (content: string, headers: Record<string, string> = {}) =>
  sendRaw(
    port,
    request(
      "POST /form HTTP/1.1",
      {
        Host: `localhost:${port}`,
        Origin: `http://localhost:${port}`,
        "Content-Type": "text/plain",
        "Content-Length": String(Buffer.byteLength(content)),
        ...headers,
      },
      content,
    ),
  );

describe("in local mode", () => {
  beforeEach(() => listen(local));

  test("a page knows who asked and its nonce, which the answer's policy names", async () => {
    let known: unknown[] = [];
    page = (req, res) => {
      known = [clientAddress(), nonce(), req.headers["content-security-policy"]];
      html(req, res);
    };
    const answer = await get("/");
    expect(answer).toMatchObject({ status: 200, body: expect.stringContaining("A page") });
    const policy = answer.headers.get("content-security-policy");
    expect(known).toEqual(["127.0.0.1", expect.stringMatching(/^[A-Za-z0-9+/]{22}==$/), policy]);
    expect(policy).toContain(`'nonce-${known[1]}'`);
    expect((await get("/")).headers.get("content-security-policy")).not.toBe(policy);
  });

  test("every answer is safe by its headers, the front's own too", async () => {
    for (const answer of [await get("/join/abc"), await get("/join/%ff")]) {
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        "cache-control": "no-store",
        "content-security-policy": expect.stringContaining("frame-ancestors 'none'"),
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "referrer-policy": "strict-origin",
        "x-content-type-options": "nosniff",
        "x-robots-tag": "noindex",
      });
      expect(answer.headers.has("strict-transport-security")).toBe(false);
    }
  });

  test("a rebound name and a forgotten proxy are told that this is local mode", async () => {
    for (const [name, value] of [
      ["Host", "evil.org"],
      ["X-Forwarded-For", "1.2.3.4"],
      ["Forwarded", "for=1.2.3.4"],
    ] as const) {
      const answer = await get("/healthz", { [name]: value });
      expect(answer.status).toBe(421);
      expect(answer.body).toContain("local mode");
    }
    expect(seen).toEqual([]);
  });

  test.each([
    ["/%ff", 400],
    ["/%00", 400],
    ["/?q=%00", 400],
    ["//evil.org", 400],
    ["http://evil.org/", 400],
    [`/${"a".repeat(5000)}`, 414],
  ])("GET %s is refused in words", async (target, status) => {
    const answer = await get(target);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatch(/<html lang="en">.*<h1>.+<\/h1>/s);
    expect(seen).toEqual([]);
  });

  test.each(["DELETE", "PUT", "PATCH", "OPTIONS", "TRACE"])("%s is no method of ours", async (method) => {
    const answer = await sendRaw(port, request(`${method} / HTTP/1.1`, { Host: "localhost" }));
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")).toBe("GET, HEAD, POST");
  });

  test("a form arrives whole, from this site alone", async () => {
    expect((await post("hello")).status).toBe(200);
    expect(body).toBe("hello");
    for (const Origin of ["null", "https://evil.org", `https://localhost:${port}`])
      expect((await post("hello", { Origin })).status).toBe(403);
    expect((await post("hello", { Origin: "https://evil.org", "X-Forwarded-Host": "evil.org" })).status).toBe(421);
    expect(seen.length).toBe(1);
  });

  test("signed reports of a provider come from no page, and only where they are taken", async () => {
    const send = (path: string, headers: Record<string, string> = {}) =>
      sendRaw(port, request(`POST ${path} HTTP/1.1`, { Host: "localhost", "Content-Length": "2", ...headers }), "{}");
    expect((await send("/api/webhooks/resend")).status).toBe(200);
    expect((await send("/api/webhooks/resend", { Origin: "https://evil.org" })).status).toBe(200);
    for (const path of [
      "/",
      "/api/webhooks",
      "/api/webhooks/resend/",
      "/x?/api/webhooks/resend",
      "/api/webhooks/Resend",
    ])
      expect((await send(path)).status).toBe(403);
    expect((await send("/api/webhooks/resend", { "Next-Action": "a1" })).status).toBe(403);
  });

  test("headers that speak for a proxy or for Next itself don't get through", async () => {
    await get("/", {
      "X-Middleware-Subrequest": "a:a",
      "X-Matched-Path": "/x",
      "Next-Resume": "1",
      "X-Gatehouse-Inside": "1 6.6.6.6",
      RSC: "1",
    });
    expect(seen[0]?.headers).toMatchObject({ rsc: "1", "x-gatehouse-inside": expect.not.stringContaining("6.6.6.6") });
    expect(Object.keys(seen[0]?.headers ?? {}).filter((name) => /middleware|matched|resume/.test(name))).toEqual([]);
  });

  test("what Next asks itself is believed to come from the same client", async () => {
    await get("/");
    const inside = String(seen[0]?.headers["x-gatehouse-inside"]);
    page = (req, res) => res.end(clientAddress() + req.url);
    const answer = await get("/again", { Host: "0.0.0.0", "X-Forwarded-Host": "x", "X-Gatehouse-Inside": inside });
    expect(answer.body).toBe("127.0.0.1/again");
  });
});

describe("a body", () => {
  beforeEach(() => listen(local));
  const head = (length: Record<string, string>) =>
    request("POST /form HTTP/1.1", { Host: "localhost", "Sec-Fetch-Site": "same-origin", ...length });
  const megabytes = Buffer.alloc(3_000_000, "x");

  test("of 64 kB passes", async () => {
    expect((await post("x".repeat(65_536))).status).toBe(200);
    expect(body.length).toBe(65_536);
  });

  test("that announces more is refused, and read to its end so that a browser hears it", async () => {
    const answer = await sendRaw(port, head({ "Content-Length": "3000000" }), megabytes);
    expect(answer.status).toBe(413);
    expect(answer.body).toContain("too much at once");
    expect(seen).toEqual([]);
  });

  test("with a file may hold 1 MB, where files are uploaded and nowhere else", async () => {
    const send = (path: string, bytes: number) => {
      const where = { Host: "localhost", "Sec-Fetch-Site": "same-origin", "Content-Length": String(bytes) };
      return sendRaw(port, request(`POST ${path} HTTP/1.1`, where), Buffer.alloc(bytes, "x"));
    };
    expect((await send("/account/users/invite/csv?status=pending", 1_048_576)).status).toBe(200);
    expect(body.length).toBe(1_048_576);
    const answer = await send("/account/users/invite/csv", 1_048_577);
    expect(answer.status).toBe(413);
    expect(answer.body).toContain("up to 1 MB");
    for (const path of ["/account/users/invite", "/account/users/invite/csv/", "/x?/account/users/invite/csv"])
      expect((await send(path, 65_537)).status).toBe(413);
  });

  test("that turns out to be more is refused as well", async () => {
    const chunk = Buffer.concat([
      Buffer.from(`${megabytes.length.toString(16)}\r\n`),
      megabytes,
      Buffer.from("\r\n0\r\n\r\n"),
    ]);
    expect((await sendRaw(port, head({ "Transfer-Encoding": "chunked" }), chunk)).status).toBe(413);
    expect(seen).toEqual([]);
  });

  test("that is a broken form is refused before it is read by halves", async () => {
    for (const type of ["multipart/form-data", "multipart/form-data; boundary=x"])
      expect((await post("garbage", { "Content-Type": type })).status).toBe(400);
    const field = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\x002\r\n--x--\r\n';
    expect((await post(field, { "Content-Type": "multipart/form-data; boundary=x" })).status).toBe(400);
    expect((await post("garbage", { "Next-Action": "abc" })).body).toMatch(/^This form didn't arrive whole\./);
    expect(seen).toEqual([]);
  });
});

describe("the status of an answer", () => {
  beforeEach(() => listen(local));
  const busy: RequestListener = (req, res) => {
    answerWith(429, { retryAfterSeconds: 42 });
    html(req, res);
  };

  test("is the one the page asked for, with its words", async () => {
    page = busy;
    const answer = await get("/");
    expect(answer).toMatchObject({ status: 429, body: expect.stringContaining("A page") });
    expect(answer.headers.get("retry-after")).toBe("42");
  });

  test("stays 200 for a script, and whatever else it was", async () => {
    page = (_, res) => {
      answerWith(404);
      res.setHeader("Content-Type", "text/x-component").end("0:{}");
    };
    expect((await post("[]", { "Next-Action": "abc" })).status).toBe(200);
    page = (_, res) => {
      answerWith(404);
      res.writeHead(303, { Location: "/signin", "Content-Type": "text/html" }).end();
    };
    expect((await get("/")).status).toBe(303);
  });

  test("is never 500: what failed is said in words, and nothing of it gets out", async () => {
    page = (_, res) => {
      res.writeHead(500, { "Content-Type": "text/html", "Content-Encoding": "gzip", "Content-Length": "99" });
      res.write("select * from secrets");
      res.end("stack");
    };
    const answer = await get("/");
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("5");
    expect(answer.headers.has("content-encoding")).toBe(false);
    expect(answer.body).toMatch(/Something went wrong on our side.*<\/html>$/s);
    expect(answer.body).not.toMatch(/select|stack/);
    expect((await get("/", { RSC: "1" })).body).toMatch(/^Something went wrong/);
  });

  test("is 400 for a form that Next couldn't read, and 503 once an action of ours had it", async () => {
    page = (_, res) => res.writeHead(500).end();
    expect((await post("a=b")).status).toBe(400);
    expect((await post("[]", { "Next-Action": "abc" })).body).toMatch(/^This form didn't arrive whole/);
    page = (_, res) => {
      reached();
      res.writeHead(500).end();
    };
    expect((await post("a=b")).status).toBe(503);
  });

  test("probes answer for themselves", async () => {
    page = (_, res) => res.writeHead(503).end("not yet");
    expect(await get("/readyz")).toMatchObject({ status: 503, body: expect.stringContaining("not yet") });
  });

  test("of a form from an earlier build says so", async () => {
    page = (_, res) => res.writeHead(404, { "X-Nextjs-Action-Not-Found": "1", "Content-Type": "text/plain" }).end("x");
    expect(await post("a=b")).toMatchObject({ status: 409, body: expect.stringContaining("earlier version") });
    expect((await post("[]", { "Next-Action": "abc" })).headers.get("x-nextjs-action-not-found")).toBe("1");
  });

  test("files that never change may be kept, nothing else", async () => {
    page = (_, res) => res.writeHead(200, { "Cache-Control": "public, immutable" }).end();
    expect((await get("/_next/static/a.js")).headers.get("cache-control")).toBe("public, immutable");
    expect((await get("/account")).headers.get("cache-control")).toBe("no-store");
  });
});

describe("in production", () => {
  const Host = "gate.example.org";

  test("only the host of APP_URL is served, over HTTPS for good", async () => {
    await listen(production);
    const answer = await get("/", { Host });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("strict-transport-security")).toMatch(/^max-age=\d{8}$/);
    expect((await get("/")).status).toBe(421);
    expect((await get("/healthz")).status).toBe(200);
  });

  test("a client can't choose its address, and the operator is told once that a proxy is unknown", async () => {
    await listen(production);
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    page = (_, res) => res.end(clientAddress());
    for (const spoofed of ["1.2.3.4", "5.6.7.8"])
      expect((await get("/", { Host, "X-Forwarded-For": spoofed })).body).toBe("127.0.0.1");
    expect(warn).toHaveBeenCalledTimes(1);
    warn.mockRestore();
  });

  test("behind a proxy of ours the client is whom that proxy saw", async () => {
    await listen({ ...production, trustedProxyHops: 1 });
    page = (_, res) => res.end(clientAddress());
    expect((await get("/", { Host, "X-Forwarded-For": "6.6.6.6, 1.2.3.4" })).body).toBe("1.2.3.4");
  });
});

test("without a front there are defaults", () => {
  expect(exchanges().getStore()).toBeUndefined();
  expect([clientAddress(), nonce()]).toEqual(["0.0.0.0", undefined]);
  answerWith(404);
});

test("an application that never answers is waited for no longer than people do: 503, in words", async () => {
  await listen(local);
  page = () => {};
  for (const answer of [await get("/"), await post("x")]) {
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).not.toBeNull();
    expect(answer.body).toMatch(/<h1>/);
  }
});
