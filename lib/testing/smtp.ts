import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from "smtp-server";
import { afterAll } from "vitest";

/** Where in a conversation: the greeting, user and password, sender, recipient, amid the words, or when all have come. */
export type Moment = "greeting" | "login" | "sender" | "recipient" | "words" | "end";

/**
 * What the server does in one conversation: take the mail, take it `slow`ly (after 300 ms), take it and say so when it is
 * let go (`held`), or at some moment refuse, say no more (`silent`), or `hang-up`. What happens at the `end` happens to a
 * mail that it has taken.
 */
export type Behaviour =
  | "accept"
  | "slow"
  | "held"
  | { at: Moment; code: number; message: string }
  | { at: Moment; does: "silent" | "hang-up" };

/** One conversation: who logged in, for whom mail was, and the mail as it came, if it came whole. */
export type Conversation = { secure: boolean; login: string | null; from: string; to: string[]; bytes: Buffer | null };

export const login = { user: "gate@example.org", password: "p/a:s s" };

const certificate = readFileSync(join(process.cwd(), "lib/testing/localhost.pem"));

class Reply extends Error {
  constructor(
    readonly responseCode: number,
    message: string,
  ) {
    super(message);
  }
}

/** A mail server on loopback that behaves as scripted by `next`, one conversation after the other, and then accepts. */
export const startSmtp = async (options: SMTPServerOptions = {}) => {
  const script: Behaviour[] = [];
  const conversations: Conversation[] = [];
  const taken: Conversation[] = [];
  const held: (() => void)[] = [];
  const open = new Map<string, { behaviour: Behaviour; talk: Conversation }>();

  const of = ({ id }: SMTPServerSession) => {
    const known = open.get(id);
    if (known) return known;
    const talk: Conversation = { secure: false, login: null, from: "", to: [], bytes: null };
    const begun = { behaviour: script.shift() ?? "accept", talk };
    open.set(id, begun);
    conversations.push(talk);
    return begun;
  };

  /** Goes on with the conversation as it is scripted for this moment. */
  const answer = (moment: Moment, session: SMTPServerSession, goOn: (refusal?: Error | null) => void): void => {
    const { behaviour } = of(session);
    if (behaviour === "slow" && moment === "end") void sleep(300).then(() => goOn());
    else if (behaviour === "held" && moment === "end") held.push(goOn);
    else if (typeof behaviour === "string" || behaviour.at !== moment) goOn();
    else if ("code" in behaviour) goOn(new Reply(behaviour.code, behaviour.message));
    else if (behaviour.does === "hang-up")
      for (const { id, _socket } of server.connections) if (id === session.id) _socket.destroy();
  };

  const server = new SMTPServer({
    ...{ key: certificate, cert: certificate, disableReverseLookup: true, authOptional: true, logger: false },
    onConnect: (session, goOn) => answer("greeting", session, goOn),
    onAuth: ({ username, password }, session, goOn) => {
      of(session).talk.login = username ?? null;
      const right = username === login.user && password === login.password;
      answer("login", session, (refusal) =>
        goOn(refusal ?? (right ? null : new Reply(535, "5.7.8 Authentication failed")), { user: username }),
      );
    },
    onMailFrom: ({ address }, session, goOn) => {
      of(session).talk.from = address;
      answer("sender", session, goOn);
    },
    onRcptTo: ({ address }, session, goOn) => {
      of(session).talk.to.push(address);
      answer("recipient", session, goOn);
    },
    onData: async (stream, session, goOn) => {
      const { behaviour, talk } = of(session);
      const parts: Buffer[] = [];
      stream.once("data", () => answer("words", session, () => {}));
      try {
        for await (const part of stream) parts.push(part);
      } catch {
        return; // cut off: there is no mail
      }
      talk.secure = session.secure;
      talk.bytes = Buffer.concat(parts);
      const refuses = typeof behaviour === "object" && "code" in behaviour && behaviour.at === "end";
      if (!refuses) taken.push(talk);
      answer("end", session, goOn);
    },
    ...options,
  });
  server.on("error", () => {}); // a connection that was cut: what becomes of its mail is what tests are about
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const address = server.server.address();
  if (address === null || typeof address === "string") throw new Error("The mail server has no port");

  return {
    port: address.port,
    url: `smtp://127.0.0.1:${address.port}`,
    conversations,
    /** Every mail it has taken, as its bytes and as a mail program reads it. */
    mails: (): Promise<(ParsedMail & { raw: string })[]> =>
      Promise.all(taken.map(async ({ bytes }) => ({ ...(await simpleParser(bytes ?? "")), raw: String(bytes) }))),
    next: (...behaviours: Behaviour[]) => void script.push(...behaviours),
    /** Says of what it has held that it took it. */
    letGo: () => {
      for (const say of held.splice(0)) say();
    },
    forget: () => {
      for (const list of [script, conversations, taken]) list.length = 0;
    },
    close: () => {
      for (const { _socket } of server.connections) _socket.destroy();
      server.close();
    },
  };
};

/** Starts the server and configures this process to send through it. Called at the top of a test file, before anything else. */
export const throughSmtp = async () => {
  const smtp = await startSmtp();
  afterAll(smtp.close);
  const { user, password } = login;
  Object.assign(process.env, {
    APP_URL: "https://gatehouse.example.org",
    SMTP_URL: `smtp://${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:${smtp.port}`,
    EMAIL_FROM: "invites@gatehouse.example.org",
    SUPPORT_EMAIL: "help@gatehouse.example.org",
  });
  return smtp;
};
