import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

/** The row a page begins after, or ends before: what rows are sorted by, and its id, which settles ties. */
export type Edge = Readonly<{ key: string; id: string }>;

/** What a person asked to see of a long list: it stands in the address, so that it can be linked, reloaded and gone back to. */
export type Paging = Readonly<{ q: string; page: { after: Edge } | { before: Edge } | null }>;

/** One page of a list, and where the pages beside it begin; null where there is none. */
export type Page<Row> = Readonly<{ rows: readonly Row[]; next: Paging["page"]; previous: Paging["page"] }>;

type Params = Readonly<Record<string, string | string[] | undefined>>;

const mostTyped = 200;

/**
 * Reads `q`, `after` and `before` of an address. Whatever is bent counts as left out: it shows the first page. A second list
 * on a page has names `of` its own: `after_person`.
 */
export const readPaging = (params: Params, of = ""): Paging => {
  const text = (name: string) => {
    const value = params[name];
    return typeof value === "string" ? value.replaceAll("\0", "") : "";
  };
  const [after, before] = [readEdge(text(`after${of}`)), readEdge(text(`before${of}`))];
  return { q: text(`q${of}`).trim().slice(0, mostTyped), page: after ? { after } : before ? { before } : null };
};

/** The address of a page of a list below `path`. */
export const pageAddress = <P extends string>(
  path: P,
  { q = "", page = null }: Partial<Paging>,
  of = "",
): P | `${P}?${string}` => {
  const query = new URLSearchParams();
  if (q) query.set(`q${of}`, q);
  if (page && "after" in page) query.set(`after${of}`, edgeWord(page.after));
  if (page && "before" in page) query.set(`before${of}`, edgeWord(page.before));
  return query.size > 0 ? `${path}?${query}` : path;
};

export const edgeWord = ({ key, id }: Edge): string => `${key}~${id}`;

export const readEdge = (word: string): Edge | null => {
  const cut = word.lastIndexOf("~");
  const [key, id] = [word.slice(0, cut), word.slice(cut + 1)];
  return cut >= 0 && z.uuid().safeParse(id).success ? { key, id } : null;
};

/** A moment as the key of a row: whole, for one rounded to milliseconds would leave rows out or show them twice. */
export const momentKey = (at: SQL): SQL => sql`to_char(${at} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Whether the database will read this as a moment: microseconds, UTC, and a day that its calendar has, which knows no year 0. */
export const isMoment = (word: string): boolean => {
  const [, upToMilliseconds] = /^((?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3})\d{3}Z$/.exec(word) ?? [];
  const moment = new Date(`${upToMilliseconds}Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString() === `${upToMilliseconds}Z`;
};

/**
 * What the rows of a list are sorted by: a text or a moment (`moments`, with `momentKey` for the rows' own `key`), and an
 * id, perhaps the last first; and how many stand on a page.
 */
type Order = { key: SQL; id: SQL; size: number; moments?: true; descending?: true };
/** For the query of one page: which rows are left of it, and its end. */
type Cut = { rest: SQL; tail: SQL };

/**
 * One page of a list. `read` gives its rows, each with its `key`. A page that nothing stands on any more (its rows have gone
 * meanwhile), or that begins at no moment in a list of moments, gives the first one.
 */
export const readPage = async <Row extends Edge>(
  paging: Paging,
  order: Order,
  read: (cut: Cut) => PromiseLike<readonly Row[]>,
): Promise<Page<Row>> => {
  if (paging.page && order.moments && !isMoment(edgeOf(paging.page).key))
    return readPage({ ...paging, page: null }, order, read);
  const found = await read(cutOf(paging, order));
  if (paging.page && found.length === 0) return readPage({ ...paging, page: null }, order, read);
  return pageOf(paging, found, order.size);
};

const edgeOf = (page: NonNullable<Paging["page"]>): Edge => ("after" in page ? page.after : page.before);

const cutOf = ({ page }: Paging, { key, id, size, descending }: Order): Cut => {
  const edge = page && edgeOf(page);
  const backwards = page !== null && "before" in page;
  const down = backwards !== (descending ?? false);
  const beyond = down ? sql`<` : sql`>`;
  const order = down ? sql`desc` : sql`asc`;
  return {
    rest: edge ? sql`(${key}, ${id}) ${beyond} (${edge.key}, ${edge.id}::uuid)` : sql`true`,
    tail: sql`order by ${key} ${order}, ${id} ${order} limit ${size + 1}`,
  };
};

/** The page that rows make which were read from its edge on, one more than fit on it. */
export const pageOf = <Row extends Edge>(
  { page }: Pick<Paging, "page">,
  found: readonly Row[],
  size: number,
): Page<Row> => {
  const backwards = page !== null && "before" in page;
  const more = found.length > size;
  const rows = backwards ? found.slice(0, size).toReversed() : found.slice(0, size);
  const [first, last] = [rows.at(0), rows.at(-1)];
  return {
    rows,
    next: last && (more || backwards) ? { after: { key: last.key, id: last.id } } : null,
    previous: first && (backwards ? more : page) ? { before: { key: first.key, id: first.id } } : null,
  };
};

/** A page of a list that is read whole: the row it begins with, and those that the pages beside it do; null where there is none. */
export type Stretch = Readonly<{ from: number; previous: number | null; next: number | null }>;

/**
 * Which of so many rows a page shows, by the row that its address says. Whatever is bent or beyond the end shows the first
 * page.
 */
export const readStretch = (asked: unknown, rows: number, size: number): Stretch => {
  const typed = typeof asked === "string" && /^\d{1,7}$/.test(asked) ? Number(asked) : 0;
  const from = typed < rows ? typed - (typed % size) : 0;
  return { from, previous: from > 0 ? from - size : null, next: from + size < rows ? from + size : null };
};
