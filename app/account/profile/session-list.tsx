import { Badge } from "@/components/badge";
import { ActionForm } from "@/components/form";
import { SubmitButton } from "@/components/submit-button";
import { Time } from "@/components/time";
import type { readSessions } from "@/lib/auth/account";
import { browserWords } from "@/lib/auth/browser-words";
import { signOutHere } from "../../signin/actions";
import { endSession, signOutEverywhere } from "./actions";

type Session = Awaited<ReturnType<typeof readSessions>>[number];

/** The browsers a person is signed in with, each with a way out; this one is marked. */
export const SessionList = ({ sessions, current }: { sessions: Session[]; current: Session["id"] }) => (
  <>
    <ul className="divide-y divide-line">
      {sessions.map((session) => (
        <li key={session.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3 first:pt-0">
          <div className="min-w-0">
            <p className="flex flex-wrap gap-2 font-medium">
              {browserWords(session.userAgent)}
              {session.id === current && <Badge>This device</Badge>}
            </p>
            <p className="text-sm text-quiet">
              Last seen <Time at={session.lastSeenAt} relative />
              {session.address && `, from ${session.address}`}
            </p>
          </div>
          {session.id === current ? <SignOutHere /> : <SignOut session={session} />}
        </li>
      ))}
    </ul>
    <ActionForm action={signOutEverywhere}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <SubmitButton tone="danger">Sign out everywhere</SubmitButton>
        <p className="text-sm text-quiet">This device is signed out too.</p>
      </div>
    </ActionForm>
  </>
);

const SignOutHere = () => (
  <form action={signOutHere}>
    <SubmitButton tone="plain">Sign out</SubmitButton>
  </form>
);

const SignOut = ({ session }: { session: Session }) => (
  <ActionForm action={endSession}>
    <input type="hidden" name="session" value={session.id} />
    <SubmitButton tone="plain">Sign out</SubmitButton>
  </ActionForm>
);
