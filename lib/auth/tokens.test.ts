import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { ChallengeId, InvitationId, SessionId, UserId } from "@/db/schema/ids";
import { type Channel, readToken, tokenFor } from "@/lib/invitations/token";
import { browserWords } from "./browser-words";
import { codeFor, readResetToken, resetToken } from "./challenges";
import { deviceMark, readDeviceMark } from "./device";
import { ticketFor } from "./session-rows";
import { isSetupCode, setupCode } from "./setup";

const newId = <Id extends string>() => randomUUID() as Id; // a uuid of no table

describe("a reset token", () => {
  const id = newId<ChallengeId>();
  const token = resetToken(id) ?? "";

  test("is read back to its challenge", () => {
    expect(token).toMatch(/^[\w-]{64}$/);
    expect(readResetToken(token)).toBe(id);
  });

  test("is worth nothing with any character changed, cut or added", () => {
    for (let at = 0; at < token.length; at += 1) {
      const other = token[at] === "A" ? "B" : "A";
      expect(readResetToken(token.slice(0, at) + other + token.slice(at + 1))).toBeNull();
    }
    for (const bent of ["", token.slice(1), `${token}A`, `${token}=`, ` ${token}`, token.slice(0, -1)])
      expect(readResetToken(bent)).toBeNull();
  });

  test("is no join link, no ticket and no device mark, nor are they one", () => {
    expect(readResetToken(tokenFor(newId<InvitationId>(), "email") ?? "")).toBeNull();
    expect(readResetToken(ticketFor(newId<SessionId>()))).toBeNull();
    expect(readDeviceMark(token)).toBeNull();
  });

  test("can't be made with a secret that is gone", () => expect(resetToken(id, "0000000000000000")).toBeNull());
});

describe("the token of a join link", () => {
  const id = newId<InvitationId>();
  const channels: readonly Channel[] = ["email", "link", "code"];
  const tokens = channels.map((channel) => tokenFor(id, channel) ?? "");

  test.each(channels)("by %s is read back to its invitation and the way it travels", (channel) => {
    expect(readToken(tokenFor(id, channel) ?? "")).toEqual({ id, channel });
  });

  test("is worth nothing with any character changed, cut or added", () => {
    for (const token of tokens) {
      for (let at = 0; at < token.length; at += 1) {
        const other = token[at] === "A" ? "B" : "A";
        expect(readToken(token.slice(0, at) + other + token.slice(at + 1))).toBeNull();
      }
      for (const bent of ["", token.slice(1), `${token}A`, `${token}=`, ` ${token}`, token.slice(0, -1)])
        expect(readToken(bent)).toBeNull();
    }
  });

  test("can't be made into that of another way: a copied link never becomes one that proves the mailbox", () => {
    for (const token of tokens) {
      const bytes = Buffer.from(token, "base64url");
      for (let mark = 0; mark < 256; mark += 1) {
        const bent = Buffer.from(bytes);
        bent[16] = mark; // after the 16 bytes of the id
        expect(readToken(bent.toString("base64url")) === null).toBe(mark !== bytes[16]);
      }
    }
  });

  test("is that of no other invitation, and no reset link", () => {
    const [mailed = ""] = tokens;
    const others = Buffer.from(tokenFor(newId<InvitationId>(), "email") ?? "", "base64url");
    const grafted = Buffer.concat([others.subarray(0, 17), Buffer.from(mailed, "base64url").subarray(17)]);
    expect(readToken(grafted.toString("base64url"))).toBeNull();
    expect(readToken(resetToken(newId<ChallengeId>()) ?? "")).toBeNull();
    expect(readResetToken(mailed)).toBeNull();
  });
});

describe("a one-time code", () => {
  test("has six digits, its own for each challenge and purpose, and the same each time", () => {
    const ids = Array.from({ length: 200 }, () => newId<ChallengeId>());
    const codes = ids.map((id) => codeFor(id, "sign-up"));
    for (const code of codes) expect(code).toMatch(/^\d{6}$/);
    expect(new Set(codes).size).toBeGreaterThan(190);
    expect(codeFor(ids[0] ?? newId(), "sign-up")).toBe(codes[0]);
    expect(ids.filter((id, n) => codeFor(id, "sudo") === codes[n]).length).toBeLessThan(3);
  });
});

test("the setup code is taken however it is typed, and nothing else is", () => {
  expect(setupCode()).toMatch(/^(?:[A-Z2-9]{4}-){3}[A-Z2-9]{4}$/);
  expect(isSetupCode(setupCode())).toBe(true);
  expect(isSetupCode(` ${setupCode().toLowerCase().replaceAll("-", " ")} `)).toBe(true);
  for (const wrong of ["", "AAAA-AAAA-AAAA-AAAA", setupCode().slice(1), `${setupCode()}A`])
    expect(isSetupCode(wrong)).toBe(false);
});

test("a device mark names its person and browser, and can't be made up or handed on", () => {
  const [ada, bob] = [newId<UserId>(), newId<UserId>()];
  const mark = deviceMark(ada);
  expect(readDeviceMark(mark)).toEqual({ userId: ada, device: expect.stringMatching(/^[\w-]{22}$/) });
  expect(readDeviceMark(mark.replace(ada, bob))).toBeNull();
  expect(readDeviceMark("")).toBeNull();
  expect(deviceMark(ada)).not.toBe(mark);
});

test.each([
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Windows"],
  [
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    "Chrome on Linux",
  ],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
    "Edge on Windows",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
    "Safari on iPhone",
  ],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
    "Safari on Mac",
  ],
  ["curl/8.0", "Unknown browser"],
  ["", "Unknown browser"],
])("a browser is told in words: %s", (userAgent, words) => expect(browserWords(userAgent)).toBe(words));
