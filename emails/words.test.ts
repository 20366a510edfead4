import { describe, expect, test } from "vitest";
import { dead, lines, moment, name, sender } from "./words";

/** What mail programs take for a link in plain words: a scheme before a slash or word, or a dot before a letter. */
const linkable = /[a-z][a-z\d+.-]*:[/\\\p{L}]|[^\s.][.。．｡]\p{L}/iu;

test.each([
  "https://evil.example/path?x=1",
  "HTTP://EVIL.EXAMPLE",
  "www.evil.example",
  "evil.de",
  "münchen.example",
  "evil。example",
  "mailto:eve@evil.example",
  "tel:people",
  "javascript:alert(1)",
  "see acme.com/join now",
  "https:\\\\evil.example",
  "a.b.c.d",
])("%s is dead text", (text) => {
  expect(text).toMatch(linkable);
  expect(dead(text)).not.toMatch(linkable);
});

test.each(["Hello.", "It is 10:30, 2.5 hours left.", "Ready? :)", "1. one", "Dr. Who & Co."])(
  "%s stays as it is",
  (text) => {
    expect(dead(text)).toBe(text);
  },
);

describe("a name", () => {
  test("is one line, whatever was in it", () => {
    expect(name("Ada\r\nBcc: eve@evil.example\u0000")).toBe("Ada Bcc: eve@evil.example");
  });
  test.each(["=?utf-8?q?evil=2eexample?=", "=\u200b?utf-8?q?evil=2eexample?="])(
    "hides nothing in a code of headers: %j",
    (hidden) => {
      expect(name(hidden)).toBe("= ?utf-8?q?evil=2eexample?=");
    },
  );
  test("shows every character it has", () => {
    expect(name("A\u200bd\u202ea\u00ad")).toBe("Ada");
  });
  test("of a right-to-left script stands between marks that keep our sentence in order", () => {
    for (const written of ["ליאור כהן", "سارة Haddad"]) expect(name(written)).toBe(`\u200e${written}\u200e`);
  });
  test("is cut at 64 characters, never inside one", () => {
    expect([...name("🙂".repeat(100))]).toHaveLength(64);
  });
});

test("a message keeps its lines, and nothing else that can't be seen", () => {
  expect(lines("  Hi\u0007 there\r\n\r\n\r\n\r\nBye \u202e")).toEqual(["Hi  there", "", "Bye"]);
  expect(lines(" \n ")).toEqual([]);
});

test("a sender's quotes can't end its name", () => {
  expect(sender('Acme" <eve@evil.example>, "\\', "us@x.org")).toBe('"Acme\\" <eve@evil.example>, \\"\\\\" <us@x.org>');
});

test("a moment says date, time and zone", () => {
  expect(moment(new Date("2026-11-30T22:16:00Z"))).toBe("Monday, 30 November 2026 at 22:16 UTC");
});
