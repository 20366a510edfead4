"use client";

import { useState } from "react";
import { type FormState, idle } from "@/lib/form";

/** Of the answers that several forms got, the one that came last. */
export const useLatest = <T>(answers: readonly FormState<T>[]): FormState<T> => {
  const [seen, setSeen] = useState({ answers, latest: answers.find(({ status }) => status !== "idle") ?? idle });
  const fresh = answers.find((answer, place) => answer !== seen.answers[place]);
  if (fresh) setSeen({ answers, latest: fresh });
  return fresh ?? seen.latest;
};
