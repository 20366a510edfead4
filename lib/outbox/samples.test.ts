import { beforeAll, describe, expect, test } from "vitest";
import { blocksOf, buttonsOf, hrefsOf, linksOf } from "@/lib/testing/letter";
import { type Cast, casts } from "./casts";
import { Mail } from "./mails";
import { kinds, type SampleMail, samples, writeSamples } from "./samples";

Object.assign(process.env, {
  APP_URL: "https://gatehouse.example.org",
  RESEND_API_KEY: "re_test",
  EMAIL_FROM: "invites@gatehouse.example.org",
  SUPPORT_EMAIL: "help@gatehouse.example.org",
});

// Where each mail leads, its token and the ids in it aside: these addresses in this order, whatever stands in names and messages.
const leadsTo: Record<Mail["kind"], readonly string[]> = {
  invitation: ["/join/TOKEN", "/block/TOKEN"],
  reminder: ["/join/TOKEN", "/block/TOKEN"],
  reset: ["/reset-password/TOKEN"],
  code: [],
  "already-registered": ["/signin", "/forgot-password"],
  "asked-again": ["/account/users/invite?in=ID"],
  "invites-ended": ["/account/users?status=history&in=ID"],
  "groups-left-out": ["/account/users?in=ID"],
  "invite-news": ["/account/users?in=ID"],
  "made-owner": ["/account/groups/ID?in=ID"],
  deactivated: [],
  "access-requested": ["/account/requests?in=ID"],
  "access-decided": ["/sources?in=ID"],
};

const bait = "evil.de <b>x</b> [x](https://evil.example) www.evil.example";
const person = (address: string) => ({
  name: `A\u202e\u200b\u0007da\r\nBcc: eve@evil.example, ${bait}`,
  email: address,
});
const hostile: Cast = {
  ...casts.usual,
  title: "Hostile names",
  organization: `Acme"\r\n\u2028<script>1</script> ${bait}`,
  reader: person("reader@example.org"),
  actor: person("actor@example.org"),
  other: person("other@example.org"),
  groups: [bait, `<img src=x>\n${bait}`],
  lets: `See ${bait} <a href="https://evil.example">this</a>`,
  message: `${bait} <a href="https://evil.example">press</a>\nhttps://evil.example/join/TOKEN javascript:alert(1)\u0000`,
};

const all = kinds.flatMap((kind) => Object.values({ ...casts, hostile }).map((cast) => ({ kind, cast })));

