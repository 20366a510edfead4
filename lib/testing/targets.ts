import type { Resource } from "@/lib/access/policy";
import { first, type Ground, type Kind } from "./ground";
import { nobodys } from "./press";
import type { MadeSchema, MadeTable } from "./resources";

// What forms and addresses may name of a kind: what is there and what isn't.

/** One thing by its fields, or the parts of an address; `on` is null for what nobody can have a policy on, or isn't there. */
export type Target = Readonly<{ name: string; there: boolean; on: Resource | null; ids: Record<string, string> }>;

/** Everything of one kind that a press may name: here, covered by the policies of the ground or not, and nowhere. */
export const targetsOf = (kind: Kind, here: Ground, elsewhere: Ground): Target[] => [
  ...ours(kind, here),
  ...ours(kind, elsewhere)
    .slice(0, 1)
    .map((theirs) => ({ ...theirs, name: `${theirs.name} of another organization`, there: false, on: null })),
  ...ours(kind, here)
    .slice(0, 1)
    .map(({ ids }) => ({ name: "one that nobody has", there: false, on: null, ids: likened(ids) })),
];

const likened = (ids: Record<string, string>) => Object.fromEntries(Object.keys(ids).map((name) => [name, nobodys]));

const ours = (kind: Kind, here: Ground): Target[] => {
  const one = (name: string, ids: Record<string, string>, on: Resource | null = null) => ({
    name,
    there: true,
    on,
    ids,
  });
  const { source, otherSource, schema, otherSchema, table, beside, domain, otherDomain } = here;
  const asset = (name: string, { id }: { id: MadeTable["id"] }, lies: MadeSchema | null, of = source) =>
    one(name, { source: of.id, asset: id }, { source: of.id, asset: id, schema: lies?.id ?? null });
  switch (kind) {
    case "member":
      return [one("a member", { user: here.member })];
    case "inactive":
      return [one("an inactive member", { user: here.inactive })];
    case "group":
      return [one("a group", { group: here.group })];
    case "invitation":
      return [one("an invitation", { invitation: here.invitation })];
    case "request":
      return [one("a request", { request: here.request })];
    case "source":
      return [source, otherSource].map(({ id }, at) =>
        one(at === 0 ? "the source" : "the other source", { source: id }, { source: id }),
      );
    case "domain":
      return [domain, otherDomain].map((id, at) =>
        one(at === 0 ? "the domain" : "the other domain", { domain: id }, { domain: id }),
      );
    case "asset": {
      const far = first(otherSource.schemas);
      return [
        asset("the table", table, schema),
        asset("the table beside it", beside, schema),
        asset("its schema", schema, null),
        asset("the other schema", otherSchema, null),
        asset("a table of the other schema", first(otherSchema.tables), otherSchema),
        asset("a table of the other source", first(far.tables), far, otherSource),
        { ...one("the table as if of the other source", { source: otherSource.id, asset: table.id }), there: false },
      ];
    }
  }
};
