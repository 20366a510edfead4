import type { Metadata } from "next";
import { EmailAddress } from "@/components/email-address";
import { InPlace } from "@/components/in-place";
import { QuietPage } from "@/components/page";
import { asCopied } from "@/lib/auth/token";
import { openBlock } from "@/lib/invitations/open-link";
import { masked } from "@/lib/invitations/rules";
import { Contact } from "../../contact";
import { TooMany } from "../../join/[token]/ends";
import { AllowForm, StopForm } from "./forms";
import { Unknown } from "./unknown";

export const metadata: Metadata = { title: "Stop invitations", robots: "noindex" };

type Props = { params: Promise<{ token: string }>; searchParams: Promise<{ after?: string | string[] }> };

/** Where whoever reads a mailbox stops invitations to it, from one organization or from all. Opening it changes nothing. */
export default async function BlockPage({ params, searchParams }: Props) {
  const token = asCopied((await params).token);
  const { after } = await searchParams;
  const opened = await openBlock(token);
  if (opened.state === "limited") return <TooMany until={opened.until} />;
  if (opened.state === "unknown") return <Unknown />;
  const { state, offer } = opened;
  const organization = <bdi>{offer.organization}</bdi>;
  const address = (
    <b>
      <EmailAddress>{masked(offer.email)}</EmailAddress>
    </b>
  );
  return (
    <InPlace state={state} led={after !== undefined}>
      {state === "allowed" ? (
        <QuietPage
          title={after === undefined ? "Stop invitations" : "Invitations are allowed again"}
          lead={
            <p>
              {organization} invited {address}. Here you can stop such mail.
            </p>
          }
          foot={
            <Contact>
              {after === undefined ? "Opening this page has changed nothing." : "You can stop them again at any time."}
            </Contact>
          }
        >
          <StopForm token={token} organization={organization} />
          {offer.state === "pending" && (
            <p className="text-sm text-quiet">
              The invite you have stays as it is: it can be used or declined by the link in its mail.
            </p>
          )}
        </QuietPage>
      ) : (
        <QuietPage
          title="Invitations are stopped"
          lead={
            <p>
              No more invitations are sent to {address}
              {state === "everyone" ? ", whichever organization they come from." : <> from {organization}.</>}
            </p>
          }
          foot={<Contact>Mail that has left already may still arrive.</Contact>}
        >
          <AllowForm token={token} />
        </QuietPage>
      )}
    </InPlace>
  );
}
