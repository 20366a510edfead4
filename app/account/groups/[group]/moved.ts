import type { Picking } from "@/lib/picking";

/** What came of a press on the members of a group: whom a search found, or what is so now. */
export type Moved = { step: "find"; people: Picking } | { step: "add" | "remove"; said: string };
