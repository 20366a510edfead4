import { Layout, Paragraph, Press, Quote, Small } from "./layout";
import { dead, type Frame, name, some } from "./words";

export type GroupsLeftOutProps = Readonly<{
  organization: string;
  organizationId: string;
  /** Each person who joined without some of the groups their invitation named. */
  joined: readonly Readonly<{ email: string; without: readonly string[] }>[];
}>;

export const subject = ({ organization, joined: [first, ...more] }: GroupsLeftOutProps): string => {
  const who =
    first && more.length === 0 ? first.email : `${new Intl.NumberFormat("en").format(more.length + 1)} people`;
  return `${who} joined ${dead(name(organization))} without all of their groups`;
};

/** To whoever vouched for the invitations: which groups they could not hand out any more. At most one a day, the first at once. */
export const groupsLeftOut = (props: GroupsLeftOutProps, frame: Frame) => ({
  subject: subject(props),
  text: text(props, frame),
  body: <GroupsLeftOut props={props} frame={frame} />,
});

const said = (props: GroupsLeftOutProps, { appUrl, help }: Frame) => {
  const organization = dead(name(props.organization));
  const groups = (without: readonly string[]) => some(without.map((group) => dead(name(group)))).join(", ");
  return {
    organization,
    happened: `You vouched for these invites to ${organization}. When they were accepted, you could not hand out all the groups they named any more, so those were left out:`,
    joined: some(props.joined.map(({ email, without }) => `${email}: ${groups(without)}`)),
    now: "They have joined with the other groups. Somebody who holds what these groups allow, an owner for one, can still add them.",
    press: `${appUrl}/account/users?in=${props.organizationId}`,
    help: help && `Questions? Write to ${help}.`,
  };
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
      <Quote lines={joined} />
      <Paragraph>{now}</Paragraph>
      <Press href={press}>See who has joined</Press>
      {help && <Small>{help}</Small>}
    </Layout>
  );
}
