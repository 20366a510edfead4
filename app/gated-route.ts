import type { Right } from "@/lib/access/catalogue";
import { type Grant, grant } from "@/lib/access/grant";
import { viewer } from "@/lib/access/viewer";

/** A route that a page of ours asks by script, and that needs a right: 401 for whoever is signed out, 403 without the right. */
export const gatedRoute =
  <R extends Right>(right: R, answer: (granted: Grant<R>) => Response | Promise<Response>) =>
  async (): Promise<Response> => {
    const person = await viewer();
    if (!person) return new Response("You are signed out.\n", { status: 401 });
    const granted = person.actor && grant(person.actor, right);
    return granted ? answer(granted) : new Response("This takes a right you don't have.\n", { status: 403 });
  };
