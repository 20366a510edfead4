import { done, invalid, type Result } from "@/lib/result";
import { commonPhrases, commonWords } from "./common-words";

const known = "This is one of the first passwords that are tried. Choose another.";
const patterned = "This repeats or counts in a way that is easy to guess. Choose another.";
const personal = "Leave out your own name, address and organization: they are tried first.";

const leet: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
  "!": "i",
};
const unleet = (text: string) => text.replace(/[013457@$!]/g, (sign) => leet[sign] ?? sign);
const letters = (text: string) => text.replace(/[^\p{L}\p{M}]/gu, "");

/** Ways to type on without thinking; followed forwards or backwards. */
const walks = [
  "abcdefghijklmnopqrstuvwxyz",
  "01234567890123456789012345678901234567890",
  "qwertyuiopasdfghjklzxcvbnm",
  "qwertzuiopasdfghjklyxcvbnm",
  "1q2w3e4r5t6y7u8i9o0p",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
  "!@#$%^&*()",
];
const allWalks = walks.flatMap((walk) => [walk, [...walk].reverse().join("")]);

/** Whether it is a walk along the keyboard or the alphabet, or up to three of them, each of four steps or more. */
const isWalk = (text: string): boolean => {
  let rest = text;
  for (let part = 0; part < 3 && rest.length > 0; part += 1) {
    let length = rest.length;
    while (length >= 4 && !allWalks.some((walk) => walk.includes(rest.slice(0, length)))) length -= 1;
    if (length < 4) return false;
    rest = rest.slice(length);
  }
  return rest.length === 0;
};

/** Whether it is one short piece over and over, or has hardly any different characters. */
const isRepetition = (text: string): boolean => /^(.{1,6}?)\1+.{0,5}$/su.test(text) || new Set(text).size < 5;

/** Whether little but these words is in it: four letters or fewer remain when they and everything but letters are gone. */
const isMadeOf = (text: string, words: readonly string[]): boolean => {
  const longestFirst = [...words].filter((word) => word.length >= 3).sort((a, b) => b.length - a.length);
  return [text, unleet(text)].map(letters).some((spelled) => {
    const rest = longestFirst.reduce((left, word) => left.replaceAll(word, ""), spelled);
    return rest !== spelled && [...rest].length <= 4;
  });
};

/** Why a password is among the first to be tried, whoever's it is; null when it isn't. */
export const whyGuessable = (password: string): string | null => {
  const text = password.toLowerCase();
  if (isRepetition(text) || isWalk(text)) return patterned;
  if (commonPhrases.includes(text) || isMadeOf(text, commonWords)) return known;
  return null;
};

/** Refuses, in `field`, a password made of what is known about a person: their name, address, organization. */
export const refusePersonal = (field: string, password: string, about: readonly string[]): Result<null> => {
  const own = about.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{M}]+/u));
  const joined = about.map((text) => letters(text.toLowerCase()));
  return isMadeOf(password.toLowerCase(), [...own, ...joined, ...commonWords]) ? invalid(field, personal) : done(null);
};
