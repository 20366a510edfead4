/** Everybody's, in the demo. It is printed when the demo starts, and opens nothing else. */
export const password = "sunlit harbour lantern";

export const organizationName = "Juniper and Finch";
/** It and its owner are this many days old. */
export const age = 45;
export const owner = { name: "Amara Okafor", email: "amara.okafor@example.com" };
export const administrator = "jonas.lindqvist@example.com";
export const engineer = "mei.chen@example.com";

/** Somebody who was invited, and what became of it. Times are days ago. */
export type Guest = Readonly<{
  email: string;
  sent: number;
  lifetimeDays?: 1 | 3 | 7 | 14 | 30;
  group?: Group;
  message?: string;
  joined?: Readonly<{ name: string; ago: number; lastActive: number }>;
  declined?: number;
  revoked?: number;
}>;
export type Group = "Owners" | "Administrator" | "Data Engineer" | "Data Analyst";

const member = (name: string, email: string, sent: number, ago: number, lastActive: number): Guest => ({
  ...{ email, sent, lifetimeDays: 14 },
  joined: { name, ago, lastActive },
});

/** The first team, invited by the owner before there are groups, and the groups made of them. */
export const firstTeam: readonly Guest[] = [
  { ...member("Jonas Lindqvist", administrator, 41, 41, 0.1), group: "Administrator" },
  { ...member("Mei Chen", engineer, 41, 40, 0.04), group: "Data Engineer" },
  { ...member("Priya Raman", "priya.raman@example.com", 40, 38, 0.3), group: "Data Analyst" },
];

/** Invited by the owner: only she may hand out Owners, and what engineers may do. */
export const invitedByOwner: readonly Guest[] = [
  { ...member("Isabel Ferreira", "isabel.ferreira@example.com", 39, 37, 2.2), group: "Owners" },
  { ...member("Rafael Duarte", "rafael.duarte@example.com", 33, 32, 0.9), group: "Data Engineer" },
  { ...member("Henrik Vogel", "henrik.vogel@example.com", 33, 30, 9), group: "Data Engineer" },
  { ...member("Fatima El Idrissi", "fatima.elidrissi@example.org", 12, 11, 1.4), group: "Data Engineer" },
  {
    ...{ email: "hiroshi.sato@example.org", sent: 0.6, lifetimeDays: 1, group: "Data Engineer" },
    message: "Hiroshi, this is for the migration on Thursday. The link is good until tomorrow.",
  },
  {
    email: "books@example.org",
    sent: 3,
    lifetimeDays: 14,
    message: "For the yearly audit. I will add you to a group.",
  },
];

/** Invited by the administrator. */
export const invitedByAdministrator: readonly Guest[] = [
  { ...member("Tomasz Kowalczyk", "tomasz.kowalczyk@example.com", 34, 34, 0.2), group: "Data Analyst" },
  { ...member("Layla Haddad", "layla.haddad@example.com", 34, 31, 1.1), group: "Data Analyst" },
  { ...member("Kwame Mensah", "kwame.mensah@example.com", 26, 24, 4.5), group: "Data Analyst" },
  { ...member("Yuki Tanaka", "yuki.tanaka@example.com", 26, 25, 0.5), group: "Data Analyst" },
  { ...member("Liam O’Connor", "liam.oconnor@example.com", 16, 15, 3), group: "Data Analyst" },
  { ...member("Nadia Petrova", "nadia.petrova@example.org", 8, 6, 0.7), group: "Data Analyst" },
  member("Sofia Rossi", "sofia.rossi@example.com", 2, 1, 0.8),
  member("Daniel Kim", "daniel.kim@example.com", 9, 9, 1.2),
  { email: "zanele.dlamini@example.com", sent: 2, group: "Data Analyst" },
  { email: "marek.novak@example.com", sent: 5.2, group: "Data Analyst" },
  { email: "camille.laurent@example.com", sent: 12, group: "Data Analyst" },
  { email: "seun.adeyemi@example.org", sent: 20, lifetimeDays: 3 },
  { email: "viktor.horvat@example.org", sent: 15, group: "Data Analyst", declined: 13.5 },
  { email: "pria.raman@example.com", sent: 40.5, revoked: 40.4 },
];

/** Everybody who was invited, and the owner, who began it all. */
export const everybody: readonly Guest[] = [
  ...[...firstTeam, ...invitedByOwner, ...invitedByAdministrator],
  { email: owner.email, sent: age, joined: { name: owner.name, ago: age, lastActive: 0.02 } },
];

/** How many days ago an invitation was answered or taken back. */
export const answered = ({ joined, declined, revoked }: Guest): number => joined?.ago ?? declined ?? revoked ?? 0;

/** The one whom the administrator has deactivated, and how many days ago. */
export const deactivated = { email: "henrik.vogel@example.com", ago: 8 };

/** The one whose request for access waits for an answer, and how many days ago it was made. */
export const asksForAccess = {
  ...{ email: "daniel.kim@example.com", ago: 1.2 },
  note: "I joined the finance team and need the invoices of this year for the budget.",
};

/** How many days ago the engineer has last read both sources again. */
export const refreshed = 0.05;

/** Whom to sign in as, for whoever started the demo. */
export const accounts = (): string[] => [
  `This is a demo with made-up people. Sign in as one of them with the password ${password}`,
  `  ${owner.email}, the owner`,
  `  ${administrator}, who manages people and groups`,
  `  ${engineer}, a data engineer`,
  "  priya.raman@example.com, a data analyst",
  "  sofia.rossi@example.com, who has no access yet",
];
