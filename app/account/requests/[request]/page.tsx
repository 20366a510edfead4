import type { Metadata } from "next";
import { EmailAddress } from "@/components/email-address";
import { Facts } from "@/components/facts";
import { Section, WidePage } from "@/components/page";
import { Quoted } from "@/components/quoted";
import { Time } from "@/components/time";
import { Trail } from "@/components/trail";
import { readHeld, readOffered } from "@/lib/groups/offered";
import { readRequest } from "@/lib/requests/queries";
import { gatedPage } from "../../../gated-page";
import { NothingHere } from "../../../nothing-here";
import { Groups } from "../../users/status";
import { Answer } from "../columns";
import { DecisionForm } from "./decision-form";

type Props = { params: Promise<{ request: string }> };

export const metadata: Metadata = { title: "Access request" };

/** One request: who asks for what, and the decision, made here or made already. */
export default gatedPage("groups.edit", "/account/requests/[request]", async (granted, { params }: Props) => {
  const request = await readRequest(granted, (await params).request);
  if (!request) return <NothingHere />;
  const { decision } = request;
  const held = await readHeld(granted, request.userId);
  const choices = decision ? [] : await readOffered(granted);
  return (
    <WidePage
      title={
        <>
          Access for <bdi className="wrap-anywhere">{request.name}</bdi>
        </>
      }
      lead={<EmailAddress>{request.email}</EmailAddress>}
    >
      <Section title="Request" id="request">
        <Facts
          facts={[
            ["Asked", <Time key="asked" at={request.createdAt} relative />],
            [
              "Note",
              request.note ? (
                <Quoted key="note">{request.note}</Quoted>
              ) : (
                <span key="note" className="text-quiet">
                  They wrote nothing about what for.
                </span>
              ),
            ],
            ["Groups now", <Groups key="groups" names={request.memberOf} all />],
            ...(decision
              ? ([
                  ["Answer", <Answer key="answer" {...decision} />],
                  [
                    "Decided",
                    <span key="decided">
                      <Time at={decision.at} relative />, by <bdi>{decision.by}</bdi>
                    </span>,
                  ],
                ] as const)
              : []),
          ]}
        />
        {!request.active && (
          <p className="text-quiet">This member is inactive. Re-activate them before you grant this, or refuse it.</p>
        )}
        <DecisionForm
          organization={granted.organizationId}
          request={request.id}
          waits={!decision}
          choices={choices.map((group) =>
            held.includes(group.id) ? { ...group, lets: `${group.lets}. They are in it already.` } : group,
          )}
        />
      </Section>
      <Trail steps={[{ href: "/account/requests", words: "All access requests" }]} />
    </WidePage>
  );
});
