import type { Picking } from "@/lib/picking";

/** The form as it is drawn: what stands in it, and whom it offers. */
export type Drawn = { name: string; description: string; people: Picking };

/** The group that was made. */
export type Made = { made: string; copied: boolean };
