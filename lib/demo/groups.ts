import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { AssetId, DomainId, GroupId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import type { Right } from "@/lib/access/catalogue";
import type { Policy } from "@/lib/access/policy";
import { createGroup } from "@/lib/groups/commands";
import { addPolicies } from "@/lib/groups/policies";
import { NewGroupInput } from "@/lib/groups/schema";
import { by, must } from "./acting";
import type { Groups, Members } from "./guests";
import { firstTeam, type Group } from "./people";
import type { Connected, Sources } from "./resources";

/** Makes the groups, each with those of the first team who belong to it, and says what they allow. */
export const makeGroups = async (
  owner: Actor,
  team: Members,
  sources: Sources,
  domains: readonly DomainId[],
): Promise<Groups> => {
  const groups = new Map<Group, GroupId>([["Owners", await readOwners(owner)]]);
  for (const { name, description, policies } of allowances(sources, domains)) {
    const members = firstTeam.filter(({ group }) => group === name).map(({ email }) => team.get(email)?.userId);
    const input = NewGroupInput.parse({ name, description, members });
    const id = must(await createGroup(by(owner, "groups.create"), input));
    must(await addPolicies(by(owner, "groups.create"), id, policies));
    groups.set(name, id);
  }
  return groups;
};

type Allowance = { name: Group; description: string; policies: readonly Policy[] };

const allowances = ({ warehouse, crm }: Sources, domains: readonly DomainId[]): readonly Allowance[] => [
  {
    name: "Administrator",
    description: "Looks after people, groups and who sees what.",
    // Nobody hands out more than they hold, and nothing administrative shows assets.
    policies: [...administers.map(whole), seeing(warehouse, null), seeing(crm, null)],
  },
  {
    name: "Data Engineer",
    description: "Runs both sources and says what is in them.",
    policies: [...running(warehouse), ...running(crm), ...domains.map((domain) => on(domain, "domain.edit"))],
  },
  {
    name: "Data Analyst",
    description: "Answers questions about sales, marketing and open deals.",
    policies: [
      ...["sales", "marketing"].map((schema) => seeing(warehouse, warehouse.asset(schema))),
      seeing(crm, crm.asset("pipeline")),
      ...domains.map((domain) => on(domain, "domain.read")),
    ],
  },
];

const administers: readonly Right[] = [
  ...(["access.create", "access.edit", "access.delete", "groups.create", "groups.edit", "groups.delete"] as const),
  ...(["sources.read", "domains.read", "audit.read"] as const),
];

const whole = (right: Right): Policy => ({ right, on: null });
const seeing = ({ id: source }: Connected, asset: AssetId | null): Policy => ({
  ...{ right: "assets.read", on: { source, asset, schema: null } },
});
const running = ({ id: source }: Connected): Policy[] => [
  { right: "source.edit", on: { source } },
  { right: "assets.edit", on: { source, asset: null, schema: null } },
];
const on = (domain: DomainId, right: "domain.read" | "domain.edit"): Policy => ({ right, on: { domain } });

const readOwners = async ({ organizationId }: Actor): Promise<GroupId> => {
  const [row] = await db().execute<{ id: GroupId }>(
    sql`select id from groups where organization_id = ${organizationId} and built_in = 'owners'`,
  );
  if (!row) throw new Error("Every organization has Owners");
  return row.id;
};
