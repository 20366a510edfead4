import { ActionForm, Hidden } from "@/components/form";
import { Question } from "@/components/question";
import { SubmitButton } from "@/components/submit-button";
import type { Suppression } from "@/lib/suppressions/queries";
import { liftSuppression } from "./actions";

const words = {
  bounced: "Mail to it bounced. Lift this when you know that the address works now: another bounce puts it back here.",
  complained:
    "Somebody there marked a mail of yours as spam. Lift this only if they have asked you for mail: more complaints make all your mail look like spam.",
};

/** Asks before mail goes to an address again. */
export const Lift = ({ suppression: { id, email, because }, organization }: Props) => (
  <Question
    title={`Send mail to ${email} again?`}
    body={<p>{words[because]}</p>}
    answer={
      <ActionForm action={liftSuppression}>
        <Hidden name="organization" value={organization} />
        <input type="hidden" name="suppression" value={id} />
        <SubmitButton>Lift</SubmitButton>
      </ActionForm>
    }
    here="/account/mail"
  />
);

type Props = { suppression: Suppression; organization: string };
