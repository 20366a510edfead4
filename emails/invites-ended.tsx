import { Layout, List, Paragraph, Press, Small } from "./layout";
import { dead, type Frame, name, some } from "./words";

export type InvitesEndedProps = Readonly<{
  organization: string;
  organizationId: string;
  /** Each deactivation: whose, by whom, how many invitations it ended, and the addresses of the first of them. */
  ended: readonly Readonly<{ sponsor: string; by: string; invites: number; first: readonly string[] }>[];
}>;

export const subject = ({ ended }: InvitesEndedProps): string => {
  const [only, ...more] = ended;
  const invites = counted(ended.reduce((sum, each) => sum + each.invites, 0));
  if (!only || more.length > 0) return `${ended.length} members were deactivated, and ${invites} ended`;
  return `${dead(name(only.sponsor))} was deactivated, and ${invites} ended`;
};

const counted = (invites: number): string =>
  invites === 1 ? "1 invite" : `${new Intl.NumberFormat("en").format(invites)} invites`;

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
      happened: `${dead(name(by))} deactivated ${dead(name(sponsor))} in ${organization}. ${counted(invites)} that ${dead(name(sponsor))} had sent, and nobody had answered yet, ended with that:`,
      addresses: some(first, invites),
    })),
    now: "Their links no longer work, and mail that hadn't gone yet isn't sent. Should somebody of these still join, invite them again.",
    press: `${appUrl}/account/users?status=history&in=${props.organizationId}`,
    help: help && `Questions? Write to ${help}.`,
  };
};

const text = (props: InvitesEndedProps, frame: Frame): string => {
  const { organization, deactivations, now, press, help } = said(props, frame);
  return [
    "Hello,",
    ...deactivations.flatMap(({ happened, addresses }) => [happened, addresses.join("\n")]),
    now,
    `See what ended:\n${press}`,
    ...(help ? [help] : []),
    `${organization} via Gatehouse`,
  ].join("\n\n");
};

function InvitesEnded({ props, frame }: { props: InvitesEndedProps; frame: Frame }) {
  const { organization, deactivations, now, press, help } = said(props, frame);
  return (
    <Layout from={organization} heading={subject(props)} subject={subject(props)} preview={now}>
      {deactivations.map(({ happened, addresses }) => (
        <div key={happened + addresses}>
          <Paragraph>{happened}</Paragraph>
          <List items={addresses} />
        </div>
      ))}
      <Paragraph>{now}</Paragraph>
      <Press href={press}>See what ended</Press>
      {help && <Small>{help}</Small>}
    </Layout>
  );
}
