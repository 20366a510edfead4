import { whenIn } from "@/components/time";
import type { Row } from "@/lib/directory/queries";
import { mailIsConfigured } from "@/lib/outbox";

/** What came of a press, in words that stand alone: without script nobody remembers whom it was about. */
export type Said = { words: string; link?: string };

const nameOf = (row: Row): string => (row.kind === "member" ? row.name : row.email);

export const wordsForDone = {
  revoke: (row: Row): Said => ({ words: `The invite for ${row.email} is revoked. Its links no longer work.` }),
  deactivate: (row: Row): Said => ({
    words: `${nameOf(row)} is deactivated. They are out of your organization on every device, and the groups they had are kept.`,
  }),
  reactivate: (row: Row): Said => ({ words: `${nameOf(row)} is active again, with the groups they had.` }),
};

export const wordsForResent = async (row: Row): Promise<Said> => {
  const until = row.kind === "invitation" ? ` It now expires on ${await whenIn(row.expiresAt)}.` : "";
  return row.kind === "invitation" && row.linkOnly
    ? { words: `The invite for ${row.email} is renewed.${until} No mail is sent from here: pass its link on yourself.` }
    : { words: `Invite sent again to ${row.email}.${until}` };
};

export const wordsForRetried = ({ email }: Pick<Row, "email">): Said => ({
  words: `The mail to ${email} is tried again.`,
});

export const wordsForCopied = (row: Row, link: string): Said => ({
  words: mailIsConfigured()
    ? `This is the link for ${row.email}. Pass it on yourself: it works for nobody else.`
    : `This is the link for ${row.email}. Pass it on to them alone: whoever opens it can join as them.`,
  link,
});
