"use client";

import ErrorPage from "./error";
import "./globals.css";

export default function GlobalErrorPage({ retry }: { retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>This page broke – Gatehouse</title>
        <ErrorPage retry={retry} />
      </body>
    </html>
  );
}
