import type { Route } from "next";
import type { ComponentProps, ReactNode } from "react";

const tones = {
  main: "border-transparent bg-accent text-on-accent hover:bg-accent-strong",
  plain: "border-edge bg-surface text-ink hover:bg-sunken",
  danger: "border-danger bg-surface text-danger hover:bg-danger-soft hover:text-danger-strong",
};

export type Tone = keyof typeof tones;

/** How everything that is pressed looks: the main one of a page, a plain one, one that takes something away. */
export const buttonClass = (tone: Tone = "plain") =>
  `inline-flex min-h-9.5 cursor-pointer items-center justify-center gap-2 rounded border px-3.5 py-1 text-center font-medium wrap-anywhere pointer-coarse:min-h-11 ${tones[tone]}`;

/** A button for script or for a form of its own; a form's main button is `SubmitButton`. */
export const Button = ({
  tone,
  className = "",
  type = "button",
  ...rest
}: ComponentProps<"button"> & { tone?: Tone }) => (
  <button type={type} className={`${buttonClass(tone)} ${className}`} {...rest} />
);

/** A link that is the page's next press. */
export const ButtonLink = <T extends string>({
  href,
  tone,
  wide = false,
  children,
}: {
  href: Route<T>;
  tone?: Tone;
  wide?: boolean;
  children: ReactNode;
}) => (
  <a href={href} className={`${buttonClass(tone)} ${wide ? "w-full" : ""}`}>
    {children}
  </a>
);
