import { connect, type Socket } from "node:net";
import { Readable } from "node:stream";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import { isLoopback } from "@/lib/config/loopback.mjs";
import { NoReply } from "./post";
import { connectMs } from "./rules";

/** How long a server may take to part from us before the connection is dropped. */
const goodbyeMs = 1_000;

export type SmtpServer = Readonly<{
  host: string;
  port: number;
  tls: SMTPConnection.Options;
  login: SMTPConnection.Credentials | null;
}>;

/** Reads a checked SMTP_URL: `smtps` is encrypted from the first byte, `smtp` before anything is said that matters. */
export const serverAt = (smtpUrl: string): SmtpServer => {
  const { protocol, hostname, port, username, password } = new URL(smtpUrl);
  const secure = protocol === "smtps:";
  // Links travel here: in the clear only where they never leave the machine. There, certificates are often self-made.
  const loopback = isLoopback(hostname);
  return {
    host: hostname.replace(/^\[|\]$/g, ""),
    port: Number(port) || (secure ? 465 : 587),
    tls: { secure, requireTLS: !secure && !loopback, tls: { rejectUnauthorized: !loopback } },
    login: username ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) } : null,
  };
};

export type Letter = Readonly<{ envelope: SMTPConnection.Envelope; bytes: Buffer }>;

/** What a server said no to: its reply code, the command it was the reply to, and its words. */
export class Refused extends Error {
  constructor(
    readonly code: number,
    readonly command: string,
    said: string,
  ) {
    super(said);
  }
}

/**
 * Hands one mail over on a connection of its own, until the signal cuts it. Throws `Refused`, or `NoReply` when the server
 * fell silent: `reached` when it had the whole mail by then, for only the end of the words makes them a mail.
 */
export const handOver = async (server: SmtpServer, letter: Letter, signal: AbortSignal): Promise<void> => {
  const socket = await dial(server, signal);
  const { host, tls, login } = server;
  const connection = new SMTPConnection({ ...tls, host, connection: socket });
  const broken = new Promise<never>((_, reject) => {
    connection.on("error", reject).on("end", () => reject(new Error("The connection ended")));
  });
  broken.catch(() => {});
  const step = (run: (done: (error?: Error | null) => void) => void) =>
    Promise.race([broken, new Promise<void>((resolve, reject) => run((error) => (error ? reject(error) : resolve())))]);

  const words = Readable.from(piecesOf(letter.bytes));
  let handedOver = false;
  words.once("end", () => {
    handedOver = true;
  });
  try {
    await step((done) => connection.connect(done));
    if (login) await step((done) => connection.login({ credentials: login }, done));
    await step((done) => connection.send(letter.envelope, words, done));
  } catch (error) {
    throw asRefusal(error) ?? new NoReply(handedOver, signal.aborted ? silent : brokenOff(error));
  } finally {
    connection.quit();
    setTimeout(() => socket.destroy(), goodbyeMs).unref();
  }
};

const silent = "The mail server did not answer in time.";
const brokenOff = (error: unknown): string =>
  `The conversation with the mail server broke off: ${error instanceof Error ? error.message : error}.`;

/** As much as a connection takes at once, so that the last piece leaves when the others have. */
function* piecesOf(bytes: Buffer, length = 16_384) {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

/** The signal goes on to end the connection for as long as it lives. */
const dial = ({ host, port }: SmtpServer, signal: AbortSignal): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host, port, signal });
    const late = setTimeout(() => socket.destroy(new Error("no connection in time")), connectMs);
    const fail = (error: Error) => {
      clearTimeout(late);
      reject(new NoReply(false, `The mail server could not be reached${codeOf(error)}.`));
    };
    socket.once("error", fail);
    socket.once("connect", () => {
      clearTimeout(late);
      socket.off("error", fail);
      resolve(socket);
    });
  });

/**
 * Only a whole reply refuses anything. nodemailer gives the beginning of one, when the connection closes in the middle of
 * its line, as if it were the server's word; such an error, unlike every other with words of the server, is about the
 * connection (CONN) and not of a protocol (EPROTOCOL).
 */
const asRefusal = (error: unknown): Refused | null => {
  if (!(error instanceof Error) || !("responseCode" in error) || typeof error.responseCode !== "number") return null;
  if (error.responseCode < 400 || error.responseCode > 599) return null;
  const command = "command" in error ? String(error.command) : "";
  if (command === "CONN" && !("code" in error && error.code === "EPROTOCOL")) return null;
  const said = "response" in error ? String(error.response) : error.message;
  return new Refused(error.responseCode, command, oneLine(said));
};

const oneLine = (said: string): string => said.replace(/\p{Cc}+/gu, " ").trim();

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? ` (${error.code})` : "";
