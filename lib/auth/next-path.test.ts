import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nextPath } from "./next-path";

describe("after signing in, a page of this site is where the person goes", () => {
  test.each([
    "/account/users",
    "/account/users?status=pending&q=ad%20a&sort=-name",
    "/sources/1#tables",
    "/join/abc_DEF-123",
    "/account/users?q=//x",
    "/x//evil.test",
  ])("%s", (path) => expect(nextPath(path)).toBe(path));

  test("dots are resolved first", () => expect(nextPath("/account/../domains")).toBe("/domains"));
});

describe("anything that may lead elsewhere ends at /sources", () => {
  test.each([
    ["nothing", undefined],
    ["nothing typed", ""],
    ["two values", ["/a", "/b"]],
    ["a scheme", "https://evil.test/"],
    ["a scheme that runs", "javascript:alert(1)"],
    ["a scheme without slashes", "https:evil.test"],
    ["no scheme", "//evil.test"],
    ["three slashes", "///evil.test"],
    ["a backslash", "/\\evil.test"],
    ["backslashes only", "\\\\evil.test"],
    ["a tab between the slashes", "/\t/evil.test"],
    ["a line end between the slashes", "/\n/evil.test"],
    ["a NUL", "/\0/evil.test"],
    ["encoded slashes", "/%2fevil.test"],
    ["encoded twice at the start", "/%2F%2Fevil.test"],
    ["an encoded backslash", "/%5cevil.test"],
    ["an encoded tab", "/%09/evil.test"],
    ["a dot before the slashes", "/.//evil.test"],
    ["a folder left again", "/x/..//evil.test"],
    ["an encoded dot", "/%2e//evil.test"],
    ["a name and password", "@evil.test"],
    ["a relative path", "sources"],
    ["broken percent signs", "/%zz"],
    ["more than a page of it", `/${"a".repeat(2001)}`],
    ["the sign-in page itself", "/signin?next=/signin"],
    ["the sign-up page", "/signup"],
    ["the start page", "/"],
  ])("%s", (_what, asked) => expect(nextPath(asked)).toBe("/sources"));

  test("whatever is asked for, a browser that resolves the answer stays here", () => {
    const bait = fc.array(
      fc.constantFrom("/", "\\", ".", "..", "%2f", "%5c", "\t", "@", ":", "?", "#", "evil.test", "https"),
    );
    fc.assert(
      fc.property(bait, (parts) => {
        const path = nextPath(`/${parts.join("")}`);
        expect(new URL(path, "https://here.test").origin).toBe("https://here.test");
        expect(path).toMatch(/^\/(?![/\\])/);
      }),
    );
  });
});
