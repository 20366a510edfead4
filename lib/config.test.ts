import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ConfigProblems, readConfig } from "./config.mjs";

const good = "q8Yw2-Zt7Kp_4mVb9XcRj3sLd6Fh0GnE5aUoTi1W";
const production = { APP_URL: "https://gate.example.org", AUTH_SECRET: good };
const webhookSecret = `whsec_${Buffer.alloc(24, 7).toString("base64")}`;
const smtp = { SMTP_URL: "smtp://mx.example.org", EMAIL_FROM: "gate@example.org", SUPPORT_EMAIL: "help@example.org" };
const mail = { RESEND_API_KEY: "re_live_1", EMAIL_FROM: "gate@example.org", SUPPORT_EMAIL: "help@example.org" };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gatehouse-config-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const read = (env: Record<string, string>) => readConfig({ DATA_DIR: folder, ...env });
const problems = (env: Record<string, string>) => {
  try {
    read(env);
  } catch (error) {
    if (error instanceof ConfigProblems) return error.problems;
    throw error;
  }
  return [];
};

describe("local mode", () => {
  test("an empty environment is local, listens on this machine and keeps mail", () => {
    const config = read({});
    expect(config).toMatchObject({ local: true, listen: "127.0.0.1", port: 3000, appUrl: "http://localhost:3000" });
    expect(config.mail.kind).toBe("mailbox");
  });

  test.each(["http://localhost:4000", "http://127.0.0.1:4000", "http://[::1]:4000", "https://localhost"])(
    "%s is this machine",
    (APP_URL) => expect(read({ APP_URL })).toMatchObject({ local: true, appUrl: APP_URL }),
  );

  test("a mail provider ends it, also on loopback", () =>
    expect(read({ ...mail, APP_URL: "http://localhost:3000", AUTH_SECRET: good })).toMatchObject({
      local: false,
      listen: "0.0.0.0",
      mail: { kind: "resend", from: "gate@example.org" },
    }));

  test("NODE_ENV plays no part", () => {
    expect(read({ NODE_ENV: "production" }).local).toBe(true);
    expect(read({ NODE_ENV: "development", ...production }).local).toBe(false);
  });

  test("a secret is made once, for its owner alone, and kept", () => {
    const first = read({}).secret;
    expect(first.length).toBeGreaterThanOrEqual(43);
    expect(read({}).secret).toBe(first);
    expect(readFileSync(join(folder, "secret"), "utf8")).toBe(first);
    expect(statSync(join(folder, "secret")).mode & 0o777).toBe(0o600);
  });

  test("a data folder that can't be written is said by name", () => {
    const DATA_DIR = join(folder, "file");
    writeFileSync(DATA_DIR, "");
    expect(problems({ DATA_DIR })).toEqual([expect.stringMatching(/^DATA_DIR: /)]);
  });
});

describe("production", () => {
  test("without a provider invitations are links", () => expect(read(production).mail).toEqual({ kind: "none" }));

  test("everything that is missing is named at once", () =>
    expect(problems({ RESEND_API_KEY: "re_1", PORT: "http" }).map((line) => line.split(":")[0])).toEqual([
      "APP_URL",
      "AUTH_SECRET",
      "EMAIL_FROM",
      "PORT",
      "SUPPORT_EMAIL",
    ]));

  test.each([
    ["too short", "q8Yw2-Zt7Kp_4mVb"],
    ["an example", "change-me-please-change-me-please-1234"],
    ["a run of the keyboard", "abcdefghijklmnopqrstuvwxyz0123456789"],
    ["a repetition", "Zt7Kp4mVZt7Kp4mVZt7Kp4mVZt7Kp4mVZt7Kp4mV"],
    ["few letters", "aabbccddeeffaabbccddeeffaabbccddeeffabca"],
  ])("a secret that is %s is refused without being shown", (_, AUTH_SECRET) => {
    const found = problems({ ...production, AUTH_SECRET });
    expect(found).toEqual([expect.stringMatching(/^AUTH_SECRET: /)]);
    expect(found.join()).not.toContain(AUTH_SECRET);
  });

  test("hexadecimal from openssl is good enough", () =>
    expect(problems({ ...production, AUTH_SECRET: "9f86d081884c7d659a2feaa0c55ad015" })).toEqual([]));

  test.each([
    "http://gate.example.org",
    "gate.example.org",
    "https://gate.example.org/app",
    "ftp://x",
    "https://u@x.org",
  ])("APP_URL %s is refused", (APP_URL) =>
    expect(problems({ ...production, APP_URL })).toEqual([expect.stringMatching(/^APP_URL: /)]),
  );
});

