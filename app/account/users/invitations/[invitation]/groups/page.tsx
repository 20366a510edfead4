import type { Metadata } from "next";
import { ButtonLink } from "@/components/button";
import { EmailAddress } from "@/components/email-address";
import { WidePage } from "@/components/page";
import { grant } from "@/lib/access/grant";
import { addressOf, type Params, readListing } from "@/lib/directory/listing";
import { readRow } from "@/lib/directory/queries";
import { readHeld, readOffered } from "@/lib/groups/offered";
import { isOpen } from "@/lib/invitations/rules";
import { Denied, gatedPage } from "../../../../../gated-page";
import { NothingHere } from "../../../../../nothing-here";
import { GroupsForm } from "../../../groups-form";
import { intoNoGroup } from "../../../no-group";
import { changeInviteGroups } from "./actions";

type Props = { params: Promise<{ invitation: string }>; searchParams: Promise<Params> };

export const metadata: Metadata = { title: "Change groups – User Management" };

/** The groups that somebody invited will be in. */
export default gatedPage(
  "groups.edit",
  "/account/users/invitations/[invitation]/groups",
  async (granted, { params, searchParams }: Props) => {
    const reading = grant(granted.actor, "access.read");
    if (!reading) return <Denied rights={["access.read"]} actor={granted.actor} />;
    const row = await readRow(reading, (await params).invitation);
    if (row?.kind !== "invitation") return <NothingHere />;
    const back = addressOf(`/account/users/invitations/${row.id}`, readListing(await searchParams));
    const held = await readHeld(granted, row.id);
    return (
      <WidePage
        title="Change groups"
        lead={
          <>
            Groups on joining of <EmailAddress>{row.email}</EmailAddress>
          </>
        }
      >
        {isOpen(row.state) ? (
          <>
            <p className="max-w-[65ch] text-quiet">
              The links {row.email} has been sent stay good. By changing the groups you vouch for this invite: when it
              is accepted, it gives the groups that you may hand out at that moment.
            </p>
            <GroupsForm
              action={changeInviteGroups}
              organization={granted.organizationId}
              of={{ field: "invitation", id: row.id }}
              legend="Groups on joining"
              choices={await readOffered(granted, held)}
              chosen={held}
              none={intoNoGroup}
              beyond="This group allows more than you may do yourself, so you can't vouch for it: take it out, or leave the groups as they are."
              back={back}
            />
          </>
        ) : (
          <>
            <p>This invite is no longer open, so its groups can't be changed.</p>
            <p>
              <ButtonLink href={back}>Back to the invite</ButtonLink>
            </p>
          </>
        )}
      </WidePage>
    );
  },
);
