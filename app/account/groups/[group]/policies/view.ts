import type { Operation } from "@/lib/access/catalogue";
import type { Effect } from "../../words";

// What the policy form shows: plain data, for it goes to the browser.

/** One policy as a box to tick. */
export type Box = {
  key: string;
  operation: Operation;
  /** What it lets a member do, in plain words. */
  words: string;
  /** Whether whoever looks may not hand it out. */
  beyond: boolean;
};

export type BoxRow = { id: string; name: string; note: string | null; boxes: Box[] };
export type BoxTable = {
  caption: string;
  lead: string | null;
  heads: { operation: Operation; label: string }[];
  rows: BoxRow[];
};

export type Editing = {
  step: "edit";
  /** The state of the group that is chosen from. */
  seen: string;
  ticked: string[];
  tables: BoxTable[];
  q: string;
  /** What was found, once something was searched for. */
  found: string | null;
  /** Whether more fits than is shown. */
  more: boolean;
  /** Whether this is where `Back` led. */
  back: boolean;
};

export type Reviewing = {
  step: "review";
  seen: string;
  ticked: string[];
  added: string[];
  removed: string[];
  /** Reads that came along with what was ticked. */
  along: string[];
  effects: Effect[];
};

export type Saved = { step: "saved"; group: string };
