import { Badge } from "@/components/badge";
import { Names } from "@/components/names";
import type { MemberRow } from "@/lib/directory/queries";
import type { State } from "@/lib/invitations/rules";

/** How a member stands, as a drawing and a word. */
export const MemberStatus = ({ active, verified }: MemberRow) => (
  <span className="inline-flex flex-wrap gap-1">
    {active ? (
      <Badge tone="success" icon="success">
        Active
      </Badge>
    ) : (
      <Badge icon="off">Inactive</Badge>
    )}
    {!verified && (
      <Badge tone="warning" icon="warning">
        Not verified
      </Badge>
    )}
  </span>
);

const states: Record<
  State,
  { tone: "accent" | "danger" | "success" | "plain"; icon: "clock" | "warning" | "success" | "off"; word: string }
> = {
  pending: { tone: "accent", icon: "clock", word: "Pending" },
  expired: { tone: "danger", icon: "warning", word: "Expired" },
  accepted: { tone: "success", icon: "success", word: "Accepted" },
  declined: { tone: "plain", icon: "off", word: "Declined" },
  revoked: { tone: "plain", icon: "off", word: "Revoked" },
};

/** The state of an invitation, as a drawing and a word. */
export const InvitationStatus = ({ state }: { state: State }) => {
  const { tone, icon, word } = states[state];
  return (
    <Badge tone={tone} icon={icon}>
      {word}
    </Badge>
  );
};

/** The groups of an invitation, and which it named that are no more. */
export const GroupsOnJoining = ({ names, deleted }: { names: readonly string[]; deleted: readonly string[] }) => (
  <>
    <Groups names={names} all />
    {deleted.length > 0 && (
      <span className="block text-sm text-quiet">
        <Names names={deleted} /> {deleted.length === 1 ? "was" : "were"} deleted since, and{" "}
        {deleted.length === 1 ? "is" : "are"} left out.
      </span>
    )}
  </>
);

const plain = new Intl.ListFormat("en", { type: "unit" });

/** The first two groups, and how many more there are; or `all` of them. */
export const Groups = ({ names, all = false }: { names: readonly string[]; all?: boolean }) => {
  if (names.length === 0)
    return (
      <Badge tone="warning" icon="warning">
        No group
      </Badge>
    );
  const first = all ? names : names.slice(0, 2);
  const rest = names.slice(first.length);
  return (
    <span className="wrap-anywhere">
      <Names names={first} list={plain} />
      {rest.length > 0 && (
        <>
          {" "}
          <span title={rest.join(", ")}>
            <Badge>
              <span aria-hidden="true">+{rest.length}</span>
              <span className="sr-only">
                and <Names names={rest} list={plain} />
              </span>
            </Badge>
          </span>
        </>
      )}
    </span>
  );
};
