import { Layout, Paragraph, Press, Small, Written } from "./layout";
import type { Frame } from "./words";

export type AlreadyRegisteredProps = Readonly<{ to: string }>;

export const subject = (): string => "You already have a Gatehouse account";

/** To somebody whose address was typed at sign-up although it has an account: the page told nobody, this mail does. */
export const alreadyRegistered = (props: AlreadyRegisteredProps, frame: Frame) => ({
  subject: subject(),
  text: text(props, frame),
  body: <AlreadyRegistered props={props} frame={frame} />,
});

const said = ({ to }: AlreadyRegisteredProps, { appUrl, help }: Frame) => ({
  tried: `Somebody, most likely you, tried to sign up with ${to}. This address has an account already, so nothing was changed.`,
  signIn: `${appUrl}/signin`,
  forgot: `${appUrl}/forgot-password`,
  ignore: "It wasn't you? You can ignore this email: nobody was let in.",
  help: help && `Questions? Write to ${help}.`,
});

const text = (props: AlreadyRegisteredProps, frame: Frame): string => {
  const { tried, signIn, forgot, ignore, help } = said(props, frame);
  return [
    `Hello,\n\n${tried}`,
    `Sign in:\n${signIn}`,
    `Forgot your password?\n${forgot}`,
    help ? `${ignore}\n${help}` : ignore,
    "Gatehouse",
  ].join("\n\n");
};

function AlreadyRegistered({ props, frame }: { props: AlreadyRegisteredProps; frame: Frame }) {
  const { tried, signIn, forgot, ignore, help } = said(props, frame);
  return (
    <Layout from="Gatehouse" heading={subject()} subject={subject()} preview="Nothing was changed.">
      <Paragraph>Hello,</Paragraph>
      <Paragraph>{tried}</Paragraph>
      <Press href={signIn}>Sign in</Press>
      <Small>
        {"Forgot your password? "}
        <Written href={forgot} />
      </Small>
      <Small>{ignore}</Small>
      {help && <Small>{help}</Small>}
    </Layout>
  );
}
