/**
 * What can be allowed (SPEC section 3), as data. Groups store only keys: `access` + `create`.
 * `operations` holds, for each operation a permission knows, what it lets a person do, in plain words.
 */
export const catalogue = {
  access: {
    kind: "administrative",
    label: "Manage access for organization",
    operations: {
      read: "see users and invitations",
      create: "invite users",
      edit: "deactivate and re-activate users",
      delete: "revoke invites",
    },
  },
  groups: {
    kind: "administrative",
    label: "Manage group and policies",
    operations: {
      read: "see groups",
      create: "make groups and add policies",
      edit: "change groups, members and policies",
      delete: "delete groups and remove policies",
    },
  },
  sources: {
    kind: "administrative",
    label: "Manage data sources",
    operations: {
      read: "see all sources",
      create: "connect a source",
      edit: "enable, disable and change sources",
      delete: "delete sources",
    },
  },
  domains: {
    kind: "administrative",
    label: "Manage domains",
    operations: {
      read: "see all domains",
      create: "create a domain",
      edit: "change domains",
      delete: "delete domains",
    },
  },
  settings: {
    kind: "administrative",
    label: "Manage org settings",
    operations: { read: "see the organization's settings", edit: "change the organization's settings" },
  },
  audit: {
    kind: "administrative",
    label: "Audit log",
    operations: { read: "see and export the audit log" },
  },
  source: {
    kind: "source",
    label: "Manage data source",
    operations: {
      read: "see this source",
      edit: "enable, disable and change this source",
      delete: "delete this source",
    },
  },
  assets: {
    kind: "source",
    label: "Asset details",
    operations: { read: "see the assets", edit: "change descriptions and tags" },
  },
  domain: {
    kind: "domain",
    label: "Domain",
    operations: { read: "see this domain", edit: "change this domain and its assets", delete: "delete this domain" },
  },
} as const;

export type Permission = keyof typeof catalogue;
export type Operation = "read" | "create" | "edit" | "delete";

type RightOf<P extends Permission> = `${P}.${Extract<keyof (typeof catalogue)[P]["operations"], string>}`;
type Administrative = {
  [P in Permission]: (typeof catalogue)[P]["kind"] extends "administrative" ? P : never;
}[Permission];
type Scoped = Exclude<Permission, Administrative>;

/** A permission with an operation it knows, on the whole organization: `access.create`. */
export type Right = { [P in Administrative]: RightOf<P> }[Administrative];
/** The same on one source, on some assets, or on one domain: `assets.read`. */
export type ScopedRight = { [P in Scoped]: RightOf<P> }[Scoped];
export type AnyRight = Right | ScopedRight;

const keysOf = (administrative: boolean): string[] =>
  Object.entries(catalogue)
    .filter(([, { kind }]) => (kind === "administrative") === administrative)
    .flatMap(([permission, { operations }]) =>
      Object.keys(operations).map((operation) => `${permission}.${operation}`),
    );
const administrativeKeys = new Set(keysOf(true));
const scopedKeys = new Set(keysOf(false));

const isRight = (key: string): key is Right => administrativeKeys.has(key);
const isScopedRight = (key: string): key is ScopedRight => scopedKeys.has(key);

export const operationWords: Record<Operation, string> = {
  read: "Read-only",
  create: "Create",
  edit: "Edit",
  delete: "Delete",
};
const isOperation = (word: string): word is Operation => word in operationWords;
const isPermission = (word: string): word is Permission => word in catalogue;

/** The two keys a right is stored as. */
export const split = (right: AnyRight): [Permission, Operation] => {
  const [permission = "", operation = ""] = right.split(".");
  if (!isPermission(permission) || !isOperation(operation)) throw new Error(`Not a right: ${right}`);
  return [permission, operation];
};

/** Every right on the whole organization, in the order of the catalogue. */
export const rights: readonly Right[] = [...administrativeKeys].filter(isRight);
/** Every right on a source, its assets or a domain, in the order of the catalogue. */
export const scopedRights: readonly ScopedRight[] = [...scopedKeys].filter(isScopedRight);
/** The permissions that are on the whole organization, as they are stored. */
export const administrative: readonly string[] = [...new Set(rights.map((right) => split(right)[0]))];

/** Reads a right on the whole organization from its two stored keys; undefined when the catalogue doesn't know it. */
export const rightOf = (permission: string, operation: string): Right | undefined => {
  const key = `${permission}.${operation}`;
  return isRight(key) ? key : undefined;
};

/** Reads a right on a resource from its two stored keys; undefined when the catalogue doesn't know it. */
export const scopedRightOf = (permission: string, operation: string): ScopedRight | undefined => {
  const key = `${permission}.${operation}`;
  return isScopedRight(key) ? key : undefined;
};

/** Whether a right is on the whole organization. */
export const isWhole = (right: AnyRight): right is Right => isRight(right);

/** Whether a right is one of this permission. */
export const isOf = <P extends Permission>(
  right: AnyRight,
  permission: P,
): right is Extract<AnyRight, `${P}.${string}`> => right.startsWith(`${permission}.`);

/** `access.create` → `Manage access for organization (Create)`, as everyone reads it. */
export const nameOf = (right: AnyRight): string => {
  const [permission, operation] = split(right);
  return `${catalogue[permission].label} (${operationWords[operation]})`;
};

/** `access.create` → `invite users`. */
export const plainly = (right: AnyRight): string => {
  const [permission, operation] = split(right);
  const words: Partial<Record<Operation, string>> = catalogue[permission].operations;
  return words[operation] ?? nameOf(right);
};

/** Adds what is implied: any operation but `read` brings `read` on the same permission (SPEC section 3). */
export const withImplied = (held: Iterable<Right>): Set<Right> => {
  const all = new Set<Right>();
  for (const right of held) {
    all.add(right);
    const read = rightOf(split(right)[0], "read");
    if (read) all.add(read);
  }
  return all;
};
