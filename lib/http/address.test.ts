import { expect, test } from "vitest";
import { addressOf, plain } from "./address.mjs";

test.each([
  ["::ffff:10.0.0.7", "10.0.0.7"],
  ["10.0.0.7:4711", "10.0.0.7"],
  ["[2001:DB8::7]:4711", "2001:db8::7"],
  ["fe80::1%eth0", "fe80::1"],
  [" 10.0.0.7 ", "10.0.0.7"],
])("%s is written %s", (written, address) => expect(plain(written)).toBe(address));

test.each(["", "unknown", "10.0.0", "10.0.0.7, 10.0.0.8", "localhost", "_hidden"])("%j is no address", (written) =>
  expect(plain(written)).toBeNull(),
);

test("without proxies of our own nothing forwarded is believed", () =>
  expect(addressOf("10.0.0.7", "1.2.3.4", 0)).toBe("10.0.0.7"));

test("each proxy of ours vouches for one entry, from the right", () => {
  expect(addressOf("10.0.0.7", "6.6.6.6, 1.2.3.4", 1)).toBe("1.2.3.4");
  expect(addressOf("10.0.0.7", "6.6.6.6, 1.2.3.4, 10.0.0.8", 2)).toBe("1.2.3.4");
  expect(addressOf("10.0.0.7", ["6.6.6.6", "1.2.3.4"], 1)).toBe("1.2.3.4");
});

test("fewer entries than proxies: the leftmost is all there is", () =>
  expect(addressOf("10.0.0.7", "1.2.3.4", 3)).toBe("1.2.3.4"));

test("what is no address is not taken for one", () =>
  expect(addressOf("10.0.0.7", "6.6.6.6, unknown", 1)).toBe("10.0.0.7"));
