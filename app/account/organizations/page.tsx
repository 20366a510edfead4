import type { Metadata } from "next";
import { WidePage } from "@/components/page";
import { organizationsOf } from "@/lib/members/organizations";
import { personalPage } from "../../gated-page";
import { NowhereYet } from "../../nowhere-yet";
import { OrganizationList } from "./list";

export const metadata: Metadata = { title: "Your organizations" };

/** Every organization this person belongs to, and the way to each. */
export default personalPage("/account/organizations", async (person) => {
  const organizations = await organizationsOf(person.userId);
  return (
    <WidePage
      title="Your organizations"
      lead={organizations.length > 0 && <p>What you see and may do is that of one organization at a time.</p>}
    >
      {organizations.length > 0 ? (
        <OrganizationList organizations={organizations} current={person.actor?.organizationId} />
      ) : (
        <NowhereYet />
      )}
    </WidePage>
  );
});
