import { Notice } from "@/components/notice";
import type { JoinState } from "@/lib/invitations/rules";

/** What was done before the page was drawn: which form was pressed, or which mail was proved to have arrived. */
const presses = ["new", "password", "session", "decline", "reset", "code"] as const;
export type Tried = (typeof presses)[number];

/** What an address says was tried: one of these words, or nothing. */
export const triedOf = (asked: string | string[] | undefined): Tried | null =>
  presses.find((press) => press === asked) ?? null;

/** Whether it went well. */
const isProof = (tried: Tried | null): boolean => tried === "reset" || tried === "code";

const nothing = "Nothing has been accepted yet";
const said: Partial<Record<JoinState, Partial<Record<Tried, string>>>> = {
  "existing-account": {
    new: `${nothing}, and no new password was set: this address has an account by now. Its own password signs you in and joins.`,
    session: `${nothing}: you are not signed in any more. Your password signs you in and joins.`,
    reset: "Your password is changed and you are signed out everywhere. The new one signs you in and joins.",
  },
  "signed-in": {
    new: `${nothing}, and no new password was set: this address has an account by now, and you are signed in to it. One press joins.`,
    password: `${nothing}. You are signed in by now and need no password here: one press joins.`,
  },
};
const proved: Partial<Record<Tried, string>> = {
  reset: "Your password is changed and you are signed out everywhere. The new one is what you sign in with.",
  code: "That was the right code: the mailbox is yours.",
};
const open: ReadonlySet<JoinState> = new Set(["existing-account", "signed-in", "new-address", "needs-code"]);

/** Why a page that was left open has changed when its form was sent; nothing where the page itself says it. */
export const Meanwhile = ({ state, tried }: { state: JoinState; tried: Tried | null }) =>
  tried &&
  open.has(state) && (
    <Notice tone={isProof(tried) ? "success" : "warning"}>
      <p>{said[state]?.[tried] ?? proved[tried] ?? `${nothing}: this page has changed since you opened it.`}</p>
    </Notice>
  );
