/** The plain part of a mail. */
export const PlainPart = ({ text }: { text: string }) => (
  <pre className="font-sans wrap-anywhere whitespace-pre-wrap">{text}</pre>
);

/**
 * The HTML part of a mail. Without our origin; links open in a tab of their own. Script stays off by the page's policy, which
 * the frame inherits: were it off by the sandbox too, accessibility checkers would wait for the frame without end.
 */
export const HtmlPart = ({ html, title }: { html: string; title: string }) => (
  <iframe
    title={title}
    srcDoc={html}
    sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"
    className="h-160 w-full border border-line bg-white"
  />
);
