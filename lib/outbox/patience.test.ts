import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { claimOf } from "@/lib/testing/claims";
import { startDeaf } from "@/lib/testing/deaf";
import { type Behaviour as OfResend, startResend } from "@/lib/testing/resend";
import { freePort } from "@/lib/testing/server";
import { type Moment, type Behaviour as OfServer, startSmtp } from "@/lib/testing/smtp";
import { resendTransport } from "./resend";
import { smtpTransport } from "./smtp";
import type { Transport } from "./transport";

// Each provider is waited for in real time, all of them at once.

const open: { close(): void }[] = [];
const opened = <T extends { close(): void }>(stand: T): T => {
  open.push(stand);
  return stand;
};
afterAll(() => {
  for (const { close } of open) close();
});

/** What became of one mail, and after how many milliseconds. */
const send = async (transport: Transport) => {
  const began = performance.now();
  const answer = await transport(claimOf(), new AbortController().signal);
  return { answer, ms: performance.now() - began };
};

const mute = (at: Moment): OfServer => ({ at, does: "silent" });
const resendAt = (port: string) => resendTransport({ apiKey: "re_test", baseUrl: `http://127.0.0.1:${port}` });
const smtpAt = (port: string) => smtpTransport({ url: `smtp://127.0.0.1:${port}` });

const throughResend = async (behaviour: OfResend) => {
  const stand = opened(await startResend());
  stand.next(behaviour);
  return { letGo: stand.letGo, transport: resendTransport({ apiKey: "re_test", baseUrl: stand.url }) };
};

const throughSmtp = async (behaviour: OfServer) => {
  const stand = opened(await startSmtp());
  stand.next(behaviour);
  return { letGo: stand.letGo, transport: smtpTransport({ url: stand.url }) };
};

describe.concurrent("an answer that takes twelve seconds is waited for", () => {
  test.each([
    ["Resend", () => throughResend("held")],
    ["a mail server", () => throughSmtp("held")],
  ])("from %s", { timeout: 30_000 }, async (_, start) => {
    const { letGo, transport } = await start();
    void sleep(12_000).then(letGo);
    const { answer, ms } = await send(transport);
    expect(answer).toMatchObject({ outcome: "sent", state: "sent" });
    expect(ms).toBeGreaterThan(11_500);
  });
});

describe.concurrent("after fifteen seconds without an answer", () => {
  test.each([
    ["Resend, which may have the mail, will hear the same again", () => throughResend("silent"), "lost", "queued"],
    ["a server that has not had the mail will", () => throughSmtp(mute("recipient")), "retry", "queued"],
    ["so will one that has not even greeted", () => throughSmtp(mute("greeting")), "retry", "queued"],
    ["a server that has the mail will not", () => throughSmtp(mute("end")), "lost", "unknown"],
  ] as const)("%s", { timeout: 30_000 }, async (_, start, outcome, state) => {
    const { transport } = await start();
    const { answer, ms } = await send(transport);
    expect(answer).toMatchObject({ outcome, state, reason: expect.stringContaining("did not answer") });
    expect(ms).toBeGreaterThan(14_500);
    expect(ms).toBeLessThan(17_000);
  });
});

const nobody = async () => String(await freePort());
const deaf = async () => String(opened(await startDeaf()).port);

describe.concurrent("where there is nobody, the mail is tried again", () => {
  test.each([
    ["refused, at once: Resend", nobody, resendAt, 0],
    ["refused, at once: a mail server", nobody, smtpAt, 0],
    ["silence, after three seconds: Resend", deaf, resendAt, 2_900],
    ["silence, after three seconds: a mail server", deaf, smtpAt, 2_900],
  ] as const)("%s", { timeout: 30_000 }, async (_, find, through, least) => {
    const { answer, ms } = await send(through(await find()));
    expect(answer).toMatchObject({ outcome: "retry", state: "queued", httpStatus: null });
    expect(answer.reason).toContain("could not be reached");
    expect(ms).toBeGreaterThanOrEqual(least);
    expect(ms).toBeLessThan(least + 2_000);
  });
});
