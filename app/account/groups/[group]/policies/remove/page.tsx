import { ButtonLink } from "@/components/button";
import { ActionForm, Hidden } from "@/components/form";
import { WidePage } from "@/components/page";
import { SubmitButton } from "@/components/submit-button";
import { grant } from "@/lib/access/grant";
import { inWords } from "@/lib/access/named";
import { bringersOf, keyOf } from "@/lib/access/policy";
import { impactOf } from "@/lib/groups/impact";
import { wordsFor } from "@/lib/messages";
import { gatedPage } from "../../../../../gated-page";
import { NothingHere } from "../../../../../nothing-here";
import { groupTitle } from "../../../titles";
import { effectsOf, sentence } from "../../../words";
import { Effects } from "../../effects";
import { dropPolicy } from "../actions";
import { policiesOf, readEditable } from "../draw";
import { GroupTrail } from "../editor";

type Props = { params: Promise<{ group: string }>; searchParams: Promise<{ policy?: string | string[] }> };

export const generateMetadata = groupTitle("Remove policy");

/** Asks before one policy of a group is taken away, and says what that takes from whom. */
export default gatedPage(
  "groups.delete",
  "/account/groups/[group]/policies/remove",
  async (granted, { params, searchParams }: Props) => {
    const group = await readEditable(granted, (await params).group);
    const { policy: key } = await searchParams;
    const named = group?.named.find(({ policy }) => keyOf(policy) === key);
    const reading = grant(granted.actor, "groups.read");
    if (!group || !named || !reading) return <NothingHere />;
    const bringers = new Set(bringersOf(named.policy).map(keyOf));
    const by = group.named.filter(({ policy }) => bringers.has(keyOf(policy))).map(inWords);
    if (by.length > 0)
      return (
        <WidePage title={sentence(named)} lead={wordsFor({ code: "brought-along", by })}>
          <GroupTrail group={group} />
        </WidePage>
      );
    const rest = policiesOf(group).filter((policy) => policy !== named.policy);
    const effects = effectsOf((await impactOf(reading, group.id, rest)) ?? []);
    return (
      <WidePage
        title={
          <>
            Remove a policy from <bdi>{group.name}</bdi>?
          </>
        }
        lead={
          <>
            <bdi>{group.name}</bdi> will no longer allow this: <b>{sentence(named)}</b>.
          </>
        }
      >
        {effects.length > 0 ? (
          <Effects effects={effects} />
        ) : (
          <p>
            Nobody loses anything right now: no active member has it through this policy alone. Other policies, of this
            group too, may allow the same.
          </p>
        )}
        <ActionForm action={dropPolicy}>
          <Hidden name="organization" value={granted.organizationId} />
          <input type="hidden" name="group" value={group.id} />
          <input type="hidden" name="policy" value={keyOf(named.policy)} />
          <div className="flex flex-wrap gap-3">
            <SubmitButton tone="danger">Remove policy</SubmitButton>
            <ButtonLink href={`/account/groups/${group.id}`}>Cancel</ButtonLink>
          </div>
        </ActionForm>
        <GroupTrail group={group} />
      </WidePage>
    );
  },
);
