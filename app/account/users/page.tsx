import type { Metadata } from "next";
import { Badge } from "@/components/badge";
import { ButtonLink } from "@/components/button";
import { DataTable } from "@/components/data-table";
import { EmptyState } from "@/components/empty-state";
import { WidePage } from "@/components/page";
import { Time } from "@/components/time";
import { countOpenInvitations, listOpenInvitations, type OpenInvitation } from "@/lib/invitations/queries";
import { countMembers, listMembers, type Member } from "@/lib/members/queries";
import { gatedPage } from "../../gated-page";
import { deliveryWords } from "./delivery";

export const metadata: Metadata = { title: "User Management" };

const shown = 100;

/** Who is in the organization, and who has been asked to be. */
export default gatedPage("access.read", "/account/users", async (granted) => {
  const [members, memberCount, invitations, invitationCount] = await Promise.all([
    listMembers(granted, shown),
    countMembers(granted),
    listOpenInvitations(granted, shown),
    countOpenInvitations(granted),
  ]);
  const alone = memberCount === 1 && invitationCount === 0;
  const mayInvite = granted.actor.rights.has("access.create");
  const invite = (
    <ButtonLink href="/account/users/invite" tone="main">
      Invite Users
    </ButtonLink>
  );
  return (
    <WidePage title="User Management" actions={mayInvite && invite}>
      {alone && (
        <EmptyState>
          <p>It's just you so far.{mayInvite && " Invite people to your organization."}</p>
        </EmptyState>
      )}
      {invitationCount > 0 && (
        <section className="space-y-2">
          <DataTable
            caption={`Pending invitations (${invitationCount})`}
            showCaption
            columns={invitationColumns}
            rows={invitations}
            keyOf={({ id }) => id}
          />
          <More all={invitationCount} />
        </section>
      )}
      <section className="space-y-2">
        <DataTable
          caption={`Members (${memberCount})`}
          showCaption
          columns={memberColumns(granted.actor.userId)}
          rows={members}
          keyOf={({ userId }) => userId}
        />
        <More all={memberCount} />
      </section>
    </WidePage>
  );
});

const More = ({ all }: { all: number }) =>
  all > shown && (
    <p className="text-sm text-quiet">
      The first {shown} of {all.toLocaleString("en")} are shown.
    </p>
  );

const Groups = ({ names }: { names: string[] }) =>
  names.length === 0 ? <Badge tone="warning">No group</Badge> : <span dir="auto">{names.join(", ")}</span>;

const invitationColumns = [
  { label: "Address", names: true, cell: ({ email }: OpenInvitation) => <span className="break-all">{email}</span> },
  { label: "Groups on joining", cell: ({ groups }: OpenInvitation) => <Groups names={groups} /> },
  { label: "Invited by", cell: ({ invitedBy }: OpenInvitation) => <span dir="auto">{invitedBy}</span> },
  { label: "Sent", cell: ({ lastSentAt }: OpenInvitation) => <Time at={lastSentAt} /> },
  { label: "Delivery", cell: (row: OpenInvitation) => deliveryWords(row) },
  {
    label: "Expires",
    cell: ({ state, expiresAt }: OpenInvitation) =>
      state === "expired" ? <Badge tone="danger">Expired</Badge> : <Time at={expiresAt} relative date />,
  },
];

const memberColumns = (own: Member["userId"]) => [
  {
    label: "Person",
    names: true,
    cell: ({ userId, name, email }: Member) => (
      <>
        <span dir="auto" className="font-medium">
          {name}
        </span>{" "}
        {userId === own && <Badge tone="accent">You</Badge>}
        <span className="block text-sm break-all text-quiet">{email}</span>
      </>
    ),
  },
  {
    label: "Status",
    cell: ({ active, verified }: Member) => (
      <span className="inline-flex flex-wrap gap-1">
        {active ? <Badge tone="success">Active</Badge> : <Badge>Inactive</Badge>}
        {!verified && <Badge tone="warning">Address not verified</Badge>}
      </span>
    ),
  },
  { label: "Groups", cell: ({ groups }: Member) => <Groups names={groups} /> },
  {
    label: "Last active",
    cell: ({ lastActiveAt }: Member) => (lastActiveAt ? <Time at={lastActiveAt} relative date /> : "Not yet"),
  },
  { label: "Joined", cell: ({ joinedAt }: Member) => <Time at={joinedAt} date /> },
];
