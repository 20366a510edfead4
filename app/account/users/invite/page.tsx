import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { Notice } from "@/components/notice";
import { WidePage } from "@/components/page";
import { addressOf, type Params, readListing } from "@/lib/directory/listing";
import { mailIsConfigured } from "@/lib/outbox";
import { gatedPage } from "../../../gated-page";
import { inviteUsers } from "./actions";
import { InviteForm } from "./invite-form";

export const metadata: Metadata = { title: "Invite Users" };

type Props = { searchParams: Promise<Params> };

/** The invite form, a page of its own. Its address carries the list it was opened from, to go back to it as it was. */
export default gatedPage("access.create", "/account/users/invite", async ({ actor }, { searchParams }: Props) => (
  <WidePage
    title="Invite Users"
    lead={
      <p>
        Everyone you name here can join <b dir="auto">{actor.organizationName}</b>. New users can't see any sources or
        domains until a group gives them access.
      </p>
    }
  >
    {!mailIsConfigured() && (
      <Notice tone="warning">
        <p>
          No mail is configured on this server, so nothing is sent. You get a link for each person, to pass on yourself.
        </p>
      </Notice>
    )}
    <InviteForm
      action={inviteUsers}
      organization={actor.organizationId}
      formKey={randomUUID()}
      keptAs={`invite ${actor.organizationId} ${actor.userId}`}
      linksOnly={!mailIsConfigured()}
      back={addressOf("/account/users", readListing(await searchParams))}
    />
  </WidePage>
));
