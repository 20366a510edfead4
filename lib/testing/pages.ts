import type { AnyRight, Right } from "@/lib/access/catalogue";
import type { Kind } from "./ground";

// What every page takes that hasn't been left open to anybody (SPEC sections 2 and 3), by its file. The gates of the pages
// themselves are not asked: they are what is held to this.

export type Taking = Readonly<{
  /** The right, or those of which one will do; null where seeing what it is about is enough, or, about nothing, being a member. */
  needs: readonly AnyRight[] | null;
  /** What its address names. */
  about: Kind | null;
  /** What else it takes for that to be seen: a right, which is then what is missing, or that the source of the ground shows. */
  seen?: Right | "source";
  /** What stands behind the question mark. */
  query?: string;
  /** That whoever is signed in may open it, member or not. */
  personal?: true;
}>;

const member: Taking = { needs: null, about: null };
const toAllow = ["groups.edit", "groups.create"] as const;
const personal: Taking = { ...member, personal: true };

export const pages: Readonly<Record<string, Taking>> = {
  "app/account/groups/page.tsx": { needs: ["groups.read"], about: null },
  "app/account/groups/new/page.tsx": { needs: ["groups.create"], about: null },
  "app/account/groups/[group]/page.tsx": { needs: ["groups.read"], about: "group" },
  "app/account/groups/[group]/policies/administrative/page.tsx": { needs: toAllow, about: "group" },
  "app/account/groups/[group]/policies/domains/page.tsx": { needs: toAllow, about: "group" },
  "app/account/groups/[group]/policies/sources/page.tsx": { needs: toAllow, about: "group" },
  "app/account/groups/[group]/policies/sources/[source]/page.tsx": { needs: toAllow, about: "group", seen: "source" },
  "app/account/groups/[group]/policies/page.tsx": { needs: ["groups.read"], about: "group" },
  "app/account/groups/[group]/policies/remove/page.tsx": {
    ...{ needs: ["groups.delete"], about: "group", query: "?policy=groups.read" },
  },
  "app/account/requests/page.tsx": { needs: ["groups.edit"], about: null },
  "app/account/requests/[request]/page.tsx": { needs: ["groups.edit"], about: "request" },
  "app/account/access/page.tsx": member,
  "app/account/mail/page.tsx": { needs: ["access.read"], about: null },
  "app/account/organizations/page.tsx": personal,
  "app/account/profile/page.tsx": personal,
  "app/account/users/page.tsx": { needs: ["access.read"], about: null },
  "app/account/users/invite/page.tsx": { needs: ["access.create"], about: null },
  "app/account/users/invite/csv/page.tsx": { needs: ["access.create"], about: null },
  "app/account/users/[user]/page.tsx": { needs: ["access.read"], about: "member" },
  "app/account/users/[user]/groups/page.tsx": { needs: ["groups.edit"], about: "member", seen: "access.read" },
  "app/account/users/invitations/[invitation]/page.tsx": { needs: ["access.read"], about: "invitation" },
  "app/account/users/invitations/[invitation]/address/page.tsx": {
    ...{ needs: ["access.create"], about: "invitation", seen: "access.delete" },
  },
  "app/account/users/invitations/[invitation]/groups/page.tsx": {
    ...{ needs: ["groups.edit"], about: "invitation", seen: "access.read" },
  },
  "app/domains/page.tsx": member,
  "app/domains/new/page.tsx": { needs: ["domains.create"], about: null },
  "app/domains/[domain]/page.tsx": { needs: null, about: "domain" },
  "app/domains/[domain]/add/page.tsx": { needs: ["domain.edit"], about: "domain" },
  "app/domains/[domain]/edit/page.tsx": { needs: ["domain.edit"], about: "domain" },
  "app/domains/[domain]/delete/page.tsx": { needs: ["domain.delete"], about: "domain" },
  "app/help/page.tsx": personal,
  "app/sources/page.tsx": member,
  "app/sources/new/page.tsx": { needs: ["sources.create"], about: null },
  "app/sources/[source]/page.tsx": { needs: null, about: "source" },
  "app/sources/[source]/edit/page.tsx": { needs: ["source.edit"], about: "source" },
  "app/sources/[source]/delete/page.tsx": { needs: ["source.delete"], about: "source" },
  "app/sources/[source]/[asset]/page.tsx": { needs: null, about: "asset" },
};

/** The address of a page, with these ids in it. */
export const addressOf = (file: string, ids: Readonly<Record<string, string>>): string =>
  file.replace(/^app|\/page\.tsx$/g, "").replace(/\[(\w+)\]/g, (_, name: string) => ids[name] ?? name) +
  (pages[file]?.query ?? "");
