import type { Metadata } from "next";
import type { ReactNode } from "react";
import { viewer } from "@/lib/access/viewer";
import { openHelp } from "./help/actions";
import { HelpPanel } from "./help/panel";
import { Moved } from "./moved";
import { SiteHeader } from "./site-header";

const organizationName = async () => (await viewer())?.actor?.organizationName ?? "Gatehouse";

/** Titles like `User Management – Acme` for the pages below a layout. */
export const organizationTitles = async (): Promise<Metadata> => {
  const organization = await organizationName();
  return { title: { default: organization, template: `%s – ${organization}` } };
};

/** The title `Sources – Acme`, for a page that lies beside its layout: there the layout's template doesn't reach. */
export const titled = (title: string) => async (): Promise<Metadata> => ({
  title: { absolute: `${title} – ${await organizationName()}` },
});

/** The frame of signed-in pages. It shows nothing to others: each page sends them to sign in by itself. */
export const SignedIn = async ({ children }: { children: ReactNode }) => {
  const person = await viewer();
  return (
    <>
      {person && <SiteHeader person={person} />}
      {person && <Moved {...person} />}
      {children}
      {person && <HelpPanel read={openHelp} />}
    </>
  );
};
