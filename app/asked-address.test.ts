import { expect, test } from "vitest";
import { askedAddress } from "./asked-address";

const asked = (address: string, params: Record<string, string>, searchParams: Record<string, string | string[]>) =>
  askedAddress(address, { params: Promise.resolve(params), searchParams: Promise.resolve(searchParams) });

test("an address comes back with its parts and its query", async () => {
  expect(await asked("/account/users", {}, {})).toBe("/account/users");
  expect(await asked("/account/users", {}, { q: "a d&a", in: "x", status: ["all", "b"] })).toBe(
    "/account/users?q=a+d%26a&in=x&status=all&status=b",
  );
  expect(await asked("/account/users/[user]", { user: "1/2?" }, {})).toBe("/account/users/1%2F2%3F");
});
