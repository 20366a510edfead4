import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readUrl, urlOf, withoutPassword } from "./url";

const faultOf = (typed: string, password?: string) => {
  const read = readUrl(typed, password);
  return "fault" in read ? read.fault : null;
};

describe("a PostgreSQL URL", () => {
  test("is read with everything in it", () =>
    expect(readUrl(" postgresql://Reader:s%40cret@DB.example.org:6543/ware%20house?sslmode=verify-full ")).toEqual({
      address: {
        host: "db.example.org",
        port: 6543,
        user: "Reader",
        password: "s@cret",
        database: "ware house",
        sslmode: "verify-full",
      },
    }));

  test("needs neither port nor password nor sslmode", () =>
    expect(readUrl("postgres://reader@10.0.0.7/warehouse")).toEqual({
      address: expect.objectContaining({ host: "10.0.0.7", port: 5432, password: "", sslmode: "prefer" }),
    }));

  test("may name an IPv6 address", () =>
    expect(readUrl("postgres://reader@[FD00::7]:5433/w")).toEqual({
      address: expect.objectContaining({ host: "fd00::7", port: 5433 }),
    }));

  test("takes a password given beside it as it is", () =>
    expect(readUrl("postgres://reader@db/w", "p@ss/w#rd%")).toEqual({
      address: expect.objectContaining({ password: "p@ss/w#rd%" }),
    }));

  test.each([
    ["", /^Enter a PostgreSQL URL/],
    ["mysql://reader@db/w", /^Begin with postgres:/],
    ["host=db user=reader password=s3cret-word", /^Begin with postgres:/],
    ["postgres://", /can't be read|host/],
    ["postgres:///warehouse", /through a socket/],
    ["postgres://reader:s3cret-word@/warehouse", /can't be read|through a socket/],
    ["postgres://reader@%2Fvar%2Frun%2Fpostgresql/w", /through a socket/],
    ["postgres://reader@db/w?host=/var/run/postgresql", /through a socket/],
    ["postgres://reader@db1,db2/w", /one host/],
    ["postgres://reader@b\u00fccher.example/w", /plain letters/],
    ["postgres://reader@db:0/w", /from 1 to 65535/],
    ["postgres://reader@db:65536/w", /can't be read/],
    ["postgres://db/w", /^Name the user/],
    ["postgres://:s3cret-word@db/w", /^Name the user/],
    ["postgres://reader@db", /^Name the database/],
    ["postgres://reader@db/", /^Name the database/],
    ["postgres://read%00er@db/w", /^Name the user/],
    [`postgres://reader@db/${"w".repeat(64)}`, /^Name the database/],
    ["postgres://reader:%zz@db/w", /type it into the field below/],
    ["postgres://reader:s3cret-word/x@db/w", /type it into the field below/],
    ["postgres://reader:12/s3cret-word@db/w", /type it into the field below/],
    ["postgres://reader:12#s3cret-word@db/w", /type it into the field below/],
    ["postgres://reader:12?s3cret-word@db/w", /type it into the field below/],
    ["postgres://reader:s3cret%0Aword@db/w", /invisible characters/],
    ["postgres://reader@db/w?sslmode=allow", /disable, prefer, require/],
    ["postgres://reader@db/w?options=-csearch_path%3Dx", /only sslmode/],
    [`postgres://reader@db/w?sslmode=${"x".repeat(3000)}`, /can't be read/],
  ])("%j is refused with a sentence, and no password comes back", (typed, sentence) => {
    expect(faultOf(typed)).toMatch(sentence);
    expect(`${faultOf(typed)}${withoutPassword(typed)}`).not.toMatch(/s3cret/);
  });

  test("takes no two passwords", () => expect(faultOf("postgres://reader:one@db/w", "two")).toMatch(/once/));

  const word = fc
    .string({ unit: "binary", minLength: 1, maxLength: 30 })
    .filter((text) => !/\p{Cc}|\p{Cs}|^\.{1,2}$/u.test(text));
  test("that we write is read as what it was written from", () => {
    const address = fc.record({
      host: fc.constantFrom("db.example.org", "10.0.0.7", "fd00::7", "ware_house"),
      port: fc.integer({ min: 1, max: 65_535 }),
      ...{ database: word, user: word, password: fc.oneof(fc.constant(""), word) },
      sslmode: fc.constantFrom("disable", "prefer", "require", "verify-ca", "verify-full"),
    });
    fc.assert(fc.property(address, (given) => void expect(readUrl(urlOf(given))).toEqual({ address: given })));
  });
});

describe("what was typed is shown again", () => {
  test("without its password", () =>
    expect(withoutPassword("postgres://reader:s3cret@db:6543/w?sslmode=require&password=s3cret")).toBe(
      "postgres://reader@db:6543/w?sslmode=require",
    ));

  test("as it was when there is none", () => {
    for (const typed of ["postgres://reader@db/w", "postgres://db/w"]) expect(withoutPassword(typed)).toBe(typed);
  });

  test.each(["s3cret", "postgres//reader:s3cret@db", "postgres://reader:1234/w", "postgres://reader:a/s3cret@db/w"])(
    "not at all where a password can't be told apart: %s",
    (typed) => expect(withoutPassword(typed)).toBe(""),
  );

  test("never with a password, whatever it is made of", () => {
    const secret = fc.string({ unit: "grapheme-ascii", minLength: 3, maxLength: 12 }).map((end) => `Zx9${end}`);
    fc.assert(
      fc.property(secret, (password) => {
        for (const typed of [
          `postgres://reader:${password}@db/w`,
          `postgres://reader:${password}@db:5/w?a=${password}`,
        ])
          expect(`${withoutPassword(typed)}${faultOf(typed)}`).not.toContain("Zx9");
      }),
    );
  });
});
