import { Layout, Paragraph, Small } from "./layout";
import { dead, type Frame, name } from "./words";

export type DeactivatedProps = Readonly<{ organization: string }>;

export const subject = ({ organization }: DeactivatedProps): string =>
  `Your account in ${dead(name(organization))} is inactive`;

/** To somebody who has just been deactivated: what that means, what it doesn't, and what they can do. No link: nothing there opens. */
export const deactivated = (props: DeactivatedProps, frame: Frame) => ({
  subject: subject(props),
  text: text(props, frame),
  body: <Deactivated props={props} frame={frame} />,
});

const said = (props: DeactivatedProps, { help }: Frame) => {
  const organization = dead(name(props.organization));
  return {
    organization,
    happened: `Your account in ${organization} was deactivated. You are signed out of ${organization} on every device, and invitations in your name that nobody had answered no longer work.`,
    others: "Nothing has changed in other organizations that you belong to.",
    mistake: `Do you think this is a mistake? Ask an owner of ${organization}: they can re-activate you, and you'll have the groups you had.`,
    help: help && `Questions? Write to ${help}.`,
  };
};

const text = (props: DeactivatedProps, frame: Frame): string => {
  const { organization, happened, others, mistake, help } = said(props, frame);
  return [
    `Hello,\n\n${happened}`,
    others,
    help ? `${mistake}\n${help}` : mistake,
    `${organization} via Gatehouse`,
  ].join("\n\n");
};

function Deactivated({ props, frame }: { props: DeactivatedProps; frame: Frame }) {
  const { organization, happened, others, mistake, help } = said(props, frame);
  return (
    <Layout from={organization} heading={subject(props)} subject={subject(props)} preview={others}>
      <Paragraph>Hello,</Paragraph>
      <Paragraph>{happened}</Paragraph>
      <Paragraph>{others}</Paragraph>
      <Small>{mistake}</Small>
      {help && <Small>{help}</Small>}
    </Layout>
  );
}
