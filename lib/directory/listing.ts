import { z } from "zod";
import { type Edge, edgeWord, isMoment, type Paging, readEdge } from "@/lib/paging";

/** The views of User Management, in the order they are shown (SPEC section 2). */
export const views = ["all", "active", "pending", "inactive", "history"] as const;
export type View = (typeof views)[number];

export const sortKeys = ["name", "joined", "active", "sent", "expires"] as const;
export type SortKey = (typeof sortKeys)[number];
export type Sort = Readonly<{ key: SortKey; reversed: boolean }>;

/** What a person asked to see: all of it stands in the address, so that it can be linked, reloaded and gone back to. */
export type Listing = Readonly<{
  view: View;
  q: string;
  /** A group's id, or `none` for people whom no group gives anything. */
  group: string | null;
  sort: Sort;
  page: Paging["page"];
}>;

/** The parameters of an address, as pages get them. */
export type Params = Readonly<Record<string, string | string[] | undefined>>;

const mostTyped = 200;
const standard: Record<View, Sort> = {
  all: { key: "name", reversed: false },
  active: { key: "name", reversed: false },
  pending: { key: "sent", reversed: true },
  inactive: { key: "name", reversed: false },
  history: { key: "sent", reversed: true },
};

/** What of an address a listing could not be read from; pages say so, and show what one would see without it. */
export type Bent = "status" | "sort" | "group" | "page" | "q";

/** Reads a listing from an address. Whatever is bent counts as left out: a mistyped address shows the first page. */
export const readListing = (params: Params): Listing => {
  const text = (name: string) => textOf(params, name);
  const view = views.find((candidate) => candidate === text("status")) ?? "all";
  const sort = readSort(text("sort")) ?? standard[view];
  const group = text("group");
  const after = readEdgeBy(text("after"), sort.key);
  const before = readEdgeBy(text("before"), sort.key);
  return {
    view,
    q: text("q").trim().slice(0, mostTyped),
    group: group === "none" || isId(group) ? group : null,
    sort,
    page: after ? { after } : before ? { before } : null,
  };
};

const textOf = (params: Params, name: string): string => {
  const value = params[name];
  return typeof value === "string" ? value.replaceAll("\0", "") : "";
};

/**
 * What stands in an address and says nothing: a word no view, order or group is called by, a place that is none, a
 * search longer than one can be, anything said twice. `groups` are the ids that a list can be narrowed to.
 */
export const bentIn = (params: Params, listing: Listing, groups: readonly string[]): Bent[] => {
  const said = (name: string) => Array.isArray(params[name]) || textOf(params, name) !== "";
  const { view, sort, group, page } = listing;
  const bent: Record<Bent, boolean> = {
    status: said("status") && textOf(params, "status") !== view,
    sort: said("sort") && textOf(params, "sort") !== sortWord(sort),
    group: said("group") && (group === null || !(group === "none" || groups.includes(group))),
    page: (said("after") || said("before")) && page === null,
    q: Array.isArray(params.q) || textOf(params, "q").trim().length > mostTyped,
  };
  return bentKeys.filter((key) => bent[key]);
};
const bentKeys = ["status", "group", "q", "sort", "page"] as const satisfies Bent[];

/** The address of a listing below `path`, with only what differs from what one would see without it. */
export const addressOf = <P extends string>(path: P, listing: Partial<Listing>): P | `${P}?${string}` => {
  const { view = "all", q = "", group = null, sort = standard[view], page = null } = listing;
  const query = new URLSearchParams();
  if (view !== "all") query.set("status", view);
  if (q) query.set("q", q);
  if (group) query.set("group", group);
  if (sortWord(sort) !== sortWord(standard[view])) query.set("sort", sortWord(sort));
  if (page && "after" in page) query.set("after", edgeWord(page.after));
  if (page && "before" in page) query.set("before", edgeWord(page.before));
  return query.size > 0 ? `${path}?${query}` : path;
};

/** `-sent` for the newest first; how a sort stands in the address. */
export const sortWord = ({ key, reversed }: Sort): string => `${reversed ? "-" : ""}${key}`;

const readSort = (word: string): Sort | null => {
  const reversed = word.startsWith("-");
  const key = sortKeys.find((candidate) => candidate === (reversed ? word.slice(1) : word));
  return key ? { key, reversed } : null;
};

/** Only what the rows can be compared with. */
const readEdgeBy = (word: string, sortKey: SortKey): Edge | null => {
  const edge = readEdge(word);
  return edge && (sortKey === "name" || isMoment(edge.key)) ? edge : null;
};

const isId = (word: string): boolean => z.uuid().safeParse(word).success;
