import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { claimOf } from "@/lib/testing/claims";
import { smtpTransport } from "./smtp";

// A server that writes its very bytes, for the one of lib/testing ends every line it begins.

type Says = Partial<Record<"greeting" | "EHLO" | "MAIL" | "RCPT" | "DATA" | "words", string>>;

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

const usual = { greeting: "220 mx\r\n", EHLO: "250 mx\r\n", MAIL: "250 Ok\r\n", RCPT: "250 Ok\r\n" };
const takes: Required<Says> = { ...usual, DATA: "354 Go on\r\n", words: "250 Ok\r\n" };

/** Talks as usual up to what it says instead, which is its last word. */
const converse = (socket: Socket, says: Says) => {
  let heard = "";
  let words = false;
  const say = (at: keyof Says) => {
    heard = "";
    words = at === "DATA";
    const last = says[at];
    if (last === undefined) socket.write(takes[at]);
    else socket.end(last);
  };
  socket
    .on("error", () => {})
    .on("data", (piece) => {
      heard += piece.toString("latin1");
      if (!heard.endsWith(words ? "\r\n.\r\n" : "\r\n")) return;
      const command = heard.slice(0, 4);
      if (words) say("words");
      else if (command === "EHLO" || command === "MAIL" || command === "RCPT" || command === "DATA") say(command);
    });
  say("greeting");
};

/** What becomes of a mail to a server that parts with these words. */
const answerOf = async (says: Says) => {
  const server = createServer((socket) => converse(socket, says)).listen(0, "127.0.0.1");
  open.push(server);
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port");
  return smtpTransport({ url: `smtp://127.0.0.1:${address.port}` })(claimOf(), new AbortController().signal);
};

describe("a reply that breaks off amid its line, when the server has the whole mail, is none: the mail may have been taken", () => {
  test.each([
    ["a refusal", "554 5.7.1 refu"],
    ["a refusal for now", "451 4.7.1 Try aga"],
    ["a farewell", "421 4.3"],
    ["no more than a code", "554"],
    ["the second line of a refusal", "554-5.7.1 We refuse\r\n554 5.7.1 y"],
    ["a refusal whose last line is missing", "554-5.7.1 We refuse\r\n"],
    ["a yes", "250 2.0.0 O"],
    ["nothing at all", ""],
  ])("%s", async (_, words) => {
    const answer = await answerOf({ words });
    expect(answer).toMatchObject({ outcome: "lost", state: "unknown", refusesUs: false, holdSeconds: 0 });
  });
});

describe("one that breaks off before that refuses neither us nor the mail, which is tried again", () => {
  test.each<[string, Says]>([
    ["at the greeting", { greeting: "554 Go aw" }],
    ["at the sender", { MAIL: "553 5.7.1 Not yo" }],
    ["at the recipient", { RCPT: "550 5.1.1 No su" }],
    ["before the words", { DATA: "554 5.5.1 No val" }],
  ])("%s", async (_, says) => {
    const answer = await answerOf(says);
    expect(answer).toMatchObject({ outcome: "retry", state: "queued", refusesUs: false, holdSeconds: 0 });
  });
});

describe("a whole reply counts, though the server hangs up right after it", () => {
  test.each<[string, Says, object]>([
    ["a greeting that wants nothing from us", { greeting: "554 Go away\r\n" }, { state: "queued", refusesUs: true }],
    ["a recipient nobody knows", { RCPT: "550 5.1.1 No such user\r\n" }, { state: "failed", refusesUs: false }],
    ["words that look like spam", { words: "554 5.7.1 Spam\r\n" }, { state: "failed", refusesUs: false }],
    ["a refusal of two lines", { words: "554-5.7.1 Spam\r\n554 5.7.1 it is\r\n" }, { state: "failed" }],
    ["a farewell after the words", { words: "421 4.3.0 Going\r\n" }, { state: "queued", outcome: "retry" }],
    ["a yes", { words: "250 2.0.0 Ok\r\n" }, { state: "sent" }],
  ])("%s", async (_, says, expected) => expect(await answerOf(says)).toMatchObject(expected));
});
