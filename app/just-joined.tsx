import { Notice } from "@/components/notice";
import type { Actor } from "@/lib/access/actor";
import { greetsNow } from "@/lib/members/greeting";

/** Greets a new member on the page that joining leads to. `asked` is anybody's text, so the membership is looked at. Once: not again on a reload. */
export const JustJoined = async ({ actor, asked }: { actor: Actor; asked: boolean }) =>
  asked &&
  (await greetsNow(actor)) && (
    <Notice tone="success" role="status">
      <p>
        You've joined <bdi>{actor.organizationName}</bdi>.
      </p>
    </Notice>
  );
