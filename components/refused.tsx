import type { ComponentProps, ReactNode } from "react";
import type { Refused as Refusal } from "@/lib/form";
import { Notice } from "./notice";

/** Why something was refused, and the way to mend it where there is one, in another tab so that nothing typed is lost. */
export const Refused = ({ state: { message, way }, about, children, ...rest }: Props) => (
  <Notice tone="danger" {...rest}>
    <p>
      {about && <b className="wrap-anywhere">{about}: </b>}
      {message}
    </p>
    {way && (
      <p>
        <a href={way.href} target="_blank" rel="noopener">
          {way.words} (opens a new tab)
        </a>
      </p>
    )}
    {children}
  </Notice>
);

type Props = Pick<ComponentProps<typeof Notice>, "children" | "tabIndex" | "ref"> & {
  state: Refusal;
  /** What was refused, where that is not in sight. */
  about?: ReactNode;
};
