import { Aside, Layout, Paragraph, Press, Quote, Small } from "./layout";
import { dead, type Frame, lines, moment, name, sender } from "./words";

export type InvitationProps = Readonly<{
  to: string;
  organization: string;
  inviter: { name: string; email: string };
  message: string;
  /** Whoever wrote the message; without it the inviter did. */
  author?: string;
  expiresAt: Date;
  /** Whether it only reminds of an offer that was made before. */
  again?: boolean;
}>;

export const subject = ({ inviter, organization, again }: InvitationProps): string =>
  `${again ? "Reminder: " : ""}${name(inviter.name)} invited you to join ${name(organization)}`;

/**
 * One offer to one address, sent from `address` in the organization's name; answers go to the inviter. `token` is the
 * last part of the link to join, and of the one to get no more of these.
 */
export const invitation = (props: InvitationProps, token: string, frame: Frame, address: string) => ({
  from: sender(`${name(props.organization)} via Gatehouse`, address),
  replyTo: props.inviter.email,
  subject: subject(props),
  text: text(props, token, frame),
  body: <Invitation props={props} token={token} frame={frame} />,
});

const joinPath = "/join/";
/** For whoever wants no more invitations: its page says what that means, and asks. */
const blockPath = "/block/";

const said = (props: InvitationProps, { help }: Frame) => {
  const { again } = props;
  const inviter = dead(name(props.inviter.name));
  const organization = dead(name(props.organization));
  return {
    organization,
    offer: `${inviter} (${props.inviter.email}) invited ${props.to} to join ${organization}.${again ? " You have not answered yet." : ""}`,
    wrote: `${dead(name(props.author ?? props.inviter.name))} wrote:`,
    message: lines(props.message).map(dead),
    until: `This invite is open until ${moment(props.expiresAt)}.`,
    unwanted: `Don't want invitations from ${organization}?`,
    ignore: "Not expecting it? You can ignore this email.",
    help: `Questions? Reply to this email to reach ${inviter}${help ? `, or write to ${help} for help` : ""}.`,
  };
};

const text = (props: InvitationProps, token: string, frame: Frame): string => {
  const { organization, offer, wrote, message, until, ignore, unwanted, help } = said(props, frame);
  const quoted = message.length === 0 ? [] : [wrote, message.map((line) => `> ${line}`).join("\n")];
  return [
    organization,
    `Hello,\n\n${offer}`,
    ...quoted,
    `Join your organization:\n${frame.appUrl}${joinPath}${token}`,
    until,
    `${ignore}\n${help}`,
    `${unwanted} Stop them:\n${frame.appUrl}${blockPath}${token}`,
    `${organization} via Gatehouse`,
  ].join("\n\n");
};

function Invitation({ props, token, frame }: { props: InvitationProps; token: string; frame: Frame }) {
  const { organization, offer, wrote, message, until, ignore, unwanted, help } = said(props, frame);
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
      <Press href={`${frame.appUrl}${joinPath}${token}`}>Join your organization</Press>
      <Small>{until}</Small>
      <Small>{ignore}</Small>
      <Small>{help}</Small>
      <Small>
        {`${unwanted} `}
        <Aside href={`${frame.appUrl}${blockPath}${token}`}>Stop them</Aside>
      </Small>
    </Layout>
  );
}
