import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { WidePage } from "@/components/page";
import { grant } from "@/lib/access/grant";
import { addressOf, type Params, readListing } from "@/lib/directory/listing";
import { readOffered } from "@/lib/groups/offered";
import { mailIsConfigured } from "@/lib/outbox";
import { gatedPage } from "../../../gated-page";
import { MailStanding } from "../mail-standing";
import { intoNoGroup } from "../no-group";
import { inviteUsers } from "./actions";
import { InviteForm } from "./invite-form";

export const metadata: Metadata = { title: "Invite Users" };

type Props = { searchParams: Promise<Params> };

/** The invite form, a page of its own. Its address carries the list it was opened from, to go back to it as it was. */
export default gatedPage("access.create", "/account/users/invite", async ({ actor }, { searchParams }: Props) => {
  const listing = readListing(await searchParams);
  const handing = grant(actor, "groups.edit");
  const groups = handing ? await readOffered(handing) : [];
  return (
    <WidePage
      title="Invite Users"
      lead={
        <p>
          Everyone you name here can join <b dir="auto">{actor.organizationName}</b>.
          {groups.length === 0 && ` ${intoNoGroup}`}
        </p>
      }
    >
      <MailStanding actor={actor} />
      <InviteForm
        action={inviteUsers}
        organization={actor.organizationId}
        formKey={randomUUID()}
        keptAs={`invite ${actor.organizationId} ${actor.userId}`}
        groups={groups}
        linksOnly={!mailIsConfigured()}
        back={addressOf("/account/users", listing)}
        csv={addressOf("/account/users/invite/csv", listing)}
      />
    </WidePage>
  );
});
