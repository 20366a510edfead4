import { readFileSync } from "node:fs";
import { z } from "zod";
import { nameOf, rights, scopedRights } from "@/lib/access/catalogue";
import type { Visitor } from "./visitor";

// Presses as a browser with script sends them, to the actions of the built product by name: no page has to offer them first.

/** Fields of a form; a list is sent as several under a name that ends in `[]`. */
export type Fields = Readonly<Record<string, string | readonly string[] | File>>;
/** What came of a press: whether it was done, where it leads, and what the person reads. */
export type Pressed = { status: number; done: boolean; said: string };

const Manifest = z.object({
  node: z.record(
    z.string(),
    z.object({ filename: z.string(), exportedName: z.string(), workers: z.record(z.string(), z.unknown()) }),
  ),
});

/** Where the built product answers each action: its id, and the address of a page that has it. */
const readDoors = () => {
  const { node } = Manifest.parse(JSON.parse(readFileSync(".next/server/server-reference-manifest.json", "utf8")));
  return new Map(
    Object.entries(node).map(([id, { filename, exportedName, workers }]) => {
      const page = Object.keys(workers).find((worker) => worker.endsWith("/page")) ?? "";
      const path = page.replace(/^app|\/page$/g, "").replace(/\[\w+\]/g, nobodys);
      return [`${filename} ${exportedName}`, { id, path }];
    }),
  );
};
let doors: ReturnType<typeof readDoors> | undefined;

/** An id that nobody has. */
export const nobodys = "00000000-0000-4000-8000-000000000000";

/** Presses `action`, which is named by its file and export: `app/sources/actions.ts saveSource`. */
export const press = async (visitor: Visitor, action: string, fields: Fields): Promise<Pressed> => {
  doors ??= readDoors();
  const door = doors.get(action);
  if (!door) throw new Error(`The built product has no ${action}: is the build of this code?`);
  const body = new FormData();
  // The two arguments of an action, as React's client writes them: the fields of the form, then the state before and the form.
  for (const [name, value] of Object.entries(fields))
    for (const one of Array.isArray(value) ? value : [value]) body.append(`_1_${name}`, one);
  body.append("0", JSON.stringify([{ status: "idle" }, "$K1"]));
  const { status, headers, html } = await visitor.send(door.path, body, { "next-action": door.id });
  const to = headers.get("x-action-redirect");
  if (to) return { status, done: true, said: `leads to ${to.split(";")[0]}` };
  const state = /^[0-9a-f]+:(\{"status":"(?:done|refused)".*)$/m.exec(html)?.[1];
  const { success, data } = Answer.safeParse(state ? JSON.parse(state) : null);
  if (!success) return { status, done: false, said: `an answer that is none: ${html.slice(0, 300)}` };
  return { status, done: data.status === "done", said: data.message ?? "" };
};

const Answer = z.object({ status: z.enum(["done", "refused"]), message: z.string().optional() });

const everyRight = [...rights, ...scopedRights];

/** What came of a press in a word: done, which right was missing, or what else was said. */
export const inAWord = ({ done, said }: Pressed): string => {
  if (done) return "done";
  const missing = everyRight.find(
    (right) => said === `You need ${nameOf(right)} for this. Ask an Owner of your organization.`,
  );
  if (missing) return `needs ${missing}`;
  return words.find(([begins]) => said.startsWith(begins))?.[1] ?? said;
};

const words: [string, string][] = [
  ["This doesn't exist, or no longer does.", "not found"],
  ["You are signed out", "signed out"],
  ["This form is not for", "elsewhere"],
];
