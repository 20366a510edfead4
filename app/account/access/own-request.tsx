import { Notice } from "@/components/notice";
import { Quoted } from "@/components/quoted";
import { Time } from "@/components/time";
import type { Actor } from "@/lib/access/actor";
import { mailIsConfigured } from "@/lib/outbox";
import { type Decision, type OwnRequest as Own, readOwnRequest } from "@/lib/requests/queries";
import { AskForm } from "./ask-form";

/** How this member asks for access, what they asked for and wait for, and what was answered last. */
export const OwnRequest = async ({ actor }: { actor: Actor }) => {
  const request = await readOwnRequest(actor);
  const waits = request && !request.decision;
  return (
    <div className="space-y-5 text-ink">
      {request?.decision && <Answered decision={request.decision} />}
      <AskForm
        organization={actor.organizationId}
        waiting={waits && <Waiting request={request} />}
        note={request?.note ?? ""}
      />
    </div>
  );
};

const Waiting = ({ request: { createdAt, note } }: { request: Own }) => (
  <div className="space-y-2">
    <p>
      You asked for access <Time at={createdAt} relative />.{note && " You wrote:"}
    </p>
    {note && <Quoted>{note}</Quoted>}
    <p>
      Nobody has decided yet. The answer will appear here{mailIsConfigured() ? ", and you'll be told by mail" : ""}.
    </p>
  </div>
);

const list = new Intl.ListFormat("en");

const Answered = ({ decision: { at, by, granted, groups, answer } }: { decision: Decision }) => (
  <Notice tone={granted ? "success" : "info"}>
    <p className="wrap-anywhere">
      You asked for access. <bdi className="font-medium">{by}</bdi>{" "}
      {granted ? (
        <>put you into {groups.length > 0 ? <bdi className="font-medium">{list.format(groups)}</bdi> : "a group"}</>
      ) : (
        "refused it"
      )}{" "}
      <Time at={at} relative />
      {answer ? ", and wrote:" : "."}
    </p>
    {answer && <Quoted>{answer}</Quoted>}
  </Notice>
);
