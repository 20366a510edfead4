import type { ComponentProps } from "react";
import { Button } from "@/components/button";
import { Icon } from "@/components/icon";

/** A button that shows while its own answer is awaited, and stays focusable meanwhile. */
export const PressedButton = ({ pending, children, ...rest }: ComponentProps<typeof Button> & { pending: boolean }) => (
  <Button aria-disabled={pending || undefined} {...rest}>
    {pending && <Icon name="wait" className="motion-safe:animate-spin" />}
    {children}
    {pending && <span className="sr-only">, waiting for the answer</span>}
  </Button>
);
