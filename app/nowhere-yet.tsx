import { ButtonLink } from "@/components/button";
import { EmptyState } from "@/components/empty-state";
import { signUpOpen } from "@/lib/auth/sign-up";

/** For somebody who belongs to no organization at all: how they get into one. */
export const NowhereYet = async () => {
  const open = await signUpOpen();
  return (
    <EmptyState
      title="No organization yet"
      actions={open && <ButtonLink href="/signup">Create organization</ButtonLink>}
    >
      <p>
        Your account belongs to no organization. To join one, ask somebody in it to invite you, and open the link in the
        mail you get.
      </p>
    </EmptyState>
  );
};
