import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { databaseOf, dataFolder, freePort, type Server, startServer } from "@/lib/testing/server";
import { login, startSmtp } from "@/lib/testing/smtp";
import { formWith, textOf, Visitor } from "@/lib/testing/visitor";

// The product as an operator with a mail server runs it, from the setup code to a member who joined by a mail.
const smtp = await startSmtp();
const data = dataFolder();
const password = "four quiet garden gates";
let server: Server;
let printedBefore: string;

beforeAll(async () => {
  const port = String(await freePort());
  const { user, password } = login;
  server = await startServer({
    ...{ DATA_DIR: data.folder, PORT: port, APP_URL: `http://localhost:${port}`, LISTEN: "127.0.0.1" },
    ...{ AUTH_SECRET: "9f86d081884c7d659a2feaa0c55ad0159f86d081", LOG_LEVEL: "info" },
    SMTP_URL: `smtp://${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:${smtp.port}`,
    ...{ EMAIL_FROM: "invites@gatehouse.example.org", SUPPORT_EMAIL: "help@gatehouse.example.org" },
  });
  printedBefore = server.printed();
}, 120_000);
afterAll(async () => {
  await server.stop();
  smtp.close();
  data.forget();
});

/** The newest mail that the server has taken for an address. */
const mailTo = async (address: string) => {
  for (const began = Date.now(); Date.now() - began < 15_000; await sleep(50)) {
    const mail = (await smtp.mails()).findLast(({ to }) => JSON.stringify(to).includes(`"${address}"`));
    if (mail) return mail;
  }
  throw new Error(`No mail to ${address}`);
};

test("somebody sets it up by a mailed code, invites, and whoever was invited joins by the mail", async () => {
  const olive = new Visitor(server.url);
  const asked = await olive.post("/signup", formWith((await olive.get("/signup")).html, "setupCode"), {
    setupCode: /(?:[A-Z2-9]{4}-){3}[A-Z2-9]{4}/.exec(printedBefore)?.[0] ?? "",
    ...{ organizationName: "Acme Ltd", name: "Olive Owner", email: "olive@example.org", password },
  });
  const code = /\b\d{6}\b/.exec((await mailTo("olive@example.org")).text ?? "")?.[0] ?? "";
  const page = new URL(asked.url).pathname;
  const landed = await olive.post(page, formWith(asked.html, "code"), { code });
  expect(landed.html).toContain("Sign out");

  expect(await olive.invite("ada@example.org")).toContain("invites@gatehouse.example.org");
  const mail = await mailTo("ada@example.org");
  expect(mail.subject).toBe("Olive Owner invited you to join Acme Ltd");
  expect(mail.from?.value).toEqual([{ name: "Acme Ltd via Gatehouse", address: "invites@gatehouse.example.org" }]);
  expect(mail.replyTo?.value).toMatchObject([{ address: "olive@example.org" }]);
  const link = new RegExp(`${server.url}/join/[\\w.~-]+`);
  const [path] = link.exec(mail.text ?? "") ?? [""];
  expect(mail.html).toContain(`href="${path}"`);

  const ada = new Visitor(server.url);
  const join = new URL(path).pathname;
  const joined = await ada.post(join, formWith((await ada.get(join)).html, "password"), {
    ...{ name: "Ada Lovelace", password },
  });
  expect(textOf(joined.html)).toContain("No access yet");
  expect(textOf((await olive.get("/account/users")).html)).toContain("ada@example.org");

  const sql = databaseOf(data.folder);
  const states = await sql`select kind, state from outbox where to_email = 'ada@example.org'`;
  await sql.end();
  expect(states).toEqual([{ kind: "invitation", state: "sent" }]);
});

test("what it prints names neither the mail server's password nor a link", () => {
  const printed = server.printed();
  expect(printed).not.toContain(login.password);
  expect(printed).not.toContain(encodeURIComponent(login.password));
  expect(printed).not.toMatch(/\/join\/[\w.~-]+/);
});
