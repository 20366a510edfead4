import { Layout, List, Paragraph, Press, Small } from "./layout";
import { count, dead, type Frame, lines, name, some } from "./words";

/** What became of an invitation; `reason` in the words of whoever refused its mail. */
type News = Readonly<{ email: string; what: What; reason?: string | undefined }>;
type What = "accepted" | "declined" | "bounced" | "returned" | "complained" | "expired";

export type InviteNewsProps = Readonly<{
  organization: string;
  organizationId: string;
  /** What is told one by one, and how many more there are of each sort. */
  news: readonly News[];
  more?: Partial<Record<What, number | undefined>> | undefined;
}>;

/** Of a single piece of news: whom it is about, and where they were invited to. */
type Subject = (email: string, organization: string) => string;

/** In this order: what asks for a hand comes before what only pleases. */
const sections: readonly Readonly<{ what: What; one: Subject; all: string; advice: string }>[] = [
  {
    what: "bounced",
    one: (email, organization) => `Your invite to ${organization} did not reach ${email}`,
    all: "Not delivered, and no more mail goes there:",
    advice: "Is the address right? Open the invite to correct it.",
  },
  {
    what: "returned",
    one: (email, organization) => `Your invite to ${organization} has not reached ${email} yet`,
    all: "Not delivered so far:",
    advice:
      "If the address is right, resend the invite later, or copy its link and send it another way; otherwise open it to correct the address.",
  },
  {
    what: "complained",
    one: (email, organization) => `${email} marked your invite to ${organization} as spam`,
    all: "Marked as spam, and no more mail goes there:",
    advice: "If they are meant to join, speak to them another way.",
  },
  {
    what: "declined",
    one: (email, organization) => `${email} declined your invite to ${organization}`,
    all: "Declined:",
    advice: "The links of a declined invite no longer work.",
  },
  {
    what: "expired",
    one: (email, organization) => `Your invite to ${organization} for ${email} has expired`,
    all: "Not answered in time:",
    advice: "Resend an expired invite to open it again, with the links that were sent before.",
  },
  {
    what: "accepted",
    one: (email, organization) => `${email} has joined ${organization}`,
    all: "Joined:",
    advice: "",
  },
];

const allOf = ({ news, more }: InviteNewsProps): number =>
  sections.reduce((sum, { what }) => sum + (more?.[what] ?? 0), news.length);

export const subject = (props: InviteNewsProps): string => {
  const [only] = props.news;
  const organization = dead(name(props.organization));
  const section = sections.find(({ what }) => what === only?.what);
  return only && section && allOf(props) === 1
    ? section.one(only.email, organization)
    : `News of ${count(allOf(props))} of your invites to ${organization}`;
};

/** To whoever vouched for invitations: what became of them. At most one a day, the first at once. */
export const inviteNews = (props: InviteNewsProps, frame: Frame) => ({
  subject: subject(props),
  text: text(props, frame),
  body: <InviteNews props={props} frame={frame} />,
});

const said = (props: InviteNewsProps, { appUrl, help }: Frame) => {
  const organization = dead(name(props.organization));
  const told = sections.flatMap(({ what, all, advice }) => {
    const these = props.news.filter((each) => each.what === what);
    const named = some(these.map(line), these.length + (props.more?.[what] ?? 0));
    return named.length === 0 ? [] : [{ what, all, advice, named }];
  });
  return {
    organization,
    about: `News of ${allOf(props) === 1 ? "an invite" : "invites"} to ${organization} in your name.`,
    told,
    press: `${appUrl}/account/users?in=${props.organizationId}`,
    off: "You can turn these mails off in your profile.",
    help: help && `Questions? Write to ${help}.`,
  };
};

const line = ({ email, reason }: News): string => {
  const why = reason ? dead(lines(reason).join(" ")) : "";
  return why === "" ? email : `${email}: ${why}`;
};

const text = (props: InviteNewsProps, frame: Frame): string => {
  const { organization, about, told, press, off, help } = said(props, frame);
  return [
    `Hello,\n\n${about}`,
    ...told.flatMap(({ all, named, advice }) => [all, named.join("\n"), ...(advice ? [advice] : [])]),
    `See your invites:\n${press}`,
    help ? `${off}\n${help}` : off,
    `${organization} via Gatehouse`,
  ].join("\n\n");
};

function InviteNews({ props, frame }: { props: InviteNewsProps; frame: Frame }) {
  const { organization, about, told, press, off, help } = said(props, frame);
  return (
    <Layout from={organization} heading={subject(props)} subject={subject(props)} preview={about}>
      <Paragraph>{about}</Paragraph>
      {told.map(({ what, all, named, advice }) => (
        <div key={what}>
          <Paragraph>{all}</Paragraph>
          <List items={named} />
          {advice && <Paragraph>{advice}</Paragraph>}
        </div>
      ))}
      <Press href={press}>See your invites</Press>
      <Small>{off}</Small>
      {help && <Small>{help}</Small>}
    </Layout>
  );
}
