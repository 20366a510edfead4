import { beforeAll, expect, test } from "vitest";
import type { DomainId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import type { Policy } from "@/lib/access/policy";
import { testDatabase } from "@/lib/testing/database";
import { granted, makeGroup, makeMember, makeMemberWith, makeOwner, ownersGroup } from "@/lib/testing/people";
import { type MadeSource, makeDomain, makeSource } from "@/lib/testing/resources";
import { readOffered } from "./offered";

testDatabase();
let owner: Actor;
let source: MadeSource;
const inSales = (right: "assets.read" | "assets.edit"): Policy => {
  const [sales] = source.schemas;
  if (!sales) throw new Error("The source has a schema");
  return { right, on: { source: source.id, asset: sales.id, schema: null } };
};
const offeredTo = async (actor: Actor, held?: Parameters<typeof readOffered>[1]) =>
  (await readOffered(granted(actor, "groups.edit"), held)).map(({ name }) => name);

const seeing = (domain: DomainId): Policy => ({ right: "domain.read", on: { domain } });

beforeAll(async () => {
  owner = await makeOwner();
  source = await makeSource(owner, { sales: ["orders"] }, "Snowflake");
});

test("an owner is offered every group, Owners first, each with what it lets people see, cut where it grows long", async () => {
  await makeGroup(owner, [], "Nothing");
  await makeGroup(owner, ["access.create", inSales("assets.read")], "Sales");
  const domains = await Promise.all(["Alpha", "Beta", "Gamma", "Delta", "Echo"].map((name) => makeDomain(owner, name)));
  await makeGroup(owner, domains.map(seeing), "Wide");
  const mixed = ["audit.read", "access.create", "settings.read", inSales("assets.read")] as const;
  await makeGroup(owner, [...mixed, ...domains.slice(0, 1).map((domain) => seeing(domain))], "Mixed");
  const offered = await readOffered(granted(owner, "groups.edit"));
  expect(offered.map(({ name, owners, lets, beyond }) => [name, owners, lets, beyond])).toEqual([
    ["Owners", true, "Everything in this organization", false],
    ["Mixed", false, "See schema sales of Snowflake, see the domain Alpha, invite users, and 2 more", false],
    ["Nothing", false, "Lets nobody see anything yet", false],
    ["Sales", false, "See schema sales of Snowflake and invite users", false],
    ["Wide", false, "See the domain Alpha, see the domain Beta, see the domain Delta, and 2 more", false],
  ]);
});

test("anybody else is offered what they hold themselves, and what somebody is in already", async () => {
  const editing = await makeGroup(owner, ["groups.edit", inSales("assets.read")], "Editing");
  const manager = await makeMember(owner, [editing]);
  await makeGroup(owner, [inSales("assets.edit")], "More");
  const audit = await makeGroup(owner, ["audit.read"], "Auditors");
  expect(await offeredTo(manager)).toEqual(["Editing", "Nothing"]);
  expect(await offeredTo(manager, [audit])).toEqual(["Auditors", "Editing", "Nothing"]);
  const owners = await ownersGroup(owner.organizationId);
  expect(await readOffered(granted(manager, "groups.edit"), [owners])).toMatchObject([
    { name: "Owners", beyond: true },
    { name: "Editing", beyond: false },
    { name: "Nothing", beyond: false },
  ]);
});

test("groups of another organization are offered to nobody here", async () => {
  const stranger = await makeOwner("Globex");
  const theirs = await makeGroup(stranger, [], "Theirs");
  const manager = await makeMemberWith(owner, ["groups.edit"]);
  expect(await offeredTo(owner, [theirs])).not.toContain("Theirs");
  expect(await offeredTo(manager, [theirs])).not.toContain("Theirs");
});
