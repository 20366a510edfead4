import type { Metadata } from "next";
import { EmailAddress } from "@/components/email-address";
import { Field } from "@/components/field";
import { ActionForm } from "@/components/form";
import { Notice } from "@/components/notice";
import { Section, WidePage } from "@/components/page";
import { PasswordField } from "@/components/password-field";
import { SubmitButton } from "@/components/submit-button";
import { readHearsOfInvites, readSessions } from "@/lib/auth/account";
import { personalPage } from "../../gated-page";
import { changeInviteMail, changeName, changePassword } from "./actions";
import { SessionList } from "./session-list";

export const metadata: Metadata = { title: "Profile" };

type Props = { searchParams: Promise<{ after?: string | string[] }> };

export default personalPage("/account/profile", async (person, { searchParams }: Props) => {
  const { after } = await searchParams;
  const words = typeof after === "string" ? outcomes.get(after) : undefined;
  const [sessions, hears] = [await readSessions(person.userId), await readHearsOfInvites(person.userId)];
  return (
    <WidePage title="Profile" lead={<Address email={person.email} verified={person.emailVerified} />}>
      <div role="status" className="empty:hidden">
        {words && <Notice tone="success">{words}</Notice>}
      </div>
      <Section title="Name" id="name">
        <ActionForm action={changeName}>
          <Field
            name="name"
            label="Your name"
            autoComplete="name"
            defaultValue={person.name}
            maxLength={64}
            dir="auto"
          />
          <SubmitButton>Save name</SubmitButton>
        </ActionForm>
      </Section>
      <Section title="Password" id="password" lead="Changing it signs you out on every other device.">
        <ActionForm action={changePassword}>
          <input type="hidden" autoComplete="username" value={person.email} readOnly />
          <PasswordField name="currentPassword" label="Current password" autoComplete="current-password" />
          <PasswordField name="newPassword" label="New password" autoComplete="new-password" atLeast={12} />
          <SubmitButton>Change password</SubmitButton>
        </ActionForm>
      </Section>
      <Section
        title="Mail about your invitations"
        id="mail"
        lead="The first news is mailed at once. Whatever follows within a day comes together in one more mail."
      >
        <ActionForm action={changeInviteMail}>
          {/* Drawn anew once saved, so that it shows what is. */}
          <label key={String(hears)} className="flex gap-2.5">
            <input
              type="checkbox"
              name="hears"
              value="yes"
              defaultChecked={hears}
              className="mt-1 size-4.5 shrink-0 accent-accent"
            />
            <span className="min-w-0">
              Tell me by mail when an invite I sent is accepted, declined, can't be delivered or expires.
            </span>
          </label>
          <SubmitButton>Save mail setting</SubmitButton>
        </ActionForm>
      </Section>
      <Section
        title="Sessions"
        id="sessions"
        lead="Where you are signed in now. One that isn't yours? Sign it out and change your password."
      >
        <SessionList sessions={sessions} current={person.sessionId} />
      </Section>
    </WidePage>
  );
});

const Address = ({ email, verified }: { email: string; verified: boolean }) => (
  <>
    <EmailAddress>{email}</EmailAddress>
    {!verified && " (not verified)"}
  </>
);

const outcomes: ReadonlyMap<string, string> = new Map([
  ["name", "Your name is saved."],
  ["password", "Your password is changed, and every other device is signed out."],
  ["mail", "Your mail setting is saved."],
  ["session", "That device is signed out."],
]);
