import type { CSSProperties, ReactNode } from "react";
import { Body, Button, Container, Head, Heading, Html, Text } from "react-email";
import { isRightToLeft } from "./words";

const sans = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
// Light colours stand in the elements, for clients that drop style sheets; the same as the product's.
const ink = "#1b1d1f";
const quiet = "#575a5d";
const accent = "#0d5871";

// Long names and addresses break rather than make a small screen scroll sideways.
const card: CSSProperties = { backgroundColor: "#ffffff", maxWidth: "600px", padding: "28px", wordBreak: "break-word" };

// React Email lays the body's style on a table cell inside it: that cell is the page's ground too.
const dark = `
  @media (prefers-color-scheme: dark) {
    .page, .page > table > tbody > tr > td { background-color: #121415 !important; }
    .card { background-color: #1a1d1f !important; }
    .ink { color: #e9e9e6 !important; }
    .quiet { color: #a6abae !important; }
    .button { background-color: #7dc5dd !important; color: #04222c !important; }
    .accent { color: #7dc5dd !important; }
    .quote { border-color: #7dc5dd !important; }
  }`;

// On a phone the margins are smaller, so that the button's words stay on one line and most addresses in the heading do.
const narrow = `
  @media (max-width: 480px) {
    .page > table > tbody > tr > td { padding: 8px !important; }
    .card > tbody > tr > td { padding: 20px 16px !important; }
    .heading { font-size: 20px !important; line-height: 28px !important; }
  }`;

/** The one frame of every mail: a single column of at most 600 px, no pictures, nothing that reports back. */
export const Layout = ({ from, heading, subject, preview, children }: LayoutProps) => (
  <Html lang="en" dir="ltr">
    <Head>
      <title>{subject}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="supported-color-schemes" content="light dark" />
      <meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no" />
      <style>{dark + narrow}</style>
    </Head>
    <Body className="page" style={{ backgroundColor: "#f4f4f2", fontFamily: sans, margin: 0, padding: "24px 12px" }}>
      {/* What lists show beside the subject. React Email's own Preview adds hundreds of invisible characters, as phishing does. */}
      <div style={{ display: "none", maxHeight: 0, opacity: 0, overflow: "hidden" }}>{preview}</div>
      <Container className="card" style={card}>
        <Text className="quiet" style={{ color: quiet, fontSize: "15px", lineHeight: "24px", margin: "0 0 8px" }}>
          <span dir="auto">{from}</span>
        </Text>
        <Heading
          as="h1"
          className="ink heading"
          style={{ color: ink, fontSize: "24px", lineHeight: "32px", margin: "0 0 16px" }}
        >
          <span dir="auto">{heading}</span>
        </Heading>
        {children}
      </Container>
    </Body>
  </Html>
);

type LayoutProps = { from: string; heading: string; subject: string; preview: string; children: ReactNode };

export const Paragraph = ({ children }: { children: ReactNode }) => (
  <Text className="ink" style={{ color: ink, fontSize: "16px", lineHeight: "26px", margin: "0 0 16px" }}>
    {children}
  </Text>
);

export const Small = ({ children }: { children: ReactNode }) => (
  <Text className="quiet" style={{ color: quiet, fontSize: "14px", lineHeight: "22px", margin: "0 0 8px" }}>
    {children}
  </Text>
);

/** The mail's one press, 48 px high, and the same address in words for whoever can't press it. */
export const Press = ({ href, children }: { href: string; children: string }) => (
  <>
    <Button
      href={href}
      className="button"
      style={{
        backgroundColor: accent,
        borderRadius: "4px",
        color: "#ffffff",
        fontSize: "16px",
        fontWeight: 600,
        margin: "8px 0 24px",
        padding: "14px 24px",
      }}
    >
      {children}
    </Button>
    <Small>
      {"Or open this link: "}
      <Written href={href} />
    </Small>
  </>
);

/** A link in a sentence beside the one press. */
export const Aside = ({ href, children }: { href: string; children: string }) => (
  <a href={href} target="_blank" className="accent" style={{ color: accent }} rel="noopener">
    {children}
  </a>
);

/** A link whose address is its words. */
export const Written = ({ href }: { href: string }) => (
  <a href={href} target="_blank" className="accent" style={{ color: accent, wordBreak: "break-all" }} rel="noopener">
    {href}
  </a>
);

/** A one-time code, large and easy to copy. */
export const Digits = ({ children }: { children: string }) => (
  <Text
    className="ink"
    style={{ color: ink, fontFamily: "monospace", fontSize: "32px", letterSpacing: "4px", lineHeight: "40px" }}
  >
    {children}
  </Text>
);

/** Things of one kind, one below the other. */
export const List = ({ items }: { items: readonly string[] }) => (
  <ul
    className="ink"
    style={{ color: ink, fontSize: "16px", lineHeight: "24px", margin: "0 0 16px", padding: "0 0 0 20px" }}
  >
    {items.map((item, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, and items may repeat.
      <li key={index} style={{ margin: "0 0 6px" }}>
        {item}
      </li>
    ))}
  </ul>
);

/** Somebody's own words, line by line, with a bar where their lines begin: mail clients know no `border-inline-start`. */
export const Quote = ({ lines }: { lines: readonly string[] }) => {
  const bar = `3px solid ${accent}`;
  const turned = isRightToLeft(lines.join());
  return (
    <blockquote
      dir={turned ? "rtl" : "ltr"}
      className="ink quote"
      style={{
        ...(turned ? { borderRight: bar, padding: "0 16px 0 0" } : { borderLeft: bar, padding: "0 0 0 16px" }),
        color: ink,
        fontSize: "16px",
        lineHeight: "26px",
        margin: "0 0 16px",
      }}
    >
      {/* biome-ignore lint/suspicious/noArrayIndexKey: rendered once, and lines may repeat. */}
      {lines.flatMap((line, index) => (index === 0 ? [line] : [<br key={index} />, line]))}
    </blockquote>
  );
};
