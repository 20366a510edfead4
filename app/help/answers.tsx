import type { ReactElement, ReactNode } from "react";
import { AnyOf } from "@/components/people";
import type { Actor, Viewer } from "@/lib/access/actor";
import { type Help, readHelp, readSupport, type Support } from "@/lib/help/queries";
import { CantInvite } from "./cant-invite";
import { Expired } from "./expired";
import { NoMail } from "./no-mail";

type Shown = { open: boolean };

/**
 * What people really ask, answered for this one, and how to reach support. All of it is read here: what it gives draws
 * itself without the database. `open` shows every answer at once.
 */
export const answersFor = async ({ actor }: Viewer, { open }: Shown = { open: false }): Promise<ReactElement> =>
  actor ? (
    <Answers actor={actor} help={await readHelp(actor)} open={open} />
  ) : (
    <>
      <p>You're not in an organization here, so there is nobody you could invite.</p>
      <ToSupport {...(await readSupport(null))} />
    </>
  );

const Answers = ({ actor, help, open }: Shown & { actor: Actor; help: Help }) => (
  <>
    <p className="mb-3 text-quiet">
      For you in <b dir="auto">{actor.organizationName}</b>, as things are now.
    </p>
    <Question words="I can't invite anyone" open={open}>
      <CantInvite actor={actor} inviting={help.inviting} mail={help.mail} />
    </Question>
    <Question words="They didn't get the email" open={open}>
      <NoMail {...help} />
    </Question>
    <Question words="The link has expired" open={open}>
      <Expired actor={actor} {...help} />
    </Question>
    <ToSupport {...help.support} />
  </>
);

/** In the panel one answer is open at a time, so that the others stay in sight. */
const Question = ({ words, open, children }: Shown & { words: string; children: ReactNode }) => (
  <details name={open ? undefined : "help"} open={open} className="border-t border-line">
    <summary className="cursor-pointer py-2.5 font-medium pointer-coarse:py-3">{words}</summary>
    <div className="space-y-3 pb-4 pl-4">{children}</div>
  </details>
);

const ToSupport = ({ email, owners }: Support) => (
  <p className="border-t border-line pt-3">
    Something else?{" "}
    {email ? (
      <>
        Write to support: <a href={`mailto:${email}`}>{email}</a>
      </>
    ) : owners.length > 0 ? (
      <>
        Ask an Owner: <AnyOf people={owners} />.
      </>
    ) : (
      "Ask whoever runs this server."
    )}
  </p>
);
