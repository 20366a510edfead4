import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAddress } from "./address";
import { doubtIn, meantBy } from "./typo";

const meant = (typed: string) => {
  const address = parseAddress(typed);
  return address && meantBy(address);
};

describe("a slip in the name of a well-known mail service", () => {
  test.each([
    ["gmial.com", "gmail.com"],
    ["gmai.com", "gmail.com"],
    ["gmaill.com", "gmail.com"],
    ["gnail.com", "gmail.com"],
    ["gmail.con", "gmail.com"],
    ["gmail.comm", "gmail.com"],
    ["hotmial.com", "hotmail.com"],
    ["outlok.com", "outlook.com"],
    ["yaho.com", "yahoo.com"],
    ["iclould.com", "icloud.com"],
  ])("%s means %s, whoever has the mailbox", (domain, service) =>
    expect(meant(`ada.lovelace+x@${domain}`)).toBe(`ada.lovelace+x@${service}`),
  );
});

describe("is meant as it stands", () => {
  test.each([
    "gmail.com",
    "googlemail.com",
    "gmail.co",
    "yahoo.co",
    "hotmail.co",
    "outlook.cm",
    "yahoo.ca",
    "yahoo.co.uk",
    "ymail.com",
    "mail.com",
    "email.com",
    "gmx.com",
    "cloud.com",
    "hotmail.fr",
    "outlook.de",
    "example.org",
    "gmail.com.example.org",
    "mail.gmail.com",
  ])("%s", (domain) => expect(meant(`ada@${domain}`)).toBeNull());
});

test("what is meant is always another address with the same mailbox, and is itself not doubted", () => {
  const letters = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(..."gmailhotyu.co") });
  fc.assert(
    fc.property(letters, (domain) => {
      const address = parseAddress(`ada@${domain}`);
      const other = address && meantBy(address);
      if (!other) return;
      expect(other).not.toBe(address);
      expect(other.startsWith("ada@")).toBe(true);
      expect(meantBy(other)).toBeNull();
    }),
  );
});

test("each slip is asked about until it was, and nothing else is", () => {
  const typed = ["ada@example.org", "not an address", "bob@gmial.com", "cy@hotmial.com"];
  const [bob, cy] = [
    /^Did you mean bob@gmail\.com\? If bob@gmial\.com is/,
    /^Did you mean cy@hotmail\.com\? If cy@hotmial\.com is/,
  ];
  expect(doubtIn(typed, [])).toMatch(bob);
  expect(doubtIn(typed, ["bob@gmial.com"])).toMatch(cy);
  expect(doubtIn(typed, typed.toReversed())).toBeNull();
});
