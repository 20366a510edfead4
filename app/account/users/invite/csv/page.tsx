import type { Metadata } from "next";
import { WidePage } from "@/components/page";
import { addressOf, type Params, readListing } from "@/lib/directory/listing";
import { mailIsConfigured } from "@/lib/outbox";
import { gatedPage } from "../../../../gated-page";
import { MailStanding } from "../../mail-standing";
import { CsvForm } from "./csv-form";

export const metadata: Metadata = { title: "Upload CSV – Invite Users" };

type Props = { searchParams: Promise<Params> };

/** Many people at once, from a file. */
export default gatedPage("access.create", "/account/users/invite/csv", async ({ actor }, { searchParams }: Props) => {
  const listing = readListing(await searchParams);
  return (
    <WidePage title="Upload CSV" lead="Many people at once, from a file. Each row is checked before anything is sent.">
      <MailStanding actor={actor} />
      <CsvForm
        organization={actor.organizationId}
        linksOnly={!mailIsConfigured()}
        back={addressOf("/account/users", listing)}
        form={addressOf("/account/users/invite", listing)}
        here={addressOf("/account/users/invite/csv", listing)}
      />
    </WidePage>
  );
});
