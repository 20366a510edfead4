import { Layout, List, Paragraph, Press, Small } from "./layout";
import { dead, type Frame, name, some } from "./words";

export type AskedAgainProps = Readonly<{ organization: string; organizationId: string; asked: readonly string[] }>;

export const subject = ({ organization, asked }: AskedAgainProps): string => {
  const people = new Set(asked).size;
  return `${people === 1 ? "Somebody asks" : `${people} people ask`} for a new invite to ${dead(name(organization))}`;
};

/** To whoever vouched for invitations that are over, or to the owners: who would like a new one. At most one a day. */
export const askedAgain = (props: AskedAgainProps, frame: Frame) => ({
  subject: subject(props),
  text: text(props, frame),
  body: <AskedAgain props={props} frame={frame} />,
});

const said = (props: AskedAgainProps, { appUrl, help }: Frame) => {
  const organization = dead(name(props.organization));
  const asked = [...new Set(props.asked)];
  const whose =
    asked.length === 1 ? "Whoever holds the invite of this address" : "Whoever holds the invites of these addresses";
  return {
    organization,
    asked: some(asked),
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
