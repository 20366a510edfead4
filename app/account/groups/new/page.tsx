import type { Metadata } from "next";
import { WidePage } from "@/components/page";
import { Trail } from "@/components/trail";
import { grant } from "@/lib/access/grant";
import { readReach } from "@/lib/access/holding";
import { readCandidates, readGroup } from "@/lib/groups/queries";
import { gatedPage } from "../../../gated-page";
import { NothingHere } from "../../../nothing-here";
import { foundAmong } from "../found";
import { firstOf, sentence } from "../words";
import { NewGroupForm } from "./new-group-form";

type Props = { searchParams: Promise<{ copy?: string | string[] }> };

export const metadata: Metadata = { title: "Create group – Group Management" };

/** A new group, or with `?copy=` one with the policies of another. */
export default gatedPage("groups.create", "/account/groups/new", async (granted, { searchParams }: Props) => {
  const reading = grant(granted.actor, "groups.read");
  if (!reading) throw new Error("Every right on groups implies seeing them");
  const { copy } = await searchParams;
  const original = typeof copy === "string" ? await readGroup(reading, copy) : null;
  if (copy !== undefined && (!original || original.builtIn)) return <NothingHere />;
  if (original && !(await readReach(granted.actor, [original.id])).has(original.id)) return <TooMuch {...original} />;
  const people = foundAmong(await readCandidates(reading, null, ""));
  return (
    <WidePage
      title={original ? <Heading name={original.name} /> : "Create group"}
      lead={
        original
          ? "The new group has the same policies. Its members are those you choose here."
          : "Name it after the work its members do. What they may see and do comes next: policies."
      }
    >
      {original && original.named.length > 0 && (
        <div>
          <p>Members of the new group can:</p>
          <ul className="list-disc pl-5">
            {firstOf(original.named.map(sentence)).map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </div>
      )}
      <NewGroupForm
        organization={granted.organizationId}
        copy={original?.id ?? null}
        first={{
          name: original ? `${[...original.name].slice(0, 55).join("")} (copy)` : "",
          description: original?.description ?? "",
          people,
        }}
      />
    </WidePage>
  );
});

const Heading = ({ name }: { name: string }) => (
  <>
    Duplicate <bdi>{name}</bdi>
  </>
);

const TooMuch = ({ id, name }: { id: string; name: string }) => (
  <WidePage title={<Heading name={name} />}>
    <Trail steps={[{ href: `/account/groups/${id}`, words: <bdi>{name}</bdi> }]} />
    <p>This group allows more than you may do yourself, so you can't duplicate it. Ask an owner.</p>
  </WidePage>
);
