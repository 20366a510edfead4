import type { ReactNode } from "react";
import { ActionForm } from "@/components/form";
import { Radios } from "@/components/radios";
import { SubmitButton } from "@/components/submit-button";
import { Tick } from "@/components/tick";
import { allowInvites, stopInvites } from "./actions";

type Props = { token: string };

/** Stops invitations. The box is empty, so that a mail scanner that submits what it finds stops none. */
export const StopForm = ({ token, organization }: Props & { organization: ReactNode }) => (
  <ActionForm action={stopInvites}>
    <input type="hidden" name="token" value={token} />
    <Radios
      name="from"
      legend="No more invitations"
      options={[
        { value: "organization", label: <>From {organization}</> },
        { value: "everyone", label: "From every organization" },
      ]}
      defaultValue="organization"
    />
    <Tick name="stop" label="I don't want these invitations." />
    <SubmitButton wide>Stop invitations</SubmitButton>
  </ActionForm>
);

/** Takes it back. */
export const AllowForm = ({ token }: Props) => (
  <ActionForm action={allowInvites}>
    <input type="hidden" name="token" value={token} />
    <Tick name="allow" label="I want to be invited again." />
    <SubmitButton wide tone="plain">
      Allow invitations again
    </SubmitButton>
  </ActionForm>
);
