"use client";

import { EmailAddress } from "@/components/email-address";
import type { Picking } from "@/lib/picking";
import { Picker } from "../../picker";

/** Members of the organization, to be ticked and searched for. */
export const PeoplePicker = ({ legend, first, drawn }: { legend: string; first: Picking; drawn: Picking | null }) => (
  <Picker
    name="members"
    legend={legend}
    label="Name or address"
    words={{ none: "Nobody", one: "person", many: "people" }}
    first={first}
    drawn={drawn}
    hintAs={EmailAddress}
  />
);
