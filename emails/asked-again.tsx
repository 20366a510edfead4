import { Layout, List, Paragraph, Press, Small } from "./layout";
import { count, dead, type Frame, name, some } from "./words";

export type AskedAgainProps = Readonly<{
  organization: string;
  organizationId: string;
  /** Who asks, and how many more do. */
  asked: readonly string[];
  more?: number | undefined;
}>;

const peopleOf = ({ asked, more = 0 }: AskedAgainProps): number => new Set(asked).size + more;

export const subject = (props: AskedAgainProps): string => {
  const { organization } = props;
  const people = peopleOf(props);
  return `${people === 1 ? "Somebody asks" : `${count(people)} people ask`} for a new invite to ${dead(name(organization))}`;
};

/** To whoever vouched for invitations that are over, or to the owners: who would like a new one. At most one a day. */
export const askedAgain = (props: AskedAgainProps, frame: Frame) => ({
  subject: subject(props),
  text: text(props, frame),
  body: <AskedAgain props={props} frame={frame} />,
});

const said = (props: AskedAgainProps, { appUrl, help }: Frame) => {
  const organization = dead(name(props.organization));
  const people = peopleOf(props);
  const whose =
    people === 1 ? "Whoever holds the invite of this address" : "Whoever holds the invites of these addresses";
  return {
    organization,
    asked: some([...new Set(props.asked)], people),
    offer: `${whose} to join ${organization} asks for a new one, because theirs has expired or was declined:`,
    press: `${appUrl}/account/users/invite?in=${props.organizationId}`,
    ignore: "Nothing was sent to them. If you don't want to invite them again, you need do nothing.",
    help: help && `Questions? Write to ${help}.`,
  };
};

const text = (props: AskedAgainProps, frame: Frame): string => {
  const { organization, asked, offer, press, ignore, help } = said(props, frame);
  return [
    `Hello,\n\n${offer}`,
    asked.join("\n"),
    `Invite users:\n${press}`,
    help ? `${ignore}\n${help}` : ignore,
    `${organization} via Gatehouse`,
  ].join("\n\n");
};

function AskedAgain({ props, frame }: { props: AskedAgainProps; frame: Frame }) {
  const { organization, asked, offer, press, ignore, help } = said(props, frame);
  return (
    <Layout from={organization} heading={subject(props)} subject={subject(props)} preview={asked.join(", ")}>
      <Paragraph>{offer}</Paragraph>
      <List items={asked} />
      <Press href={press}>Invite users</Press>
      <Small>{ignore}</Small>
      {help && <Small>{help}</Small>}
    </Layout>
  );
}
