import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The least a secret may hold: 256 bits written as bytes (SPEC section 9). */
const MIN_BYTES = 32;

const PLACEHOLDER =
  /change.?me|example|placeholder|your.?(auth.?)?secret|password|supersecret|insert.?|replace.?|xxxx/i;
const KEYBOARD_RUN = /abcdefgh|12345678|qwertyui|asdfghjk/i;
const REPEATED = /^(.{1,32})\1+.{0,31}$/s;

/**
 * Why a secret from the environment can't be used, in words, or null when it can.
 * @param {string} secret
 * @returns {string | null}
 */
export function weakness(secret) {
  if (Buffer.byteLength(secret) < MIN_BYTES) return `must be at least ${MIN_BYTES} bytes long`;
  if (PLACEHOLDER.test(secret) || KEYBOARD_RUN.test(secret)) return "looks like an example; make one of your own";
  // 32 random hexadecimal digits hold 14 different ones on average, fewer than 8 once in a hundred million
  if (REPEATED.test(secret) || new Set(secret).size < 8) return "is too easy to guess; use random characters";
  return null;
}

/**
 * The secret local mode keeps in its data folder, made on first use.
 * Written under another name and then linked: two starts at once agree on one, and a crash leaves nothing half written.
 * @param {string} dataDir
 * @returns {string}
 */
export function keptSecret(dataDir) {
  const file = join(dataDir, "secret");
  const kept = readIfThere(file);
  if (kept !== null) return kept;

  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const draft = join(dataDir, `secret.${process.pid}.${randomBytes(4).toString("hex")}`);
  writeFileSync(draft, randomBytes(MIN_BYTES).toString("base64url"), { mode: 0o600, flush: true });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(file, "utf8");
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

/** @param {unknown} error */
const codeOf = (error) => (error instanceof Error && "code" in error ? error.code : undefined);
