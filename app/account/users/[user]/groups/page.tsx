import type { Metadata } from "next";
import { EmailAddress } from "@/components/email-address";
import { WidePage } from "@/components/page";
import { grant } from "@/lib/access/grant";
import { addressOf, type Params, readListing } from "@/lib/directory/listing";
import { readRow } from "@/lib/directory/queries";
import { readHeld, readOffered } from "@/lib/groups/offered";
import { Denied, gatedPage } from "../../../../gated-page";
import { NothingHere } from "../../../../nothing-here";
import { GroupsForm } from "../../groups-form";
import { setMemberGroups } from "./actions";

type Props = { params: Promise<{ user: string }>; searchParams: Promise<Params> };

export const metadata: Metadata = { title: "Manage groups – User Management" };

/** The groups of one member. */
export default gatedPage(
  "groups.edit",
  "/account/users/[user]/groups",
  async (granted, { params, searchParams }: Props) => {
    const reading = grant(granted.actor, "access.read");
    if (!reading) return <Denied rights={["access.read"]} actor={granted.actor} />;
    const member = await readRow(reading, (await params).user);
    if (member?.kind !== "member") return <NothingHere />;
    const held = await readHeld(granted, member.id);
    return (
      <WidePage
        title="Manage groups"
        lead={
          <>
            <bdi className="font-medium text-ink">{member.name}</bdi>, <EmailAddress>{member.email}</EmailAddress>
          </>
        }
      >
        <p className="max-w-[65ch] text-quiet">
          {member.active
            ? "What the groups allow holds as soon as you save."
            : "This member is inactive. What the groups allow holds once they are re-activated."}
        </p>
        <GroupsForm
          action={setMemberGroups}
          organization={granted.organizationId}
          of={{ field: "user", id: member.id }}
          legend="Groups"
          choices={await readOffered(granted, held)}
          chosen={held}
          none="In no group they can't see any sources or domains."
          beyond="This group allows more than you may do yourself: once it is off, you can't put it back."
          keepsOwners={!granted.actor.owner}
          back={addressOf(`/account/users/${member.id}`, readListing(await searchParams))}
        />
      </WidePage>
    );
  },
);
