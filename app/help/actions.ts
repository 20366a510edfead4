"use server";

import { z } from "zod";
import { personalAction } from "@/lib/actions";
import { done } from "@/lib/result";
import { answersFor } from "./answers";

/** What Help says to whoever is signed in, read and drawn when they open it: no page pays for it before. */
export const openHelp = personalAction(z.object({}), async (person) => done(await answersFor(person)));
