import { Badge } from "@/components/badge";
import { ButtonLink } from "@/components/button";
import { WidePage } from "@/components/page";
import { Trail } from "@/components/trail";
import { readReach } from "@/lib/access/holding";
import { type GroupWhole, readCandidates, readGroup, readGroupMembers } from "@/lib/groups/queries";
import { drawnWith } from "@/lib/meanwhile";
import { readPaging } from "@/lib/paging";
import { gatedPage } from "../../../gated-page";
import { NothingHere } from "../../../nothing-here";
import { YouTyped } from "../../../you-typed";
import { foundAmong } from "../found";
import { groupTitle } from "../titles";
import { outcomes } from "../words";
import { Asked } from "./asked";
import { Candidates } from "./candidates";
import { Deletion } from "./deletion";
import { Details } from "./details";
import { Members } from "./members";
import { PolicyList } from "./policy-list";
import { Presses } from "./presses";

type Props = {
  params: Promise<{ group: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const generateMetadata = groupTitle();

/** One group: what it is called, who is in it, and what it allows. */
export default gatedPage("groups.read", "/account/groups/[group]", async (granted, { params, searchParams }: Props) => {
  const group = await readGroup(granted, (await params).group);
  if (!group) return <NothingHere />;
  const { actor, organizationId } = granted;
  const asked = await searchParams;
  const reach = (await readReach(actor, [group.id])).has(group.id);
  const mayEdit = actor.rights.has("groups.edit");
  const mayMove = mayEdit && (!group.builtIn || actor.owner);
  const members = await readGroupMembers(granted, group.id, readPaging(asked, "_member"));
  return (
    <WidePage
      title={<Heading {...group} />}
      lead={
        <span dir="auto" className="whitespace-pre-line">
          {group.description}
        </span>
      }
    >
      <Presses
        organization={organizationId}
        group={group.id}
        after={outcomes.get(asked.after)}
        mayEdit={mayEdit}
        mayAdd={mayMove && reach}
      >
        {!mayEdit && <YouTyped />}
        <Asked granted={granted} group={group} asked={asked.ask} mayMove={mayMove} />
        <PolicyList group={group} actor={actor} />
        <Members actor={actor} group={group} page={members} mayRemove={mayMove}>
          {mayMove && reach && (
            <Candidates group={group} people={foundAmong(await readCandidates(granted, group.id, ""))} />
          )}
          {mayEdit && !reach && (
            <p className="text-quiet">
              {group.builtIn
                ? "Only an owner decides who is one."
                : "This group allows more than you may do yourself, so you can't add anybody to it."}
            </p>
          )}
        </Members>
        {mayEdit && !group.builtIn && (
          <Details
            name={group.name}
            description={group.description}
            drawn={drawnWith({ name: group.name, description: group.description })}
          />
        )}
        <div className="flex flex-wrap gap-3">
          {actor.rights.has("groups.create") && reach && !group.builtIn && (
            <ButtonLink href={`/account/groups/new?copy=${group.id}`}>Duplicate</ButtonLink>
          )}
          {actor.rights.has("groups.delete") && !group.builtIn && <Deletion granted={granted} group={group} />}
        </div>
      </Presses>
      <Trail steps={[{ href: "/account/groups", words: "Group Management" }]} />
    </WidePage>
  );
});

const Heading = ({ name, builtIn }: GroupWhole) => (
  <span className="inline-flex flex-wrap items-center gap-x-3">
    <bdi className="wrap-anywhere">{name}</bdi>
    <span className="font-sans">{builtIn && <Badge tone="accent">Built in</Badge>}</span>
  </span>
);