describe("a mail server", () => {
  test.each([
    "smtp://mx.example.org",
    "smtps://mx.example.org:465/",
    "smtp://127.0.0.1:2525",
    "smtp://[::1]:2525",
    "smtps://gate%40example.org:p%2Fa%3Ass@mx.example.org",
  ])("%s is where mail goes, and ends local mode", (SMTP_URL) =>
    expect(read({ ...production, ...smtp, SMTP_URL })).toMatchObject({
      local: false,
      mail: { kind: "smtp", url: SMTP_URL, from: "gate@example.org" },
    }),
  );

  test.each([
    ...["mx.example.org", "https://mx.example.org", "smtp:///", "smtp:mx", "smtp://mx:0", "smtp://a,b", "smtp://mx/x"],
    ...["smtp://mx?pool=true", "smtp://mx#x", "smtp://user@mx", "smtp://:secret@mx", "smtp://u:%zz@mx"],
    ...["smtp://u:%00@mx", "smtp://u:p%0d%0aQUIT@mx"],
  ])("%s is refused without being shown", (SMTP_URL) => {
    const found = problems({ ...production, ...smtp, SMTP_URL });
    expect(found).toEqual([expect.stringMatching(/^SMTP_URL: (must|has|needs)/)]);
    expect(found.join()).not.toContain(SMTP_URL);
  });

  test("needs a sender and a help contact, as production needs its own", () =>
    expect(problems({ SMTP_URL: smtp.SMTP_URL }).map((line) => line.split(":")[0])).toEqual([
      ...["APP_URL", "AUTH_SECRET", "EMAIL_FROM", "SUPPORT_EMAIL"],
    ]));

  test("is not taken beside Resend", () =>
    expect(problems({ ...production, ...mail, ...smtp })).toEqual([
      expect.stringMatching(/^SMTP_URL: .*RESEND_API_KEY/),
    ]));
});

describe("the secret of the webhook", () => {
  const other = `whsec_${Buffer.alloc(32, 9).toString("base64")}`;
  const resend = { ...production, ...mail };

  test("is none, one, or the new and the old", () => {
    expect(read(resend).webhookSecrets).toEqual([]);
    expect(read({ ...resend, RESEND_WEBHOOK_SECRET: webhookSecret }).webhookSecrets).toEqual([webhookSecret]);
    for (const between of [",", ", ", " "])
      expect(read({ ...resend, RESEND_WEBHOOK_SECRET: other + between + webhookSecret }).webhookSecrets).toEqual([
        ...[other, webhookSecret],
      ]);
  });

  test.each([
    ...["whsec_", "whsec_c2hvcnQ=", webhookSecret.slice(6), `${webhookSecret}!`, ","],
    ...[[webhookSecret, other, webhookSecret].join(), `${webhookSecret},whsec_x`],
  ])("%j is refused without being shown", (RESEND_WEBHOOK_SECRET) => {
    const found = problems({ ...resend, RESEND_WEBHOOK_SECRET });
    expect(found).toEqual([expect.stringMatching(/^RESEND_WEBHOOK_SECRET: must be the signing secret/)]);
    expect(found.join()).not.toContain(RESEND_WEBHOOK_SECRET.slice(6, 20) || "whsec_c2");
  });
});

