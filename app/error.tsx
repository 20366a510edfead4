"use client";

import { Button } from "@/components/button";
import { QuietPage } from "@/components/page";

export default function ErrorPage({ retry }: { retry: () => void }) {
  return (
    <QuietPage
      title="This page broke"
      lead="Something went wrong on our side while drawing it. Nothing you did before is lost; if you had just pressed a button, look whether it was done before you press it again."
    >
      <Button tone="main" onClick={retry} className="w-full">
        Try again
      </Button>
    </QuietPage>
  );
}
