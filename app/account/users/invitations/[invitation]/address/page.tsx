import type { Metadata } from "next";
import { ButtonLink } from "@/components/button";
import { EmailAddress } from "@/components/email-address";
import { WidePage } from "@/components/page";
import { grant } from "@/lib/access/grant";
import { addressOf, type Params, readListing } from "@/lib/directory/listing";
import { readRow } from "@/lib/directory/queries";
import { isOutOfReach } from "@/lib/directory/rules";
import { isOpen } from "@/lib/invitations/rules";
import { mailIsConfigured } from "@/lib/outbox";
import { Denied, gatedPage } from "../../../../../gated-page";
import { NothingHere } from "../../../../../nothing-here";
import { YouTyped } from "../../../../../you-typed";
import { Delivery } from "../../../delivery";
import { outOfReach } from "../../../words";
import { AddressForm } from "./address-form";

type Props = { params: Promise<{ invitation: string }>; searchParams: Promise<Params> };

export const metadata: Metadata = { title: "Correct the address – User Management" };

/** Where an invite that went to a wrong address is ended and sent to the right one, in one step. */
export default gatedPage(
  "access.create",
  "/account/users/invitations/[invitation]/address",
  async (granted, { params, searchParams }: Props) => {
    const { actor } = granted;
    const reading = grant(actor, "access.read");
    if (!reading || !actor.rights.has("access.delete")) return <Denied rights={["access.delete"]} actor={actor} />;
    const row = await readRow(reading, (await params).invitation);
    if (row?.kind !== "invitation") return <NothingHere />;
    const back = addressOf(`/account/users/invitations/${row.id}`, readListing(await searchParams));
    const closed = isOutOfReach(actor, row)
      ? outOfReach
      : !isOpen(row.state) && "This invite is no longer open, so its address can't be corrected.";
    return (
      <WidePage
        title="Correct the address"
        lead={
          <>
            Invite for <EmailAddress>{row.email}</EmailAddress>
          </>
        }
      >
        {closed ? (
          <>
            <p>{closed}</p>
            <YouTyped />
            <p>
              <ButtonLink href={back}>Back to the invite</ButtonLink>
            </p>
          </>
        ) : (
          <>
            {row.mail && (
              <div>
                What became of its mail: <Delivery mail={row.mail} />
              </div>
            )}
            <p className="max-w-[65ch] text-quiet">
              The invite for {row.email} will be revoked, and the links it was sent will stop working. The right address{" "}
              {mailIsConfigured() ? "is sent a new one" : "gets a new link"} with the same groups, message and lifetime.
            </p>
            <AddressForm organization={granted.organizationId} invitation={row.id} wrong={row.email} back={back} />
          </>
        )}
      </WidePage>
    );
  },
);
