import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { WidePage } from "@/components/page";
import { addressOf, type Params, readListing } from "@/lib/directory/listing";
import { mailIsConfigured } from "@/lib/outbox";
import { gatedPage } from "../../../gated-page";
import { inviteUsers } from "./actions";
import { InviteForm } from "./invite-form";
import { LinksOnly } from "./links-only";

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
    {!mailIsConfigured() && <LinksOnly />}
    <InviteForm
      action={inviteUsers}
      organization={actor.organizationId}
      formKey={randomUUID()}
      keptAs={`invite ${actor.organizationId} ${actor.userId}`}
      linksOnly={!mailIsConfigured()}
      back={addressOf("/account/users", readListing(await searchParams))}
      csv={addressOf("/account/users/invite/csv", readListing(await searchParams))}
    />
  </WidePage>
));
