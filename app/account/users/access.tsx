import { DataTable } from "@/components/data-table";
import { Names } from "@/components/names";
import { nameOf } from "@/lib/access/catalogue";
import { keyOf } from "@/lib/access/policy";
import type { Access, AccessLine } from "@/lib/directory/access";
import { sentence } from "../groups/words";

/** What a member may see and do, each line with the groups that give it. `own`: they read it themselves. */
export const EffectiveAccess = ({ access: { everything, lines }, active, own = false }: Props) => {
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
  const shown = lines.slice(0, mostShown);
  return (
    <div className="space-y-3">
      {!active && <p className="text-quiet">None of this holds while they are inactive. It returns with them.</p>}
      <DataTable caption="Effective access" columns={columns(own)} rows={shown} keyOf={({ policy }) => keyOf(policy)} />
      {lines.length > shown.length && (
        <p className="text-quiet">And {(lines.length - shown.length).toLocaleString("en")} more.</p>
      )}
    </div>
  );
};

type Props = { access: Access; active: boolean; own?: boolean };

/** More lines at a time nobody reads; the pages of the groups have them all. */
export const mostShown = 100;

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
      <span className="wrap-anywhere">
        <Names names={through} />
      </span>
    ),
  },
];
