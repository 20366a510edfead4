"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { personalAction } from "@/lib/actions";
import { nextPath } from "@/lib/auth/next-path";
import { hasRead, switchTo } from "@/lib/members/organizations";
import { organizationField } from "@/lib/members/schema";
import { done } from "@/lib/result";

const Switch = z.object({ to: organizationField, next: z.string().default("") });

/** Lets this browser stand in another organization of its person, and goes on to the page they wanted there. */
export const switchOrganization = personalAction(
  Switch,
  async (person, { to, next }) => {
    const switched = await switchTo(person, to);
    if (!switched.ok) return switched;
    revalidatePath("/", "layout"); // with script the frame around the page would stay that of the organization they left
    return done(nextPath(next));
  },
  (path) => path,
);

/** They have read that they are out of an organization they stood in. */
export const readThatMoved = personalAction(z.object({}), async (person) => {
  await hasRead(person);
  revalidatePath("/", "layout");
  return done(null);
});
