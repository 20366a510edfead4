import { Layout, Paragraph, Press, Quote, Small } from "./layout";
import { dead, type Frame, lines, moment, name, sender } from "./words";

export type InvitationProps = Readonly<{
  to: string;
  organization: string;
  inviter: { name: string; email: string };
  message: string;
  /** Whoever wrote the message; without it the inviter did. */
  author?: string;
  expiresAt: Date;
}>;

export const subject = ({ inviter, organization }: InvitationProps): string =>
  `${name(inviter.name)} invited you to join ${name(organization)}`;

/**
 * One offer to one address, sent from `address` in the organization's name; answers go to the inviter. `token` is the
 * last part of the one link in it.
 */
export const invitation = (props: InvitationProps, token: string, frame: Frame, address: string) => ({
  from: sender(`${name(props.organization)} via Gatehouse`, address),
  replyTo: props.inviter.email,
  subject: subject(props),
  text: text(props, token, frame),
  body: <Invitation props={props} token={token} frame={frame} />,
});

const path = "/join/";

const said = (props: InvitationProps, { help }: Frame) => {
  const inviter = dead(name(props.inviter.name));
  const organization = dead(name(props.organization));
  return {
    organization,
    offer: `${inviter} (${props.inviter.email}) invited ${props.to} to join ${organization}.`,
    wrote: `${dead(name(props.author ?? props.inviter.name))} wrote:`,
    message: lines(props.message).map(dead),
    until: `This invite is open until ${moment(props.expiresAt)}.`,
    ignore: "Not expecting it? You can ignore this email.",
    help: `Questions? Reply to this email to reach ${inviter}${help ? `, or write to ${help} for help` : ""}.`,
  };
};

const text = (props: InvitationProps, token: string, frame: Frame): string => {
  const { organization, offer, wrote, message, until, ignore, help } = said(props, frame);
  const quoted = message.length === 0 ? [] : [wrote, message.map((line) => `> ${line}`).join("\n")];
  return [
    organization,
    `Hello,\n\n${offer}`,
    ...quoted,
    `Join your organization:\n${frame.appUrl}${path}${token}`,
    until,
    `${ignore}\n${help}`,
    `${organization} via Gatehouse`,
  ].join("\n\n");
};

function Invitation({ props, token, frame }: { props: InvitationProps; token: string; frame: Frame }) {
  const { organization, offer, wrote, message, until, ignore, help } = said(props, frame);
  return (
    <Layout
      from={organization}
      heading={`Join ${organization}`}
      subject={dead(subject(props))}
      preview={`${offer} ${until}`}
    >
      <Paragraph>{offer}</Paragraph>
      {message.length > 0 && (
        <>
          <Paragraph>{wrote}</Paragraph>
          <Quote lines={message} />
        </>
      )}
      <Press href={`${frame.appUrl}${path}${token}`}>Join your organization</Press>
      <Small>{until}</Small>
      <Small>{ignore}</Small>
      <Small>{help}</Small>
    </Layout>
  );
}
