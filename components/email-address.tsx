import { Fragment } from "react";

/** An address that goes on in a new line after its `@` or before a dot when it doesn't fit, and elsewhere only if it must. */
export const EmailAddress = ({ children }: { children: string }) => (
  <span dir="ltr" className="wrap-anywhere">
    {children.split(/(?<=@)|(?=\.)/).map((part, place, parts) => (
      <Fragment key={parts.slice(0, place).join("")}>
        {place > 0 && <wbr />}
        {part}
      </Fragment>
    ))}
  </span>
);
