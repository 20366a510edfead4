import { Button } from "@/components/button";
import { EmailAddress } from "@/components/email-address";
import { boxClass } from "@/components/field";
import { Notice } from "@/components/notice";
import { AnyOf } from "@/components/people";
import { Time } from "@/components/time";
import { nameOf } from "@/lib/access/catalogue";
import { config } from "@/lib/config.mjs";
import type { Help } from "@/lib/help/queries";
import { InvitationDelivery } from "../account/users/delivery";
import { onceItIsOver } from "../account/users/mail-standing";

/** "They didn't get the email": whether mail leaves at all, where to look for it, and what became of the newest. */
export const NoMail = ({ mail, from, waiting: { rows, others } }: Pick<Help, "mail" | "from" | "waiting">) => (
  <>
    {mail.kind === "off" && (
      <Notice tone="warning">
        <p>
          No mail is configured on this server, so none is sent now. Whoever invited them can copy the link of the
          invite and pass it on.
        </p>
      </Notice>
    )}
    {mail.kind === "paused" && (
      <Notice tone="warning">
        <p>
          Mail is paused since <Time at={mail.since} />. {onceItIsOver}
        </p>
      </Notice>
    )}
    {from && (
      <p>
        Have them look in the spam folder, for mail from <b className="wrap-anywhere">{from}</b>.{" "}
        {config().local && (
          <>
            Here mail stays on this machine: <a href="/dev/mailbox">open the mailbox</a>.
          </>
        )}
      </p>
    )}
    {rows ? (
      <Waiting rows={rows} />
    ) : (
      <p>
        What became of a mail is shown to people with <strong>{nameOf("access.read")}</strong>. Ask{" "}
        <AnyOf people={others} />.
      </p>
    )}
  </>
);

const Waiting = ({ rows }: { rows: NonNullable<Help["waiting"]["rows"]> }) => {
  if (rows.length === 0) return <p>No invite is pending, so no mail is on its way.</p>;
  return (
    <>
      <p>What became of the latest:</p>
      <ul className="space-y-3">
        {rows.map((row) => (
          <li key={row.id} className="border-s-3 border-line ps-3">
            <a href={`/account/users/invitations/${row.id}`} className="text-accent underline underline-offset-3">
              <EmailAddress>{row.email}</EmailAddress>
            </a>
            <span className="block text-sm text-quiet">
              Invited <Time at={row.lastSentAt} relative date />
            </span>
            <InvitationDelivery row={row} />
          </li>
        ))}
      </ul>
      <Another />
    </>
  );
};

const Another = () => (
  <search>
    <form action="/account/users" className="flex flex-wrap items-end gap-3">
      <input type="hidden" name="status" value="pending" />
      <label className="min-w-0 grow basis-48">
        <span className="mb-1 block text-sm text-quiet">Another address</span>
        <input type="search" name="q" maxLength={200} className={boxClass} />
      </label>
      <Button type="submit">Search</Button>
    </form>
  </search>
);
