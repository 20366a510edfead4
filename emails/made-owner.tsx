import { Layout, List, Paragraph, Press, Small } from "./layout";
import { dead, type Frame, name } from "./words";

export type MadeOwnerProps = Readonly<{ organization: string; organizationId: string; group: string; by: string }>;

export const subject = ({ organization, by }: MadeOwnerProps): string =>
  `${dead(name(by))} made you an owner of ${dead(name(organization))}`;

/** To somebody who was added to Owners: who did it, what owners can do, and where to see who else is one. */
export const madeOwner = (props: MadeOwnerProps, frame: Frame) => ({
  subject: subject(props),
  text: text(props, frame),
  body: <MadeOwner props={props} frame={frame} />,
});

const can = [
  "see every source and domain, and connect, change and delete them",
  "invite people, deactivate and re-activate them",
  "decide through groups and policies what everybody else sees and does",
  "make other people owners, and take them out again",
];

const said = (props: MadeOwnerProps, { appUrl, help }: Frame) => {
  const organization = dead(name(props.organization));
  return {
    organization,
    happened: `${dead(name(props.by))} added you to Owners in ${organization}. Owners can do everything there:`,
    press: `${appUrl}/account/groups/${props.group}?in=${props.organizationId}`,
    unexpected: "Not expecting it? Any owner, you too, can take you out of Owners again.",
    help: help && `Questions? Write to ${help}.`,
  };
};

const text = (props: MadeOwnerProps, frame: Frame): string => {
  const { organization, happened, press, unexpected, help } = said(props, frame);
  return [
    `Hello,\n\n${happened}`,
    can.map((one) => `- ${one}`).join("\n"),
    `See the owners:\n${press}`,
    help ? `${unexpected}\n${help}` : unexpected,
    `${organization} via Gatehouse`,
  ].join("\n\n");
};

function MadeOwner({ props, frame }: { props: MadeOwnerProps; frame: Frame }) {
  const { organization, happened, press, unexpected, help } = said(props, frame);
  return (
    <Layout from={organization} heading={subject(props)} subject={subject(props)} preview={happened}>
      <Paragraph>{happened}</Paragraph>
      <List items={can} />
      <Press href={press}>See the owners</Press>
      <Small>{unexpected}</Small>
      {help && <Small>{help}</Small>}
    </Layout>
  );
}
