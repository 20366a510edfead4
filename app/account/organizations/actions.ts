"use server";

import { z } from "zod";
import { personalAction } from "@/lib/actions";
import { nextPath } from "@/lib/auth/next-path";
import { switchTo } from "@/lib/members/organizations";
import { organizationField } from "@/lib/members/schema";
import { done } from "@/lib/result";

const Switch = z.object({ to: organizationField, next: z.string().default("") });

/** Lets this browser stand in another organization of its person, and goes on to the page they wanted there. */
export const switchOrganization = personalAction(
  Switch,
  async (person, { to, next }) => {
    const switched = await switchTo(person, to);
    return switched.ok ? done(nextPath(next)) : switched;
  },
  (path) => path,
);
