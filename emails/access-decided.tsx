import { Layout, List, Paragraph, Press, Quote, Small } from "./layout";
import { dead, type Frame, line, lines, name, some } from "./words";

export type AccessDecidedProps = Readonly<{
  organization: string;
  organizationId: string;
  by: string;
  /** The groups that were given, each with what it lets people see; none when the request was refused. */
  given: readonly Readonly<{ group: string; lets: string }>[];
  answer: string;
}>;

export const subject = ({ organization, given }: AccessDecidedProps): string => {
  const there = dead(name(organization));
  return given.length > 0
    ? `You have been given access in ${there}`
    : `Your request for access in ${there} was refused`;
};

/** To whoever asked for access: what they were given and what it lets them see, or that it was refused. */
export const accessDecided = (props: AccessDecidedProps, frame: Frame) => ({
  subject: subject(props),
  text: text(props, frame),
  body: <AccessDecided props={props} frame={frame} />,
});

const said = (props: AccessDecidedProps, { appUrl, help }: Frame) => {
  const organization = dead(name(props.organization));
  const by = dead(name(props.by));
  const answer = lines(props.answer).map(dead);
  const granted = props.given.length > 0;
  const one = props.given.length === 1;
  return {
    organization,
    happened: granted
      ? `You asked for access in ${organization}. ${by} has put you into ${one ? "this group" : "these groups"}:`
      : `You asked for access in ${organization}. ${by} has refused it.`,
    // It names tables as the connected database does, which may put anything into a name.
    given: some(props.given.map(({ group, lets }) => `${dead(name(group))}: ${dead(line(lets))}`)),
    wrote: answer.length > 0 ? `${by} wrote:` : null,
    answer,
    now: granted
      ? "It holds from this moment; there is nothing more to do."
      : `If you need it all the same, talk to ${by}. You can also ask again, and say what for.`,
    label: `Open ${organization}`,
    press: `${appUrl}/sources?in=${props.organizationId}`,
    help: help && `Questions? Write to ${help}.`,
  };
};

const text = (props: AccessDecidedProps, frame: Frame): string => {
  const { organization, happened, given, wrote, answer, now, label, press, help } = said(props, frame);
  return [
    `Hello,\n\n${happened}`,
    ...(given.length > 0 ? [given.join("\n")] : []),
    ...(wrote ? [wrote, answer.map((each) => `> ${each}`.trimEnd()).join("\n")] : []),
    now,
    `${label}:\n${press}`,
    ...(help ? [help] : []),
    `${organization} via Gatehouse`,
  ].join("\n\n");
};

function AccessDecided({ props, frame }: { props: AccessDecidedProps; frame: Frame }) {
  const { organization, happened, given, wrote, answer, now, label, press, help } = said(props, frame);
  return (
    <Layout from={organization} heading={subject(props)} subject={subject(props)} preview={happened}>
      <Paragraph>{happened}</Paragraph>
      {given.length > 0 && <List items={given} />}
      {wrote && <Paragraph>{wrote}</Paragraph>}
      {wrote && <Quote lines={answer} />}
      <Paragraph>{now}</Paragraph>
      <Press href={press}>{label}</Press>
      {help && <Small>{help}</Small>}
    </Layout>
  );
}
