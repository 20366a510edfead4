import { mostNamed } from "@/emails/words";
import { type Gathered, newsKind } from "./gathered-mails";
import type { Mail, MailOf } from "./mails";

/** Of deactivations a mail tells fewer: each names up to twenty addresses itself. */
const mostDeactivations = 5;

/**
 * A gathered mail with what another of its kind has told before it, as it is kept: of each sort of thing as many as a mail
 * ever names, and how many more there were. So it stays as small while ten thousand invitations bounce in a day, and the
 * last of them costs no more than the first.
 */
export const together = (added: Gathered, waiting: Mail | null): Gathered => {
  const mails = [waiting, added];
  switch (added.kind) {
    case "asked-again": {
      const both = mails.filter((mail) => mail?.kind === "asked-again");
      const { held, rest } = firstOf([...new Set(both.flatMap(({ asked }) => asked))], mostNamed);
      const times = new Map(both.flatMap(({ askedAt }) => Object.entries(askedAt ?? {})));
      const askedAt = Object.fromEntries([...times].filter(([email]) => held.includes(email)));
      return { ...added, asked: held, askedAt, more: sum(both.map(({ more }) => more)) + rest.length };
    }
    case "invites-ended": {
      const both = mails.filter((mail) => mail?.kind === "invites-ended");
      const { held, rest } = firstOf(
        both.flatMap(({ ended }) => ended),
        mostDeactivations,
      );
      const members = sum(both.map(({ more }) => more?.members)) + rest.length;
      const invites = sum([...both.map(({ more }) => more?.invites), ...rest.map((each) => each.invites)]);
      return { ...added, ended: held, more: { members, invites } };
    }
    case "groups-left-out": {
      const both = mails.filter((mail) => mail?.kind === "groups-left-out");
      // What the mail says of all of them in one sentence stays true of those it no longer holds.
      const { held, rest } = firstOf(
        both.flatMap(({ joined }) => joined),
        mostNamed,
        ({ without, deleted, vouchedBy }) => [without.length > 0, deleted.length > 0, vouchedBy === undefined].join(),
      );
      return { ...added, joined: held, more: sum(both.map(({ more }) => more)) + rest.length };
    }
    case "invite-news": {
      const both = mails.filter((mail) => mail?.kind === "invite-news");
      const { held, rest } = firstOf(
        both.flatMap(({ news }) => news),
        mostNamed,
        ({ what }) => what,
      );
      const more: MailOf<"invite-news">["more"] = {};
      for (const kind of newsKind.options) {
        const others = sum(both.map((mail) => mail.more?.[kind])) + rest.filter(({ what }) => what === kind).length;
        if (others > 0) more[kind] = others;
      }
      return { ...added, news: held, more };
    }
  }
};

const sum = (counts: readonly (number | undefined)[]): number =>
  counts.reduce<number>((all, each) => all + (each ?? 0), 0);

/** The first of each sort, so many at the most, and the rest. */
const firstOf = <T>(all: readonly T[], most: number, sortOf: (each: T) => string = () => "") => {
  const counts = new Map<string, number>();
  const [held, rest]: [T[], T[]] = [[], []];
  for (const each of all) {
    const count = counts.get(sortOf(each)) ?? 0;
    counts.set(sortOf(each), count + 1);
    (count < most ? held : rest).push(each);
  }
  return { held, rest };
};
