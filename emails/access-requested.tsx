import { Layout, Paragraph, Press, Quote, Small } from "./layout";
import { dead, type Frame, lines, name } from "./words";

export type AccessRequestedProps = Readonly<{
  organization: string;
  organizationId: string;
  asker: Readonly<{ name: string; email: string }>;
  note: string;
}>;

export const subject = ({ organization, asker }: AccessRequestedProps): string =>
  `${dead(name(asker.name))} asks for access in ${dead(name(organization))}`;

/** To owners and those who manage groups: who asks to be given access, and what they wrote. */
export const accessRequested = (props: AccessRequestedProps, frame: Frame) => ({
  subject: subject(props),
  text: text(props, frame),
  body: <AccessRequested props={props} frame={frame} />,
});

const said = (props: AccessRequestedProps, { appUrl, help }: Frame) => {
  const organization = dead(name(props.organization));
  const asker = dead(name(props.asker.name));
  const note = lines(props.note).map(dead);
  return {
    organization,
    happened: `${asker} (${props.asker.email}) is a member of ${organization} and asks for access to its sources or domains.`,
    wrote: note.length > 0 ? `${asker} wrote:` : `${asker} wrote nothing about what for.`,
    note,
    press: `${appUrl}/account/requests?in=${props.organizationId}`,
    how: "Whoever of those who may decide is first settles it: by choosing groups for them, or by refusing. They are told either way.",
    help: help && `Questions? Write to ${help}.`,
  };
};

const text = (props: AccessRequestedProps, frame: Frame): string => {
  const { organization, happened, wrote, note, press, how, help } = said(props, frame);
  return [
    `Hello,\n\n${happened}`,
    wrote,
    ...(note.length > 0 ? [note.map((line) => `> ${line}`.trimEnd()).join("\n")] : []),
    `See access requests:\n${press}`,
    help ? `${how}\n${help}` : how,
    `${organization} via Gatehouse`,
  ].join("\n\n");
};

function AccessRequested({ props, frame }: { props: AccessRequestedProps; frame: Frame }) {
  const { organization, happened, wrote, note, press, how, help } = said(props, frame);
  return (
    <Layout from={organization} heading={subject(props)} subject={subject(props)} preview={note.join(" ") || happened}>
      <Paragraph>{happened}</Paragraph>
      <Paragraph>{wrote}</Paragraph>
      {note.length > 0 && <Quote lines={note} />}
      <Press href={press}>See access requests</Press>
      <Small>{how}</Small>
      {help && <Small>{help}</Small>}
    </Layout>
  );
}
