import { AnyOf } from "@/components/people";
import type { Belonging } from "@/lib/members/organizations";
import { readOwners } from "@/lib/members/queries";

/** Whom an inactive member can ask. Others may be able to as well, but not for everybody: owners always are. */
export const AskToReactivate = async ({ organizationId }: { organizationId: Belonging["id"] }) => (
  <>
    Ask <AnyOf people={await readOwners({ organizationId })} /> to re-activate you.
  </>
);