describe.each(all)("$kind with $cast.title", ({ kind, cast }) => {
  let mails: SampleMail[] = [];
  beforeAll(async () => {
    mails = await writeSamples(kind, cast);
    expect(mails.length).toBeGreaterThan(0);
  });

  test("is a mail as the outbox keeps it", () => {
    for (const mail of Object.values<Mail>(samples[kind](cast))) expect(Mail.parse(mail)).toEqual(mail);
  });

  test("leads where it should and nowhere else, by the same links in both parts, the first on the button and written out", () => {
    for (const { html, text } of mails.map(({ message }) => message)) {
      const links = linksOf(text);
      expect(links.map(withoutIds)).toEqual(leadsTo[kind]);
      expect(new Set(hrefsOf(html))).toEqual(new Set(links));
      const [first] = links;
      expect(buttonsOf(html)).toEqual(first ? [first] : []);
      if (first) expect(blocksOf(html)).toContain(`Or open this link: ${first}`);
    }
  });

  test("has nothing in it that a mail program makes another link of", () => {
    for (const { html, text } of mails.map(({ message }) => message)) {
      const ours = [...linksOf(text), "https://gatehouse.example.org"];
      for (const part of [text, blocksOf(html).join("\n")]) {
        const rest = ours.reduce((left, link) => left.replaceAll(link, ""), part).replace(/\S+@\S+\.\w+/g, "");
        expect(rest).not.toMatch(/[a-z][a-z\d+.-]*:[/\\\p{L}]|[^\s.][.。．｡]\p{L}/iu);
      }
    }
  });

  test("loads nothing, runs nothing, and shows markup as it was typed", () => {
    for (const { html } of mails.map(({ message }) => message)) {
      expect(html).not.toMatch(
        /<(img|link|script|iframe|b|form|svg|video|object)\b|url\(|@import|<[^>]*\s(src|on\w+)=/i,
      );
    }
  });

  test("says the same in both parts, and the plain one reads as a letter", () => {
    for (const { html, text } of mails.map(({ message }) => message)) {
      const [from = "", , ...blocks] = blocksOf(html);
      const letter = text.split("\n").map(plain).filter(Boolean);
      const words = letter.join(" ");
      for (const block of blocks) expect(words).toContain(plain(block.replace("Or open this link: ", "")));
      const shown = [from, ...blocks].map(plain).join(" ");
      const [hello] = letter.filter((line) => /^Hello( .+)?,$/.test(line));
      expect(hello).toBeDefined();
      expect(letter.at(-1)).toBe(from === "Gatehouse" ? from : `${from} via Gatehouse`);
      for (const line of letter.slice(0, -1))
        if (line !== "Hello," && !line.startsWith("https:")) expect(shown).toContain(line.replace(/:$/, ""));
    }
  });

  test("names whom to ask for help", () => {
    for (const { html, text } of mails.map(({ message }) => message))
      for (const part of [html, text]) expect(part).toContain("help@gatehouse.example.org");
  });

  test("says its language, direction and subject, and that it knows the dark", () => {
    for (const { html, subject } of mails.map(({ message }) => message)) {
      expect(html).toMatch(/<html (?=[^>]*dir="ltr")(?=[^>]*lang="en")/);
      expect(html).toContain('<meta name="color-scheme" content="light dark"/>');
      expect(html).toContain('<meta name="supported-color-schemes" content="light dark"/>');
      expect(html).toContain("@media (prefers-color-scheme: dark)");
      expect(html.match(/<title>/g)).toHaveLength(1);
      expect(/<title>(.+)<\/title>/.exec(html)?.[1]?.replaceAll(" ", "")).toBe(escaped(subject).replaceAll(" ", ""));
    }
  });

  test("weighs less than 100 kB", () => {
    for (const { html, text } of mails.map(({ message }) => message))
      expect(Buffer.byteLength(html) + Buffer.byteLength(text)).toBeLessThan(100_000);
  });

  test("has no character that can't be seen, and headers that nobody's name can end, with one address to answer to", () => {
    for (const { subject, from, replyTo, text } of mails.map(({ message }) => message)) {
      expect(text).not.toMatch(/[^\P{Cc}\n]|[\p{Zl}\p{Zp}\u200b\u202e]/u);
      for (const header of [subject, from]) expect(header).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}\u200b\u202e]+$/u);
      expect(from).toMatch(/^"(\\.|[^"\\])+" <invites@gatehouse\.example\.org>$/);
      expect(replyTo).toMatch(/^[^\s,<>]+@[^\s,<>]+$/);
    }
  });
});

test.each(kinds)("%s goes to one address: one that begins another header or names a second is refused", (kind) => {
  for (const mail of Object.values<Mail>(samples[kind](casts.usual)))
    for (const to of ["a@x.org\r\nBcc: b@x.org", "a@x.org\nSubject: x", "a@x.org,b@x.org", "A <a@x.org>", "a@x.org "])
      expect(Mail.safeParse({ ...mail, to }).success).toBe(false);
});

/** A link as `leadsTo` writes it. */
const withoutIds = (link: string): string =>
  link
    .replace("https://gatehouse.example.org", "")
    .replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, "ID")
    .replace(/[\w-]{40,}/, "TOKEN");

/** A line of either part without what only marks it as quoted or listed. */
const plain = (line: string): string =>
  line
    .replace(/^[>•-]( |$)/, "")
    .replace(/\s+/g, " ")
    .trim();

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
