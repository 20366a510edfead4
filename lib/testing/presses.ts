import type { AnyRight, Right } from "@/lib/access/catalogue";
import type { Resource } from "@/lib/access/policy";
import { versionOf } from "@/lib/groups/policies";
import { type Ground, type Kind, once } from "./ground";
import { freshEmail, whole } from "./people";
import { type Fields, nobodys } from "./press";
import { pressesOnResources } from "./presses-on-resources";

// What every press takes (SPEC section 3), by the action it is sent to. The gates of the actions themselves are not asked:
// they are what is held to this.

export type Press = Readonly<{
  /** File and export of the action, and which of several presses it is, if there are several. */
  action: string;
  as?: string;
  needs: AnyRight;
  /** A second right that it takes. */
  also?: Right;
  /** What it is about, and names in its form; null for what makes something new. */
  about: Kind | null;
  /** What else it sends, filled in as somebody would. */
  fields: (ground: Ground) => Fields;
  /** Something else that has to show to whoever presses, in the same form. */
  shows?: (ground: Ground) => Resource;
  /** What is said to whoever may, where nothing comes of it on this ground. */
  says?: string;
  /** That nothing changes by it. */
  asks?: true;
}>;

let count = 0;
const described = () => ({ name: `Name ${++count} of a test`, description: "Made by a test" });
const csv = () => `email,groups\n${freshEmail("listed")},\n`;

/** What the group of the ground allows. */
const allowed = [whole("groups.read")];

const users = "app/account/users/actions.ts";
const invite = "app/account/users/invite";
const group = "app/account/groups/[group]";
const policies = `${group}/policies/actions.ts`;

export const presses: readonly Press[] = [
  { action: `${users} resendInvite`, needs: "access.create", about: "invitation", fields: () => ({}) },
  { action: `${users} tryMailAgain`, needs: "access.create", about: "invitation", fields: () => ({}), asks: true },
  { action: `${users} copyInviteLink`, needs: "access.create", about: "invitation", fields: () => ({}) },
  { action: `${users} revokeInvite`, needs: "access.delete", about: "invitation", fields: () => ({}) },
  {
    action: "app/account/mail/actions.ts liftSuppression",
    needs: "access.read",
    about: null,
    fields: () => ({ suppression: nobodys }),
    says: "not found",
    asks: true,
  },
  {
    action: "app/account/mail/actions.ts tryListedMailAgain",
    needs: "access.create",
    about: null,
    fields: () => ({ mail: nobodys }),
    says: "not found",
    asks: true,
  },
  { action: `${users} deactivateUser`, needs: "access.edit", about: "member", fields: () => ({}) },
  { action: `${users} reactivateUser`, needs: "access.edit", about: "inactive", fields: () => ({}) },
  {
    action: "app/account/users/invitations/[invitation]/address/actions.ts correctInviteAddress",
    needs: "access.create",
    also: "access.delete",
    about: "invitation",
    fields: () => ({ email: freshEmail("right") }),
  },
  {
    action: "app/account/users/invitations/[invitation]/groups/actions.ts changeInviteGroups",
    needs: "groups.edit",
    about: "invitation",
    fields: ({ group }) => ({ "groups[]": group }),
  },
  {
    action: "app/account/users/[user]/groups/actions.ts setMemberGroups",
    needs: "groups.edit",
    about: "inactive",
    fields: ({ group }) => ({ "groups[]": group }),
  },
  {
    action: `${invite}/actions.ts inviteUsers`,
    needs: "access.create",
    about: null,
    fields: () => ({ key: once(), addresses: freshEmail("typed"), message: "", lifetimeDays: "7" }),
  },
  {
    action: `${invite}/csv/actions.ts previewCsv`,
    needs: "access.create",
    about: null,
    fields: () => ({ file: new File([csv()], "people.csv", { type: "text/csv" }) }),
    asks: true,
  },
  {
    action: `${invite}/csv/actions.ts inviteCsv`,
    needs: "access.create",
    about: null,
    fields: () => ({ key: once(), csv: csv(), message: "", lifetimeDays: "7" }),
  },
  {
    action: "app/account/groups/new/actions.ts newGroup",
    needs: "groups.create",
    about: null,
    fields: ({ member }) => ({ step: "create", ...described(), "members[]": member }),
  },
  {
    action: "app/account/groups/new/actions.ts newGroup",
    as: "to look for people",
    needs: "groups.create",
    about: null,
    fields: ({ member }) => ({ step: "find", q: "", ...described(), "members[]": member }),
    asks: true,
  },
  {
    action: `${group}/actions.ts saveDetails`,
    needs: "groups.edit",
    about: "group",
    fields: described,
  },
  {
    action: `${group}/actions.ts changeMembers`,
    as: "to add",
    needs: "groups.edit",
    about: "group",
    fields: ({ owner }) => ({ step: "add", "members[]": owner.userId }),
  },
  {
    action: `${group}/actions.ts changeMembers`,
    as: "to take out",
    needs: "groups.edit",
    about: "group",
    fields: ({ member }) => ({ step: "remove", remove: member }),
  },
  {
    action: `${policies} editPolicies`,
    needs: "groups.edit",
    about: "group",
    fields: () => ({ about: "administrative", step: "save", seen: versionOf(allowed), changes: "+groups.edit" }),
  },
  {
    action: `${policies} addToPolicies`,
    needs: "groups.create",
    about: "group",
    fields: () => ({ about: "administrative", step: "save", seen: versionOf(allowed), changes: "+groups.create" }),
  },
  {
    action: `${policies} dropPolicy`,
    needs: "groups.delete",
    about: "group",
    fields: () => ({ policy: "groups.read" }),
  },
  {
    action: "app/account/requests/actions.ts decideRequest",
    as: "to grant",
    needs: "groups.edit",
    about: "request",
    fields: ({ group }) => ({ step: "grant", "groups[]": group, answer: "" }),
  },
  {
    action: "app/account/requests/actions.ts decideRequest",
    as: "to refuse",
    needs: "groups.edit",
    about: "request",
    fields: () => ({ step: "refuse", answer: "" }),
  },
  { action: `${group}/actions.ts removeGroup`, needs: "groups.delete", about: "group", fields: () => ({}) },
  ...pressesOnResources,
];

/** Presses that take no right: for oneself, by whoever is signed in. */
export const ownPresses: Readonly<Record<string, Fields>> = {
  "app/account/access/actions.ts askForAccess": { note: "" },
  "app/account/organizations/actions.ts readThatMoved": {},
  "app/account/organizations/actions.ts switchOrganization": { to: nobodys },
  "app/account/profile/actions.ts changeInviteMail": {},
  "app/account/profile/actions.ts changeName": { name: "Mia Member" },
  "app/account/profile/actions.ts changePassword": { currentPassword: "none", newPassword: "none" },
  "app/account/profile/actions.ts endSession": { session: nobodys },
  "app/account/profile/actions.ts signOutEverywhere": {},
  "app/help/actions.ts openHelp": {},
  "app/join/[token]/actions.ts goToOrganization": { token: "none" },
};
