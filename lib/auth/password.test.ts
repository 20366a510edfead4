import { describe, expect, test } from "vitest";
import { refusePersonal, whyGuessable } from "./guessable";
import { hashPassword, passwordField, verifyPassword } from "./password";

const sentenceFor = (password: string) => passwordField.safeParse(password).error?.issues[0]?.message;

describe("a new password", () => {
  test.each([
    "harbour-plum-quilt",
    "correct horse battery staple",
    "пять синих слонов",
    "雪の上を歩く青い猫と犬がいる",
    "83920174659274",
    "   spaces around   ",
    "xxxxYz7!mQpL2w",
    "🦊🐢🦉🐙🦀🐝🦋🐳🦔🐿🦚🦜",
  ])("may be %s", (password) => expect(sentenceFor(password)).toBeUndefined());

  test("has 12 to 128 characters, counted as people count them", () => {
    expect(sentenceFor("")).toBe("Choose a password.");
    expect(sentenceFor("plumquilt-7")).toBe("Use at least 12 characters.");
    expect(sentenceFor("🦊🐢🦉🐙🦀🐝🦋🐳🦔🐿🦚")).toBe("Use at least 12 characters.");
    const long = "harbour plum quilt ".repeat(7).slice(0, 127);
    expect(sentenceFor(`${[...long].reverse().join("")}a`)).toBeUndefined();
    expect(sentenceFor(`${long}ab`)).toBe("Use at most 128 characters.");
  });

  test.each([
    "password1234",
    "P@ssw0rd2026!!",
    "passwordpassword",
    "Welcome-2026-!!",
    "qwertyuiop123",
    "1q2w3e4r5t6y",
    "123456789012",
    "abcdefghijkl",
    "zyxwvutsrqponm",
    "aaaaaaaaaaaa",
    "abcabcabcabcabc",
    "Gatehouse2026",
    "iloveyou12345",
    "letmeinletmein",
    "correcthorsebatterystaple",
    "adminadmin123!",
    "qwerty123456",
    "September2026!",
  ])("is refused when everybody tries it first: %s", (password) => expect(whyGuessable(password)).not.toBeNull());

  test("is refused when it is made of the person's own words", () => {
    const about = ["Ada Lovelace", "ada.lovelace@analytical.example", "Analytical Engines"];
    const refusal = {
      ok: false,
      refusal: { code: "invalid", errors: { password: expect.stringContaining("own name") } },
    };
    for (const own of ["AdaLovelace1815", "analytical-1815", "ada-lovelace-2026!", "analyticalengines"])
      expect(refusePersonal("password", own, about), own).toEqual(refusal);
    expect(refusePersonal("password", "ada keeps nine green parrots", about).ok).toBe(true);
    expect(refusePersonal("password", "harbour-plum-quilt", about).ok).toBe(true);
  });
});

describe("a kept password", () => {
  test("is known again, however its letters were composed, and no other is", async () => {
    const kept = await hashPassword("Zürich ist schön".normalize("NFD"));
    expect(kept).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
    expect(await verifyPassword(kept, "Zürich ist schön".normalize("NFC"))).toBe(true);
    expect(await verifyPassword(kept, "Zurich ist schon")).toBe(false);
  });

  test("an address nobody has is refused after as much work", async () => {
    const kept = await hashPassword("harbour-plum-quilt");
    const timed = async (hash: string | null) => {
      const start = performance.now();
      expect(await verifyPassword(hash, "harbour-plum-quill")).toBe(false);
      return performance.now() - start;
    };
    const least = async (hash: string | null) => Math.min(await timed(hash), await timed(hash), await timed(hash));
    expect((await least(null)) / (await least(kept))).toBeGreaterThan(0.5);
  });
});
