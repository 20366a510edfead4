import { Badge } from "@/components/badge";
import { ActionForm } from "@/components/form";
import { SubmitButton } from "@/components/submit-button";
import type { Belonging } from "@/lib/members/organizations";
import { AskToReactivate } from "../../ask-to-reactivate";
import { switchOrganization } from "./actions";

/** The organizations of a person, each with the way there; `current` is where they stand. */
export const OrganizationList = ({ organizations, current }: { organizations: Belonging[]; current?: string }) => (
  <ul className="divide-y divide-line rounded-card border border-line bg-surface px-5 sm:px-6">
    {organizations.map(({ id, name, active }) => (
      <li key={id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-4">
        <p className="flex min-w-0 flex-wrap items-center gap-2 font-medium">
          <bdi className="min-w-0 wrap-anywhere">{name}</bdi>
          {id === current && <Badge tone="accent">You are here</Badge>}
          {!active && <Badge tone="warning">Inactive</Badge>}
        </p>
        {active && id !== current && <Switch to={{ id, name }} tone="plain" />}
        {!active && (
          <p className="text-sm text-quiet">
            <AskToReactivate organizationId={id} />
          </p>
        )}
      </li>
    ))}
  </ul>
);

/** One press to another organization, and there to `next` or its first page. */
export const Switch = ({ to, next, tone }: { to: Pick<Belonging, "id" | "name">; next?: string; tone?: "plain" }) => (
  <ActionForm action={switchOrganization}>
    <input type="hidden" name="to" value={to.id} />
    {next && <input type="hidden" name="next" value={next} />}
    <SubmitButton tone={tone}>
      <span className="min-w-0 wrap-anywhere">
        Switch to <bdi>{to.name}</bdi>
      </span>
    </SubmitButton>
  </ActionForm>
);
