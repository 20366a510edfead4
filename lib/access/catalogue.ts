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

/** A permission with an operation it knows, on the whole organization: `access.create`. */
export type Right = { [P in Administrative]: RightOf<P> }[Administrative];

/** Every right on the whole organization, in the order of the catalogue. */
export const rights: readonly Right[] = Object.entries(catalogue)
  .filter(([, permission]) => permission.kind === "administrative")
  .flatMap(([key, permission]) => Object.keys(permission.operations).map((operation) => `${key}.${operation}`))
  .filter(isRight);

function isRight(key: string): key is Right {
  const [permission = "", operation = ""] = key.split(".");
  return Object.entries(catalogue).some(
    ([known, { kind, operations }]) => kind === "administrative" && known === permission && operation in operations,
  );
}

/** Reads a right from its two stored keys; undefined when the catalogue doesn't know it. */
export const rightOf = (permission: string, operation: string): Right | undefined => {
  const key = `${permission}.${operation}`;
  return isRight(key) ? key : undefined;
};

const operationWords: Record<Operation, string> = {
  read: "Read-only",
  create: "Create",
  edit: "Edit",
  delete: "Delete",
};
const isOperation = (word: string): word is Operation => word in operationWords;

/** `access.create` → `Manage access for organization (Create)`, as everyone reads it. */
export const nameOf = (right: Right): string => {
  const [permission, operation] = split(right);
  return `${catalogue[permission].label} (${operationWords[operation]})`;
};

/** `access.create` → `invite users`. */
export const plainly = (right: Right): string => {
  const [permission, operation] = split(right);
  const words: Partial<Record<Operation, string>> = catalogue[permission].operations;
  return words[operation] ?? nameOf(right);
};

/** The two keys a right is stored as. */
export const split = (right: Right): [Administrative, Operation] => {
  const [permission, operation] = right.split(".");
  if (!isAdministrative(permission) || operation === undefined || !isOperation(operation))
    throw new Error(`Not a right: ${right}`);
  return [permission, operation];
};

const isAdministrative = (key: string | undefined): key is Administrative =>
  key !== undefined &&
  key in catalogue &&
  Object.entries(catalogue).some(([k, p]) => k === key && p.kind === "administrative");

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
