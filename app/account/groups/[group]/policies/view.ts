import type { Operation } from "@/lib/access/catalogue";
import type { Effect } from "../../words";

// What the policy form shows: plain data, for it goes to the browser, and back with every press. So it is kept small.

/** One policy as a box to tick. */
export type Box = {
  word: string;
  operation: Operation;
  /** What it lets a member do, in plain words. */
  words: string;
  ticked: boolean;
  /** Whether it can't be changed by whoever looks, and why. */
  why: "fixed" | "beyond" | null;
};

export type BoxRow = { name: string; note: string | null; boxes: Box[] };
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
  /** What was changed so far, as `writeDraft` says it. */
  changes: string;
  tables: BoxTable[];
  q: string;
  /** What came of a search, or why nothing was looked for. */
  said: string | null;
  /** What is not in sight. */
  unseen: string | null;
  /** Whether this is where `Back` led. */
  back: boolean;
};

export type Reviewing = {
  step: "review";
  seen: string;
  /** Whether the group is another by now than the one that was chosen from. */
  outdated: boolean;
  changes: string;
  added: string[];
  removed: string[];
  /** Reads that came along with what was ticked. */
  along: string[];
  effects: Effect[];
};

export type Saved = { step: "saved"; group: string };

/** Where a press leads: once it is saved, to the group. */
export const ledTo = (answer: Editing | Reviewing | Saved): `/${string}` | null =>
  answer.step === "saved" ? `/account/groups/${answer.group}?after=policies` : null;