describe("secrets in files", () => {
  const file = (content: string) => {
    const path = join(folder, "given");
    writeFileSync(path, content);
    return path;
  };

  test("are read without the line end an editor leaves", () =>
    expect(read({ APP_URL: production.APP_URL, AUTH_SECRET_FILE: file(`${good}\n`) }).secret).toBe(good));

  test("may be those that mail needs", () => {
    const { SMTP_URL: _, ...rest } = smtp;
    expect(read({ ...production, ...rest, SMTP_URL_FILE: file(`${smtp.SMTP_URL}\n`) }).mail.kind).toBe("smtp");
    const RESEND_WEBHOOK_SECRET_FILE = file(`${webhookSecret}\n${webhookSecret}\n`);
    expect(read({ ...production, ...mail, RESEND_WEBHOOK_SECRET_FILE }).webhookSecrets).toHaveLength(2);
  });

  test("are judged like any other", () =>
    expect(problems({ APP_URL: production.APP_URL, AUTH_SECRET_FILE: file("short") })).toEqual([
      expect.stringMatching(/^AUTH_SECRET: /),
    ]));

  test("are refused beside the variable, and when they can't be read", () => {
    expect(problems({ ...production, AUTH_SECRET_FILE: file(good) })).toEqual([expect.stringMatching(/twice/)]);
    expect(problems({ APP_URL: production.APP_URL, AUTH_SECRET_FILE: "/nowhere" })).toEqual([
      expect.stringMatching(/^AUTH_SECRET_FILE: /),
    ]);
  });
});

describe("hosts that sources may live on", () => {
  test("are any but this machine unless they are named", () => expect(read({}).sourceHosts).toBeNull());

  test("are read with and without a port, by name and by address", () =>
    expect(read({ SOURCE_HOSTS: "DB.example.org, 10.0.0.7:5433,::1,[::1]:5432, localhost" }).sourceHosts).toEqual([
      { host: "db.example.org", port: null },
      { host: "10.0.0.7", port: 5433 },
      { host: "::1", port: null },
      { host: "::1", port: 5432 },
      { host: "localhost", port: null },
    ]));

  test.each(["*", "db.example.org,", "postgres://db", "db:0", "db:65536", "db:port", "[db]:5432", "[::1", "a b"])(
    "%j is refused",
    (SOURCE_HOSTS) => expect(problems({ SOURCE_HOSTS })).toEqual([expect.stringMatching(/^SOURCE_HOSTS: /)]),
  );
});

describe("the demo", () => {
  test("is local, and its sources live on its own port alone", () =>
    expect(read({ DEMO_PORT: "5433" })).toMatchObject({
      ...{ local: true, listen: "127.0.0.1", databaseUrl: null, demo: { port: 5433 } },
      sourceHosts: [{ host: "127.0.0.1", port: 5433 }],
    }));

  test("is there only when it is asked for", () => expect(read({}).demo).toBeNull());

  const ofOnesOwn = {
    ...{ ...production, AUTH_SECRET_PREVIOUS: good, DATABASE_URL: "postgres://db/gatehouse", INVITES_PER_DAY: "0" },
    ...{ LISTEN: "0.0.0.0", RESEND_API_KEY: "re_1", RESEND_WEBHOOK_SECRET: webhookSecret, SIGNUP_MODE: "open" },
    ...{ SMTP_URL: "smtp://mx.example.org", SOURCE_HOSTS: "localhost" },
  };
  test.each(Object.entries(ofOnesOwn))("doesn't run beside %s, which is for a Gatehouse of one's own", (name, value) =>
    expect(problems({ DEMO_PORT: "5433", [name]: value })).toEqual([expect.stringContaining(`${name}: is for`)]),
  );

  test("nor where it comes from a file", () => {
    const AUTH_SECRET_FILE = join(folder, "given");
    writeFileSync(AUTH_SECRET_FILE, good);
    expect(problems({ DEMO_PORT: "5433", AUTH_SECRET_FILE })).toEqual([expect.stringMatching(/^AUTH_SECRET: is for/)]);
  });
});

test.each([
  ["RESEND_BASE_URL", "https://resend.example.org"],
  ["RESEND_WEBHOOK_SECRET", webhookSecret],
])("%s is not accepted and then ignored", (name, value) => {
  for (const env of [{}, { ...production, ...smtp }])
    expect(problems({ ...env, [name]: value })).toEqual([`${name}: needs RESEND_API_KEY beside it`]);
});

test("an empty variable is an unset one", () =>
  expect(read({ APP_URL: "", PORT: " ", DATABASE_URL: "" }).port).toBe(3000));

test("HOSTNAME, which containers set to their own name, is not where we listen", () =>
  expect(read({ HOSTNAME: "4f1c9a77e0b2" }).listen).toBe("127.0.0.1"));
