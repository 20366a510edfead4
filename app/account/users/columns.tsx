import type { ReactNode } from "react";
import { Badge } from "@/components/badge";
import { EmailAddress } from "@/components/email-address";
import { Time } from "@/components/time";
import type { Actor } from "@/lib/access/actor";
import { addressOf, type Listing, type SortKey, type View } from "@/lib/directory/listing";
import type { InvitationRow, Row } from "@/lib/directory/queries";
import { DeliveryBelow, InvitationDelivery } from "./delivery";
import { Expiry } from "./expiry";
import { RowMenu } from "./row-menu";
import { Groups, InvitationStatus, MemberStatus } from "./status";
import { subjectOf } from "./subject";
import type { Subject } from "./verbs";

type Column = { label: string; sorts?: SortKey; names?: boolean; corner?: boolean; cell: (row: Row) => ReactNode };

/** The columns of a view, its heads leading to the list sorted by them. */
export const columnsOf = (actor: Actor, listing: Listing) =>
  [...columns(actor, listing)[listing.view], menu(actor, listing)].map(({ sorts, ...column }) => ({
    ...column,
    sort: sorts && sortOf(listing, sorts),
  }));

/** What each view can be sorted by, in the words of its heads. */
export const sortsOf = (listing: Listing): { key: SortKey; label: string }[] =>
  sortable[listing.view].map((key) => ({ key, label: sortWords[key] }));

const sortWords: Record<SortKey, string> = {
  name: "Name",
  joined: "Joined",
  active: "Last active",
  sent: "Sent",
  expires: "Expires",
};
const sortable: Record<View, SortKey[]> = {
  all: ["name", "active", "joined"],
  active: ["name", "active", "joined"],
  inactive: ["name", "active", "joined"],
  pending: ["name", "sent", "expires"],
  history: ["name", "sent"],
};

/** Pressed first, names go from A and moments from the latest; pressed again, the other way round. */
const sortOf = (listing: Listing, key: SortKey) => {
  const { sort } = listing;
  const now = sort.key === key ? (sort.reversed ? "descending" : "ascending") : null;
  const reversed = now ? !sort.reversed : key !== "name";
  const href = addressOf("/account/users", { ...listing, sort: { key, reversed }, page: null });
  return { href, now } as const;
};

const columns = (actor: Actor, listing: Listing): Record<View, Column[]> => {
  const about = (row: Row) => subjectOf(actor, listing, row);
  const status: Column = {
    label: "Status",
    cell: (row) =>
      row.kind === "member" ? (
        <MemberStatus {...row} />
      ) : (
        <>
          <InvitationStatus state={row.state} />
          <DeliveryBelow row={row} about={about(row)} />
        </>
      ),
  };
  const members = [person(actor, about), status, groups, lastActive, joined];
  const address = { ...person(actor, about), label: "Address" };
  const expires = invitationColumn(
    "Expires",
    (row) => <Expiry actor={actor} row={row} about={about(row)} />,
    "expires",
  );
  const delivery = invitationColumn("Delivery", (row) => <InvitationDelivery row={row} about={about(row)} />);
  return {
    all: members,
    active: members,
    inactive: members,
    pending: [address, { ...groups, label: "Groups on joining" }, invitedBy, sent, delivery, expires],
    history: [address, status, invitedBy, sent, ended],
  };
};

const person = (actor: Actor, about: (row: Row) => Subject): Column => ({
  label: "Person",
  names: true,
  sorts: "name",
  cell: (row) =>
    row.kind === "invitation" ? (
      <a href={about(row).href} className="hover:underline">
        <EmailAddress>{row.email}</EmailAddress>
      </a>
    ) : (
      <>
        <a href={about(row).href} dir="auto" className="font-medium hover:underline">
          {row.name}
        </a>{" "}
        {row.id === actor.userId && <Badge tone="accent">You</Badge>}
        <span className="block text-sm text-quiet">
          <EmailAddress>{row.email}</EmailAddress>
        </span>
      </>
    ),
});

const groups: Column = {
  label: "Groups",
  // Names break anywhere rather than widen the table, but where there is room not within a word like Administrator.
  cell: ({ groups }) => (
    <div className="@min-[56rem]:min-w-28">
      <Groups names={groups} />
    </div>
  ),
};

const lastActive: Column = {
  label: "Last active",
  sorts: "active",
  cell: (row) => (row.kind === "member" && row.lastActiveAt ? <Time at={row.lastActiveAt} relative date /> : "Not yet"),
};

const joined: Column = {
  label: "Joined",
  sorts: "joined",
  cell: (row) =>
    row.kind === "member" ? (
      <Time at={row.joinedAt} date />
    ) : (
      <>
        Invited <Time at={row.lastSentAt} date />
      </>
    ),
};

const invitationColumn = (label: string, cell: (row: InvitationRow) => ReactNode, sorts?: SortKey): Column => ({
  label,
  ...(sorts ? { sorts } : {}),
  cell: (row) => row.kind === "invitation" && cell(row),
});

const invitedBy = invitationColumn("Invited by", (row) => <span dir="auto">{row.invitedBy}</span>);

const sent = invitationColumn(
  "Sent",
  ({ sends, lastSentAt }) => (
    <>
      {sends > 1 && `${sends} times, the last `}
      <Time at={lastSentAt} relative date />
    </>
  ),
  "sent",
);

const ended = invitationColumn("Ended", ({ endedAt }) => endedAt && <Time at={endedAt} relative date />);

const menu = (actor: Actor, listing: Listing): Column => ({
  label: "Actions",
  corner: true,
  cell: (row) => <RowMenu about={subjectOf(actor, listing, row)} />,
});
