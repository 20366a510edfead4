import { describe, expect, test } from "vitest";
import { readConfig } from "@/lib/config.mjs";
import { ownOrigin, servesHost } from "./host.mjs";
import { comesFromUs } from "./origin.mjs";
import { isRouterState } from "./router-state.mjs";
import { wrongWith } from "./target.mjs";

const AUTH_SECRET = "q8Yw2-Zt7Kp_4mVb9XcRj3sLd6Fh0GnE5aUoTi1W";
const local = readConfig({ AUTH_SECRET });
const production = readConfig({ APP_URL: "https://gate.example.org", AUTH_SECRET });

describe("in local mode", () => {
  test.each(["localhost", "localhost:3000", "LOCALHOST:8080", "127.0.0.1:3000", "[::1]:3000"])("%s is served", (host) =>
    expect(servesHost(local, host, "/")).toBe(true),
  );
  test.each([
    undefined,
    "",
    "evil.org",
    "localhost.evil.org",
    "127.0.0.1.evil.org",
    "evil@localhost",
    "localhost/x",
    "a b",
  ])("%s is not", (host) => expect(servesHost(local, host, "/healthz")).toBe(false));
  test("forms come from whichever name the browser uses", () =>
    expect(ownOrigin(local, "127.0.0.1:8080")).toBe("http://127.0.0.1:8080"));
});

describe("in production", () => {
  test.each(["gate.example.org", "gate.example.org:443", "GATE.example.org"])("%s is served", (host) =>
    expect(servesHost(production, host, "/")).toBe(true),
  );
  test.each(["localhost", "gate.example.org:8443", "other.example.org", "10.0.0.7"])("%s is not", (host) =>
    expect(servesHost(production, host, "/")).toBe(false),
  );
  test("probes may ask by address", () => expect(servesHost(production, "10.0.0.7:3000", "/readyz")).toBe(true));
  test("forms come from APP_URL", () => expect(ownOrigin(production, "evil.org")).toBe("https://gate.example.org"));
});

describe("a form", () => {
  const own = "https://gate.example.org";
  test("comes from us by its Origin, or without one when the browser says so", () => {
    expect(comesFromUs({ origin: own }, own)).toBe(true);
    expect(comesFromUs({ "sec-fetch-site": "same-origin" }, own)).toBe(true);
  });
  test.each([
    {},
    { origin: "null" },
    { origin: "https://evil.org" },
    { origin: "http://gate.example.org" },
    { origin: "https://evil.org", "sec-fetch-site": "same-origin" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "none" },
  ])("with %j does not", (headers) => expect(comesFromUs(headers, own)).toBe(false));
});

describe("an address", () => {
  test.each(["/", "/account/users?q=a%20b&group=%ff", "/join/abc_-", "/x?next=//evil.org", "/%E2%82%AC"])(
    "%s is fine",
    (target) => expect(wrongWith(target)).toBeNull(),
  );
  test.each([
    "/%ff",
    "/%",
    "/%00",
    "/a%0d%0ab",
    "//evil.org",
    "/\\evil.org",
    "http://evil.org/",
    "*",
    "",
    "/?q=%00",
    "/?q=a?%00",
  ])("%j is malformed", (target) => expect(wrongWith(target)).toBe("malformed"));
  test("of 5,000 characters is too long", () => expect(wrongWith(`/${"a".repeat(5000)}`)).toBe("tooLong"));
});

test("a router state is a tree of segments", () => {
  const state = (tree: unknown) => isRouterState(encodeURIComponent(JSON.stringify(tree)));
  expect(isRouterState(undefined)).toBe(true);
  expect(state(["", { children: [["id", "7", "d"], { children: ["__PAGE__", {}] }] }])).toBe(true);
  for (const tree of [[], {}, 5, [1, {}], ["", null], ["", { children: 5 }]]) expect(state(tree)).toBe(false);
  expect(isRouterState("%ff")).toBe(false);
});
