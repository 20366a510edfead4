"use client";

import { useEffect } from "react";
import { ActionForm } from "@/components/form";
import { SubmitButton } from "@/components/submit-button";
import { readThatMoved } from "./account/organizations/actions";

/** The button that takes the words away; focus would go with them, and goes to the page's heading instead. */
export function MovedRead() {
  useEffect(
    () => () => {
      if (document.activeElement === document.body) document.querySelector<HTMLElement>("h1")?.focus();
    },
    [],
  );
  return (
    <ActionForm action={readThatMoved}>
      <SubmitButton tone="plain">Got it</SubmitButton>
    </ActionForm>
  );
}
