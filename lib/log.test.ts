import { DrizzleQueryError } from "drizzle-orm/errors";
import type pino from "pino";
import { expect, test } from "vitest";
import { logTo } from "./log";

/** What the product's log writes. */
const written = (write: (log: pino.Logger) => void) => {
  let line = "";
  write(
    logTo({
      write: (text) => {
        line += text;
      },
    }),
  );
  return line;
};

test.each(["join", "reset-password", "block"])("a /%s/ link loses its token, wherever it stands", (page) => {
  const line = written((log) =>
    log.info({ url: `https://gate.example.org/${page}/Abc_-123?in=7` }, `GET /${page}/Abc_-123`),
  );
  expect(line).not.toContain("Abc_-123");
  expect(line).toContain(`/${page}/…?in=7`);
});

test("a link to come back to, inside another address, loses its token too", () => {
  const line = written((log) => log.info({ url: "/signin?next=%2Fjoin%2FAbc_-123&after=reset" }, "GET"));
  expect(line).not.toContain("Abc_-123");
  expect(line).toContain("&after=reset");
});

test("a failed statement is logged without what people typed", () => {
  const failed = new DrizzleQueryError(
    "insert into users values ($1, $2)",
    ["ada@example.org", 'two "quoted"\nlines'],
    new Error("down"),
  );
  const line = written((log) => log.error(failed));
  expect(line).toContain("insert into users");
  expect(line).toContain("log.test.ts");
  expect(line).not.toMatch(/ada@example|two|quoted|lines/);
  expect(JSON.parse(line)).toBeTruthy();
});
