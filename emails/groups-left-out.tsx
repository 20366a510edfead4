import { Layout, List, Paragraph, Press, Small } from "./layout";
import { count, dead, type Frame, name, some } from "./words";

export type GroupsLeftOutProps = Readonly<{
  organization: string;
  organizationId: string;
  /** People who joined without some of the groups their invitation named, and how many more did. */
  joined: readonly Joined[];
  more?: number | undefined;
}>;

/** `without` could not be handed out, `deleted` were gone; `vouchedBy` is who vouched, where that isn't the reader. */
type Joined = Readonly<{
  email: string;
  without: readonly string[];
  deleted: readonly string[];
  vouchedBy?: string | undefined;
}>;

export const subject = ({ organization, joined, more = 0 }: GroupsLeftOutProps): string => {
  const people = joined.length + more;
  const who = people === 1 && joined[0] ? joined[0].email : `${count(people)} people`;
  return `${who} joined ${dead(name(organization))} without all of their groups`;
};

/**
 * To whoever vouched for the invitations, or the owners once they have left: which groups were left out, and why. At most
 * one a day, the first at once.
 */
export const groupsLeftOut = (props: GroupsLeftOutProps, frame: Frame) => ({
  subject: subject(props),
  text: text(props, frame),
  body: <GroupsLeftOut props={props} frame={frame} />,
});

const said = (props: GroupsLeftOutProps, { appUrl, help }: Frame) => {
  const organization = dead(name(props.organization));
  const shown = (group: string) => dead(name(group));
  const groups = ({ without, deleted }: Joined) =>
    some([...without.map(shown), ...deleted.map((group) => `${shown(group)} (deleted)`)]).join(", ");
  const any = (which: "without" | "deleted") => props.joined.some((each) => each[which].length > 0);
  const others = props.joined.filter(({ vouchedBy }) => vouchedBy !== undefined).length;
  const reason = why(others > 0 ? "whoever vouched" : "you", any("without"), any("deleted"));
  const vouched =
    others === 0 ? "You" : others < props.joined.length ? "You, or people who have left," : "People who have left";
  return {
    organization,
    happened: `${vouched} vouched for these invites to ${organization}. When they were accepted, ${reason}, so those were left out:`,
    joined: some(
      props.joined.map((each) => `${each.email}: ${groups(each)}${by(each)}`),
      props.joined.length + (props.more ?? 0),
    ),
    now: `They have joined with the other groups of their invite, if it named any. ${next(any("without"), any("deleted"))}`,
    press: `${appUrl}/account/users?in=${props.organizationId}`,
    help: help && `Questions? Write to ${help}.`,
  };
};

const by = ({ vouchedBy }: Joined): string => (vouchedBy === undefined ? "" : ` (${dead(name(vouchedBy))} vouched)`);

const why = (who: string, beyond: boolean, deleted: boolean): string => {
  if (!deleted) return `${who} could not hand out all the groups they named any more`;
  return `some of the groups they named had been deleted${beyond ? `, or ${who} could not hand them out any more` : ""}`;
};

const next = (beyond: boolean, deleted: boolean): string => {
  if (!beyond) return "What is missing now can be given by another group.";
  return `Somebody who holds what these groups allow, an owner for one, can still add ${deleted ? "those that were not deleted" : "them"}.`;
};

const text = (props: GroupsLeftOutProps, frame: Frame): string => {
  const { organization, happened, joined, now, press, help } = said(props, frame);
  return [
    `Hello,\n\n${happened}`,
    joined.join("\n"),
    now,
    `See who has joined:\n${press}`,
    ...(help ? [help] : []),
    `${organization} via Gatehouse`,
  ].join("\n\n");
};

function GroupsLeftOut({ props, frame }: { props: GroupsLeftOutProps; frame: Frame }) {
  const { organization, happened, joined, now, press, help } = said(props, frame);
  return (
    <Layout from={organization} heading={subject(props)} subject={subject(props)} preview={now}>
      <Paragraph>{happened}</Paragraph>
      <List items={joined} />
      <Paragraph>{now}</Paragraph>
      <Press href={press}>See who has joined</Press>
      {help && <Small>{help}</Small>}
    </Layout>
  );
}
