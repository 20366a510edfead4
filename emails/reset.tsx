import { Layout, Paragraph, Press, Small } from "./layout";
import { dead, type Frame, name } from "./words";

export type ResetProps = Readonly<{ to: string; name: string }>;

export const subject = (): string => "Reset your Gatehouse password";

/** A link to choose a new password; `token` is the last part of it. */
export const reset = (props: ResetProps, token: string, frame: Frame) => ({
  subject: subject(),
  text: text(props, token, frame),
  body: <Reset props={props} token={token} frame={frame} />,
});

const path = "/reset-password/";

const said = (props: ResetProps, { help }: Frame) => ({
  hello: `Hello ${dead(name(props.name))},`,
  asked: `Somebody, most likely you, asked to reset the password of ${props.to}.`,
  // 30 minutes and once: SPEC section 10.
  rule: "The link works once, within 30 minutes. When you have set a new password, you are signed out everywhere else.",
  ignore: "It wasn't you? You can ignore this email: your password stays as it is.",
  help: help && `Questions? Write to ${help}.`,
});

const text = (props: ResetProps, token: string, frame: Frame): string => {
  const { hello, asked, rule, ignore, help } = said(props, frame);
  return [
    `${hello}\n\n${asked}`,
    `Choose a new password:\n${frame.appUrl}${path}${token}`,
    rule,
    help ? `${ignore}\n${help}` : ignore,
    "Gatehouse",
  ].join("\n\n");
};

function Reset({ props, token, frame }: { props: ResetProps; token: string; frame: Frame }) {
  const { hello, asked, rule, ignore, help } = said(props, frame);
  return (
    <Layout from="Gatehouse" heading="Choose a new password" subject={subject()} preview={rule}>
      <Paragraph>{hello}</Paragraph>
      <Paragraph>{asked}</Paragraph>
      <Press href={`${frame.appUrl}${path}${token}`}>Choose a new password</Press>
      <Small>{rule}</Small>
      <Small>{ignore}</Small>
      {help && <Small>{help}</Small>}
    </Layout>
  );
}
