import { Layout, List, Paragraph, Press, Small } from "./layout";
import { count, dead, type Frame, name, some } from "./words";

export type InvitesEndedProps = Readonly<{
  organization: string;
  organizationId: string;
  /** Each deactivation: whose, by whom, how many invitations it ended, and the addresses of the first of them. */
  ended: readonly Readonly<{ sponsor: string; by: string; invites: number; first: readonly string[] }>[];
  /** How many more members were deactivated, and invitations ended with that. */
  more?: Readonly<{ members: number; invites: number }> | undefined;
}>;

export const subject = ({ ended, more }: InvitesEndedProps): string => {
  const [only] = ended;
  const members = ended.length + (more?.members ?? 0);
  const invites = counted(ended.reduce((sum, each) => sum + each.invites, more?.invites ?? 0));
  if (!only || members > 1) return `${count(members)} members were deactivated, and ${invites} ended`;
  return `${dead(name(only.sponsor))} was deactivated, and ${invites} ended`;
};

const counted = (invites: number): string => (invites === 1 ? "1 invite" : `${count(invites)} invites`);

/** To the owners: whose pending invitations ended because they were deactivated. At most one a day, the first at once. */
export const invitesEnded = (props: InvitesEndedProps, frame: Frame) => ({
  subject: subject(props),
  text: text(props, frame),
  body: <InvitesEnded props={props} frame={frame} />,
});

const said = (props: InvitesEndedProps, { appUrl, help }: Frame) => {
  const organization = dead(name(props.organization));
  return {
    organization,
    deactivations: props.ended.map(({ sponsor, by, invites, first }) => ({
      happened: `${dead(name(by))} deactivated ${dead(name(sponsor))} in ${organization}. ${counted(invites)} in the name of ${dead(name(sponsor))}, which nobody had answered yet, ended with that:`,
      addresses: some(first, invites),
    })),
    others: othersOf(props.more),
    now: "Their links no longer work, and mail that hadn't gone yet isn't sent. Should somebody of these still join, invite them again.",
    press: `${appUrl}/account/users?status=history&in=${props.organizationId}`,
    help: help && `Questions? Write to ${help}.`,
  };
};

const othersOf = ({ members, invites } = { members: 0, invites: 0 }): string | null =>
  members === 0
    ? null
    : `${members === 1 ? "1 more member was" : `${count(members)} more members were`} deactivated, and ${counted(invites)} ended with that.`;

const text = (props: InvitesEndedProps, frame: Frame): string => {
  const { organization, deactivations, others, now, press, help } = said(props, frame);
  return [
    "Hello,",
    ...deactivations.flatMap(({ happened, addresses }) => [happened, addresses.join("\n")]),
    ...(others ? [others] : []),
    now,
    `See what ended:\n${press}`,
    ...(help ? [help] : []),
    `${organization} via Gatehouse`,
  ].join("\n\n");
};

function InvitesEnded({ props, frame }: { props: InvitesEndedProps; frame: Frame }) {
  const { organization, deactivations, others, now, press, help } = said(props, frame);
  return (
    <Layout from={organization} heading={subject(props)} subject={subject(props)} preview={now}>
      {deactivations.map(({ happened, addresses }) => (
        <div key={happened + addresses}>
          <Paragraph>{happened}</Paragraph>
          <List items={addresses} />
        </div>
      ))}
      {others && <Paragraph>{others}</Paragraph>}
      <Paragraph>{now}</Paragraph>
      <Press href={press}>See what ended</Press>
      {help && <Small>{help}</Small>}
    </Layout>
  );
}
