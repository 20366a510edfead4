import type { Metadata } from "next";
import type { ReactNode } from "react";
import { viewer } from "@/lib/access/viewer";
import { SiteHeader } from "./site-header";

/** Titles like `User Management – Acme`, for the layouts of signed-in pages. */
export const organizationTitles = async (): Promise<Metadata> => {
  const organization = (await viewer())?.actor?.organizationName ?? "Gatehouse";
  return { title: { default: organization, template: `%s – ${organization}` } };
};

/** The frame of signed-in pages. It shows nothing to others: each page sends them to sign in by itself. */
export const SignedIn = async ({ children }: { children: ReactNode }) => {
  const person = await viewer();
  return (
    <>
      {person && <SiteHeader person={person} />}
      {children}
    </>
  );
};
