import type { ReactNode } from "react";
import { config } from "@/lib/config.mjs";

/** How to get help where nobody need be signed in, a plain link; where no address is configured, what else is good to know. */
export const Contact = ({ children }: { children: ReactNode }) => {
  const { supportEmail } = config();
  return supportEmail ? (
    <p>
      Need help? <a href={`mailto:${supportEmail}`}>{supportEmail}</a>
    </p>
  ) : (
    <p>{children}</p>
  );
};
