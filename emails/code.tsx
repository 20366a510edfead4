import { Digits, Layout, Paragraph, Small } from "./layout";
import type { Frame } from "./words";

export type CodeProps = Readonly<{ to: string; purpose: "sign-up" | "join" | "sudo" }>;

const purposes = {
  "sign-up": "to create your organization",
  join: "to join your organization",
  sudo: "to enable Sudo mode",
};

/** The code stands in the body only: subjects are shown on locked screens. */
export const subject = ({ purpose }: CodeProps): string => `Your code ${purposes[purpose]}`;

/** Six digits that prove that the mailbox is theirs. */
export const code = (props: CodeProps, digits: string, frame: Frame) => ({
  subject: subject(props),
  text: text(props, digits, frame),
  body: <Code props={props} digits={digits} frame={frame} />,
});

const said = (props: CodeProps, { help }: Frame) => ({
  use: `Type this code ${purposes[props.purpose]} with ${props.to}:`,
  // 10 minutes: SPEC section 10.
  rule: "It works once, within 10 minutes, on the page that asked for it. Nobody from Gatehouse will ever ask you for it.",
  ignore: "You didn't ask for a code? You can ignore this email.",
  help: help && `Questions? Write to ${help}.`,
});

const text = (props: CodeProps, digits: string, frame: Frame): string => {
  const { use, rule, ignore, help } = said(props, frame);
  return [`Hello,\n\n${use}`, digits, rule, help ? `${ignore}\n${help}` : ignore, "Gatehouse"].join("\n\n");
};

function Code({ props, digits, frame }: { props: CodeProps; digits: string; frame: Frame }) {
  const { use, rule, ignore, help } = said(props, frame);
  return (
    <Layout from="Gatehouse" heading={subject(props)} subject={subject(props)} preview={rule}>
      <Paragraph>{use}</Paragraph>
      <Digits>{digits}</Digits>
      <Small>{rule}</Small>
      <Small>{ignore}</Small>
      {help && <Small>{help}</Small>}
    </Layout>
  );
}
