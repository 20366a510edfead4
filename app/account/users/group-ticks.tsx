"use client";

import { Ticks } from "@/components/ticks";
import type { OfferedGroup } from "@/lib/groups/offered";

/** Groups to be ticked, each with what it lets people see and do, and with what is to be thought of before. */
export const GroupTicks = ({ legend, choices, chosen, none, beyond, keepsOwners = false }: GroupTicksProps) => (
  <Ticks
    name="groups"
    legend={legend}
    options={choices.map((group) => ({
      value: group.id,
      label: group.name,
      hint: group.lets,
      caution: group.owners && keepsOwners ? decidedByOwners : group.beyond ? beyond : group.owners ? power : undefined,
      fixed: group.owners && keepsOwners,
    }))}
    defaultValue={chosen}
    none={none}
  />
);

const power = "Owners can do everything, including changing or removing your access.";
const decidedByOwners = "Only an owner decides who is one.";

type GroupTicksProps = {
  legend: string;
  choices: readonly OfferedGroup[];
  chosen?: readonly string[];
  /** Said as long as nothing is ticked. */
  none?: string;
  /** Said of a group that allows more than this person may do. */
  beyond?: string;
  /** Whether somebody stays in Owners whatever the form says: only owners decide that. */
  keepsOwners?: boolean;
};
