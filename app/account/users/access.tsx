import { DataTable } from "@/components/data-table";
import { Names } from "@/components/names";
import { PageLinks } from "@/components/page-links";
import { nameOf } from "@/lib/access/catalogue";
import { keyOf } from "@/lib/access/policy";
import type { Access, AccessLine } from "@/lib/directory/access";
import { readStretch } from "@/lib/paging";
import { sentence } from "../groups/words";

/**
 * What a member may see and do, each line with the groups that give it, from the one on that the address says. `own`: they
 * read it themselves.
 */
export const EffectiveAccess = ({ access: { everything, lines }, active, own = false, asked, here }: Props) => {
  if (everything)
    return <p>Everything in this organization, through Owners{active ? "" : ", once they are re-activated"}.</p>;
  if (lines.length === 0)
    return (
      <p className="text-quiet">
        {own
          ? "Nothing yet: no group gives you anything, so you see no sources or domains."
          : "Nothing: no group gives them anything, so they see no sources or domains."}
      </p>
    );
  const { from, previous, next } = readStretch(asked, lines.length, mostShown);
  const to = (start: number | null) => (start === null ? null : `${here(start > 0 ? String(start) : null)}#access`);
  const shown = lines.slice(from, from + mostShown);
  return (
    <div className="space-y-3">
      {!active && <p className="text-quiet">None of this holds while they are inactive. It returns with them.</p>}
      <DataTable caption="Effective access" columns={columns(own)} rows={shown} keyOf={({ policy }) => keyOf(policy)} />
      <PageLinks previous={to(previous)} next={to(next)} />
    </div>
  );
};

type Props = {
  access: Access;
  active: boolean;
  own?: boolean;
  /** The line to begin with, as the address has it. */
  asked: unknown;
  /** The address of this page from a line on; null is the first. */
  here: (from: string | null) => string;
};

/** More lines at a time nobody reads. */
const mostShown = 100;

const columns = (own: boolean) => [
  {
    label: own ? "You can" : "They can",
    names: true,
    cell: (line: AccessLine) => (
      <span className="wrap-anywhere">
        {sentence(line)}
        {line.disabled && (
          <span className="block text-sm text-quiet">
            The source is disabled: nothing of it shows until it is enabled again.
          </span>
        )}
      </span>
    ),
  },
  { label: "Permission", cell: ({ policy }: AccessLine) => nameOf(policy.right) },
  {
    label: "Through",
    cell: ({ through }: AccessLine) => (
      <span className="wrap-anywhere @table:inline-block @table:min-w-40">
        <Names names={through} />
      </span>
    ),
  },
];
