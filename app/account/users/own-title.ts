import type { Metadata } from "next";
import { grant } from "@/lib/access/grant";
import { viewer } from "@/lib/access/viewer";
import { type Row, readRow } from "@/lib/directory/queries";

/** `Ada Lovelace – User Management` for the row's own page; no name for whoever may not see it, or where there is none. */
export const ownTitle = async (kind: Row["kind"], id: string): Promise<Metadata> => {
  const actor = (await viewer())?.actor;
  const reading = actor && grant(actor, "access.read");
  const row = reading ? await readRow(reading, id) : null;
  if (row?.kind !== kind) return { title: "User Management" };
  return { title: `${row.kind === "member" ? row.name : row.email} – User Management` };
};
