import { useActionState } from "react";
import { idle } from "@/lib/form";
import type { Answer } from "./outcome";
import { verbs } from "./verbs";

/** What forms that were posted without script were answered. */
export const usePosted = () => {
  const [deactivate, sendDeactivate] = useActionState(verbs.deactivate.action, idle);
  const [reactivate, sendReactivate] = useActionState(verbs.reactivate.action, idle);
  const [resend, sendResend] = useActionState(verbs.resend.action, idle);
  const [retry, sendRetry] = useActionState(verbs.retry.action, idle);
  const [copyLink, sendCopy] = useActionState(verbs.copy.action, idle);
  const [revoke, sendRevoke] = useActionState(verbs.revoke.action, idle);
  const answers: Answer[] = [
    { verb: "deactivate", state: deactivate },
    { verb: "reactivate", state: reactivate },
    { verb: "resend", state: resend },
    { verb: "retry", state: retry },
    { verb: "copy", state: copyLink },
    { verb: "revoke", state: revoke },
  ];
  return {
    answer: answers.find(({ state }) => state.status !== "idle") ?? null,
    send: {
      deactivate: sendDeactivate,
      reactivate: sendReactivate,
      resend: sendResend,
      retry: sendRetry,
      copy: sendCopy,
      revoke: sendRevoke,
    },
  };
};
