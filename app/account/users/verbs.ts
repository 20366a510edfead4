import type { Item, Verb } from "@/lib/directory/rules";
import type { FormAction } from "@/lib/form";
import { copyInviteLink, deactivateUser, reactivateUser, resendInvite, revokeInvite, tryMailAgain } from "./actions";
import type { Said } from "./said";

/** Whom a press is about, and in which organization, as the browser knows them. */
export type Subject = Readonly<{
  id: string;
  name: string;
  email: string;
  organization: string;
  href: string;
  /** Where its groups are chosen, and what leads there. */
  groups: { label: string; href: string };
  /** Where its address is corrected, for whoever may and as long as it is open. */
  correct: string | null;
  /** Whether its mail, which failed, may be tried again. */
  retriable: boolean;
  verbs: readonly Item[];
}>;

type Spoken = {
  label: string;
  /** The field that names the row in the form. */
  field: "user" | "invitation";
  action: FormAction<Said>;
  /** What is asked before anything is taken away: the question, and what will happen to whom. */
  ask?: (about: Subject) => { question: string; body: string };
};

/** What can be done to a row, in words. */
export const verbs: Record<Verb, Spoken> = {
  deactivate: {
    label: "Deactivate user",
    field: "user",
    action: deactivateUser,
    ask: ({ name, email, organization }) => ({
      question: `Deactivate ${name}?`,
      body: `${name} (${email}) will be out of ${organization} right away on every device and can't sign in to it. Their groups are kept and return if you re-activate them. Pending invites in their name are revoked; those that a colleague has resent or changed since stay.`,
    }),
  },
  reactivate: {
    label: "Re-activate user",
    field: "user",
    action: reactivateUser,
  },
  resend: {
    label: "Resend invite",
    field: "invitation",
    action: resendInvite,
  },
  retry: {
    label: "Try again",
    field: "invitation",
    action: tryMailAgain,
  },
  copy: {
    label: "Copy link",
    field: "invitation",
    action: copyInviteLink,
  },
  revoke: {
    label: "Revoke invite",
    field: "invitation",
    action: revokeInvite,
    ask: ({ email }) => ({
      question: `Revoke the invite for ${email}?`,
      body: `Every link ${email} has been sent stops working at once, and mail that hasn't gone isn't sent. You can invite the address again later.`,
    }),
  },
};
