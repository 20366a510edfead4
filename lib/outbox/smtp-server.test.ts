import { once } from "node:events";
import { createServer } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { login, startSmtp } from "@/lib/testing/smtp";
import { NoReply } from "./post";
import { handOver, Refused, type SmtpServer, serverAt } from "./smtp-server";

type Stand = Awaited<ReturnType<typeof startSmtp>>;

const open: Stand[] = [];
const start = async (...options: Parameters<typeof startSmtp>) => {
  const smtp = await startSmtp(...options);
  open.push(smtp);
  return smtp;
};
afterEach(() => {
  for (const { close } of open.splice(0)) close();
});

const credentials = `${encodeURIComponent(login.user)}:${encodeURIComponent(login.password)}`;
const here = ({ port }: Stand, scheme = "smtp") => serverAt(`${scheme}://${credentials}@127.0.0.1:${port}`);
/** The same server, treated as one that is reached over a network. */
const elsewhere = (server: SmtpServer): SmtpServer => ({ ...server, tls: serverAt("smtp://mx.example.org").tls });

const letter = (bytes = "Subject: Hello\r\n\r\nHello.\r\n") => ({
  envelope: { from: "gate@example.org", to: ["ada@example.org"] },
  bytes: Buffer.from(bytes),
});
const send = (server: SmtpServer, what = letter()) => handOver(server, what, AbortSignal.timeout(5_000));

describe("an SMTP_URL", () => {
  test.each([
    ["smtp://mx.example.org", { host: "mx.example.org", port: 587, login: null }],
    ["smtps://mx.example.org", { host: "mx.example.org", port: 465, login: null }],
    ["smtp://[::1]:2525", { host: "::1", port: 2525, login: null }],
    ["smtp://a%40b:p%2F%3A@mx:25", { host: "mx", port: 25, login: { user: "a@b", pass: "p/:" } }],
  ])("%s names host, port, user and password", (url, expected) => expect(serverAt(url)).toMatchObject(expected));

  test.each(["smtp://mx.example.org", "smtp://localhost.example.org", "smtp://10.0.0.7", "smtp://mx"])(
    "%s asks for encryption before anything that matters is said",
    (url) => expect(serverAt(url).tls).toMatchObject({ requireTLS: true, tls: { rejectUnauthorized: true } }),
  );
});

describe("over a network", () => {
  test("a server that can't encrypt is told neither password nor mail", async () => {
    const smtp = await start({ hideSTARTTLS: true, disabledCommands: ["STARTTLS"], allowInsecureAuth: true });
    await expect(send(elsewhere(here(smtp)))).rejects.toThrow(Refused);
    expect(smtp.conversations).toMatchObject([{ login: null, to: [], bytes: null }]);
  });

  test("nor is one whose certificate nobody vouches for", async () => {
    const smtp = await start();
    const failure = await send(elsewhere(here(smtp))).catch((error) => error);
    expect(failure).toBeInstanceOf(NoReply);
    expect(failure).toMatchObject({ reached: false, message: expect.stringMatching(/certificate/i) });
    expect(smtp.conversations).toMatchObject([{ login: null, to: [], bytes: null }]);
  });
});

test("smtps is encrypted from the first byte", async () => {
  const smtp = await start({ secure: true });
  await send(here(smtp, "smtps"));
  expect(smtp.conversations).toMatchObject([{ secure: true, login: login.user, to: ["ada@example.org"] }]);
});

test("on this machine a server that can't encrypt gets the mail all the same", async () => {
  const smtp = await start({ hideSTARTTLS: true, disabledCommands: ["STARTTLS"], allowInsecureAuth: true });
  await send(here(smtp));
  expect(smtp.conversations).toMatchObject([{ secure: false, login: login.user }]);
});

test("a password that is configured is used or nothing is sent", async () => {
  const smtp = await start({ disabledCommands: ["AUTH"] });
  const failure = await send(here(smtp)).catch((error) => error);
  expect(failure).toBeInstanceOf(Refused);
  expect(failure.code).toBeGreaterThanOrEqual(500);
  expect(smtp.conversations).toMatchObject([{ login: null, to: [], bytes: null }]);
});

test("a connection that is refused was never reached", async () => {
  const smtp = await start();
  smtp.close();
  await expect(send(here(smtp))).rejects.toMatchObject({
    ...{ reached: false, message: "The mail server could not be reached (ECONNREFUSED)." },
  });
});

test("a server that is cut off amid the words has no mail", async () => {
  const smtp = await start();
  smtp.next({ at: "words", does: "hang-up" });
  await expect(send(here(smtp), letter(`Subject: Long\r\n\r\n${"word ".repeat(4_000_000)}`))).rejects.toMatchObject({
    reached: false,
  });
  expect(await smtp.mails()).toEqual([]);
});

test("a dot on a line of its own doesn't end a mail", async () => {
  const smtp = await start();
  await send(here(smtp), letter("Subject: Dots\r\n\r\none\r\n.\r\nMAIL FROM:<eve@evil.example>\r\n"));
  const [mail] = await smtp.mails();
  expect(mail?.text).toBe("one\n.\nMAIL FROM:<eve@evil.example>\n");
  expect(smtp.conversations).toHaveLength(1);
});

test("an answer that means nothing is none, and the mail may have been taken", async () => {
  const smtp = await start();
  smtp.next({ at: "end", code: 354, message: "Go on" });
  await expect(send(here(smtp))).rejects.toMatchObject({ reached: true });
});

test("what isn't a mail server is told nothing", async () => {
  const heard: string[] = [];
  const web = createServer((socket) => {
    socket.on("data", (said) => heard.push(String(said))).on("error", () => {});
    socket.end("HTTP/1.1 400 Bad Request\r\n\r\n");
  }).listen(0, "127.0.0.1");
  await once(web, "listening");
  const address = web.address();
  const port = typeof address === "object" ? address?.port : undefined;
  await expect(send(serverAt(`smtp://${credentials}@127.0.0.1:${port}`))).rejects.toMatchObject({ reached: false });
  web.close();
  expect(heard.join("")).not.toContain("AUTH");
});

test.each(["ada@example.org>\r\nRCPT TO:<eve@evil.example", "ada@example.org\nDATA"])(
  "%j is no recipient",
  async (to) => {
    const smtp = await start();
    await expect(send(here(smtp), { ...letter(), envelope: { from: "gate@example.org", to: [to] } })).rejects.toThrow();
    expect(smtp.conversations).toMatchObject([{ to: [], bytes: null }]);
  },
);
