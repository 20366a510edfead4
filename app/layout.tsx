import type { Metadata, Viewport } from "next";
import { connection } from "next/server";
import type { ReactNode } from "react";
import { DrawnAnew } from "@/components/drawn-anew";
import { Icon } from "@/components/icon";
import { Mark } from "@/components/mark";
import { TimeZone } from "@/components/time-zone";
import { config } from "@/lib/config.mjs";
import "./globals.css";

export const metadata: Metadata = { title: { default: "Gatehouse", template: "%s – Gatehouse" } };

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f4f4f2" },
    { media: "(prefers-color-scheme: dark)", color: "#121415" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Every page is drawn for its request: the nonce of its scripts and the configuration are not known at build time.
  await connection();
  return (
    <html lang="en">
      <body>
        <a
          href="#main"
          className="absolute top-2 left-2 z-10 bg-surface px-4 py-2 font-medium text-accent not-focus:sr-only"
        >
          Skip to the content
        </a>
        {config().local && <MailStaysHere />}
        {children}
        <footer className="mx-auto flex w-full max-w-6xl items-center gap-2 px-4 py-6 text-sm text-quiet sm:px-6">
          <Mark className="size-4" /> Gatehouse
        </footer>
        <TimeZone />
        <DrawnAnew />
      </body>
    </html>
  );
}

const MailStaysHere = () => (
  <aside
    aria-label="Local mode"
    className="flex items-center justify-center gap-2 bg-sunken px-4 py-1 text-sm text-quiet"
  >
    <Icon name="info" />
    <span>
      Mail stays here: <a href="/dev/mailbox">open the mailbox</a>
    </span>
  </aside>
);
