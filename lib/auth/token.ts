import { type Purpose, sign, verify } from "./derive";

const idBytes = 16;
const macBytes = 32;

/** What a token says in the open: the id of a row, then `marks`, a byte each, for what else its kind needs. */
type Named = Readonly<{ id: string; marks: readonly number[] }>;

/**
 * A token for a link: id (16 bytes), marks and HMAC-SHA-256 (32 bytes), base64url. Null when the secret with that
 * fingerprint is gone.
 */
export const writeToken = (purpose: Purpose, { id, marks }: Named, fingerprint?: string): string | null => {
  const named = Buffer.concat([bytesOf(id), Buffer.from(marks)]);
  const mac = sign(purpose, named, fingerprint);
  return mac && Buffer.concat([named, mac]).toString("base64url");
};

/**
 * Reads a token with so many marks back; null unless it is genuine to the last bit, for the purpose that `purposeOf` its
 * marks is, and written in the one way we write it.
 */
export const readToken = (
  token: string,
  marked: number,
  purposeOf: (marks: readonly number[]) => Purpose | undefined,
): Named | null => {
  const bytes = Buffer.from(token, "base64url");
  const end = idBytes + marked;
  if (bytes.length !== end + macBytes || bytes.toString("base64url") !== token) return null;
  const marks = [...bytes.subarray(idBytes, end)];
  const purpose = purposeOf(marks);
  if (!purpose || !verify(purpose, bytes.subarray(0, end), bytes.subarray(end))) return null;
  return { id: idOf(bytes.subarray(0, idBytes)), marks };
};

/** A token out of an address, without what mail clients and people leave hanging on a link: a full stop, a bracket, a quote. */
export const asCopied = (part: string): string => /^[\w-]*/.exec(part)?.[0] ?? "";

/** The 16 bytes of a uuid. */
export const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll("-", ""), "hex");

const idOf = (bytes: Buffer): string =>
  bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
