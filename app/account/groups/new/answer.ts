import type { Person } from "../people-ticks";

/** The form as it is drawn: what stands in it, whom it offers, and whether more people fit than those. */
export type Drawn = {
  name: string;
  description: string;
  q: string;
  chosen: readonly Person[];
  found: readonly Person[];
  more: boolean;
};

/** The group that was made. */
export type Made = { made: string; copied: boolean };
