import { expect, test } from "vitest";
import { parseAddress, splitAddresses } from "./address";

test.each([
  ["ada@x.org", "ada@x.org"],
  ["  Ada@X.ORG\n", "ada@x.org"],
  ["a+tag@sub.example.co.uk", "a+tag@sub.example.co.uk"],
  ["o'brien@x.org", "o'brien@x.org"],
  ["ada@xn--bcher-kva.example", "ada@xn--bcher-kva.example"],
  [`${"a".repeat(64)}@x.org`, `${"a".repeat(64)}@x.org`],
])("takes %j", (typed, address) => expect(parseAddress(typed)).toBe(address));

test.each([
  "",
  "ada",
  "@x.org",
  "ada@",
  "ada@x",
  "a@x.org,b@y.org",
  "a@x.org b@y.org",
  "victim\uff20x.org",
  "victim@evil.org\uff20x.org",
  '"e@evil"@x.org',
  "e@evil@x.org",
  "\u017fam@x.org",
  "\u212aim@x.org",
  "ada@\u212a.org",
  "a\u200bda@x.org",
  "\ufeffada@x.org",
  "\u00a0ada@x.org",
  "ada@x.org.",
  "ada@x\uff0eorg",
  "ada@[127.0.0.1]",
  "ada@127.0.0.1",
  "ada@[IPv6:::1]",
  "ada@1.2",
  `${"a".repeat(65)}@x.org`,
  `ada@${"a".repeat(64)}.org`,
  `ada@${"abcdefgh.".repeat(28)}org`,
  ".ada@x.org",
  "ada.@x.org",
  "a..b@x.org",
  "ada@-x.org",
  "ada@x-.org",
  "ada@x..org",
  "ada@b\u00fccher.example",
  "ada@xn--\u00fc.org",
  "ada\u0000@x.org",
  "ada@x.org\r\nBcc: b@y.org",
  "ada(comment)@x.org",
  "<ada@x.org>",
  "mailto:ada@x.org",
])("refuses %j and repairs nothing", (typed) => expect(parseAddress(typed)).toBeNull());

test.each<[string, string[]]>([
  ["a@x.org, b@x.org;c@x.org\nd@x.org e@x.org", ["a@x.org", "b@x.org", "c@x.org", "d@x.org", "e@x.org"]],
  ["Ada Lovelace <ada@x.org>", ["ada@x.org"]],
  ['"Lovelace, Ada" <ada@x.org>, bob@x.org', ["ada@x.org", "bob@x.org"]],
  ["Ada <a@x.org> Bob <b@x.org> c@x.org", ["a@x.org", "b@x.org", "c@x.org"]],
  ["a@x.org,,;\r\n ,b@x.org", ["a@x.org", "b@x.org"]],
  ["Ada Lovelace", ["Ada Lovelace"]],
  ['"an open quote, a@x.org\nb@x.org', ['"an open quote', "a@x.org", "b@x.org"]],
  ["ada@x.org,", ["ada@x.org"]],
  ["  \n ", []],
  ["Ada <>", ["Ada <>"]],
  ['"a <b" <ada@x.org>', ["ada@x.org"]],
  ["zoe@x.org Bob <bob@x.org>", ["zoe@x.org", "bob@x.org"]],
  ["mailto:c@x.org <d@x.org>", ["mailto:c@x.org", "d@x.org"]],
  ["Ada@x.org <ada@x.org>", ["ada@x.org"]],
  ['"ada@home" <ada@x.org>', ["ada@x.org"]],
  ["'ada@x.org' <ada@x.org>; 'bob@x.org' <Bob@x.org>", ["ada@x.org", "Bob@x.org"]],
  ["'ada@x.org' <'ada@x.org'>", ["'ada@x.org'"]],
  ["(ada@x.org) <ada@x.org>", ["ada@x.org"]],
  ["Ada \"'ada@x.org'\" <ada@x.org>", ["ada@x.org"]],
  ["o'brien@x.org <o'brien@x.org>", ["o'brien@x.org"]],
  ["'zoe@x.org' <bob@x.org>", ["'zoe@x.org'", "bob@x.org"]],
  [
    "“Lovelace, Ada” <ada@x.org>, “bob@x.org” <bob@x.org>; ‘cy@x.org’ <cy@x.org>",
    ["ada@x.org", "bob@x.org", "cy@x.org"],
  ],
  ["“ada@home” <ada@x.org>", ["ada@x.org"]],
  ["“an open quote, a@x.org\nb@x.org", ["“an open quote", "a@x.org", "b@x.org"]],
  ["a closed one”, a@x.org", ["a closed one”", "a@x.org"]],
  ["a > b <c@x.org", ["a", ">", "b", "<c@x.org"]],
])("splits %j", (typed, entries) => expect(splitAddresses(typed)).toEqual(entries));

test.each([...`"'“”x@<> ,-`, "a@b.co ", "<>", '"<', '","', "“”", "'@", "\t ", ";\n", "a."])(
  "takes a form full of %j apart, and judges it, in no time",
  (piece) => {
    const typed = piece.repeat(Math.ceil(64_000 / piece.length));
    const started = performance.now();
    for (const entry of splitAddresses(typed)) parseAddress(entry);
    parseAddress(typed);
    expect(performance.now() - started).toBeLessThan(500);
  },
);
