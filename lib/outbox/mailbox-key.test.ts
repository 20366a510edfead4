import { afterEach, expect, test, vi } from "vitest";

/** The mailbox of a process started with this environment. */
const startedWith = async (env: Record<string, string>) => {
  vi.resetModules();
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  return import("./mailbox-key");
};
afterEach(() => vi.unstubAllEnvs());

test.each(["127.0.0.1", "127.8.8.8", "::1"])("listening on %s, nobody else comes near: no key", async (listen) => {
  const { mailboxKey, mailboxDoor } = await startedWith({ LISTEN: listen });
  expect(mailboxKey()).toBeNull();
  expect(mailboxDoor(undefined)).toBe("open");
});

test.each(["0.0.0.0", "::", "192.168.1.5"])("listening on %s, it opens to its key only", async (listen) => {
  const { mailboxKey, mailboxDoor } = await startedWith({ LISTEN: listen });
  const key = mailboxKey() ?? "";
  expect(key).toMatch(/^[\w-]{22}$/);
  expect(mailboxDoor(key)).toBe("open");
  for (const wrong of [undefined, "", "x", `${key}x`, key.toLowerCase()]) expect(mailboxDoor(wrong)).toBe("locked");
});

test("outside local mode there is no mailbox, and no key to one", async () => {
  const { mailboxKey, mailboxDoor } = await startedWith({
    APP_URL: "https://gatehouse.example.org",
    LISTEN: "0.0.0.0",
  });
  expect(mailboxKey()).toBeNull();
  expect(mailboxDoor(undefined)).toBe("absent");
  expect(mailboxDoor("")).toBe("absent");
});
