import pino from "pino";
import { config } from "@/lib/config.mjs";

/** A link is as good as a key for as long as it is valid. */
const TOKEN = /(?:\/|%2F)(join|reset-password|block)(?:\/|%2F)[^\s"'\\/?#&]+/gi;
/** Drizzle ends its message with every value of the statement: addresses, names, hashes. Seen as JSON, up to the stack. */
const VALUES = /\\nparams: (?:[^"\\]|\\.)*?(?=\\n {4}at |")/g;

/** A line of the log without tokens and without what people typed. */
const withoutSecrets = (line: string): string => line.replace(TOKEN, "/$1/…").replace(VALUES, "");

const describe = (error: Error) => ({
  type: error.name,
  message: error.message,
  stack: error.stack,
  ...("code" in error ? { code: error.code } : {}),
  ...(error.cause instanceof Error ? { cause: `${error.cause.name}: ${error.cause.message}` } : {}),
});

/** A logger that writes cleaned lines there. */
export function logTo(destination: pino.DestinationStream): pino.Logger {
  return pino({ base: null, serializers: { err: describe }, hooks: { streamWrite: withoutSecrets } }, destination);
}

const slot: { [key: symbol]: pino.Logger | undefined } = globalThis;
const key = Symbol.for("gatehouse.log");

// On globalThis: Next bundles pages and instrumentation apart, and the level is set once for both.
slot[key] ??= logTo(pino.destination(1));

/** The log of this process: one JSON object a line on standard output. */
export const log: pino.Logger = slot[key];

/**
 * Sets the level, which is not known while the product is being built, and sends through the log what Next and libraries
 * write to the console: they print whole errors, and here they are cleaned.
 */
export const openLog = (): void => {
  log.level = config().logLevel;
  console.error = (...said) => log.error(...entry(said));
  console.warn = (...said) => log.warn(...entry(said));
};

function entry(said: unknown[]): [{ err?: Error }, string] {
  const err = said.find((thing) => thing instanceof Error);
  const text = said.filter((thing) => typeof thing === "string" || typeof thing === "number").join(" ");
  return [err ? { err } : {}, text || err?.message || "Something that is neither words nor an error"];
}
