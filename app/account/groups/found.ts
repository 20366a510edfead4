import type { GroupMember, MembersPage } from "@/lib/groups/queries";
import { type Option, type Picking, picked } from "@/lib/picking";

/** People as options of a picker. */
const optionOf = ({ id, name, email }: GroupMember): Option => ({ value: id, label: name, hint: email });

type Sent = { q: string; listed: string; members: readonly string[] };

/** What a search for people shows. Without anything sent: what the page shows. */
export const foundAmong = (
  { rows, next }: MembersPage,
  { q, listed, members }: Sent = { q: "", listed: "", members: [] },
): Picking => picked({ q, listed, ticked: members }, rows.map(optionOf), next !== null);
