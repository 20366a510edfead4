import type { z } from "zod";
import type { FieldErrors } from "@/lib/result";
import { withoutPassword } from "@/lib/sources/url";

const strings = (form: FormData): [string, string][] =>
  [...form.entries()].flatMap(([name, value]) =>
    typeof value === "string" && !name.startsWith("$") ? [[name, value]] : [],
  );

/** What a form posted, as schemas read it: fields and files by name; a name that ends in `[]` gives a list under the name without it. Browsers send CRLF: one kind of line end. */
export const inputOf = (form: FormData): Record<string, string | string[] | File> => {
  const input: Record<string, string | string[]> = {};
  for (const [name, raw] of strings(form)) {
    const value = raw.replaceAll("\r\n", "\n");
    if (!name.endsWith("[]")) input[name] = value;
    else input[name.slice(0, -2)] = [...[input[name.slice(0, -2)] ?? []].flat(), value];
  }
  const files = [...form].filter((entry): entry is [string, File] => entry[1] instanceof File);
  return { ...input, ...Object.fromEntries(files) };
};

/** What was typed, to be shown again: all but secrets. A field called `url` may hold one in its middle. */
export const typedIn = (form: FormData) =>
  Object.fromEntries(
    strings(form)
      .filter(([name]) => !/password|code|\[\]$/i.test(name))
      .map(([name, value]) => [name, name === "url" ? withoutPassword(value) : value]),
  );

/** What was chosen in lists, to be chosen again. */
export const chosenIn = (form: FormData): Record<string, string[]> => {
  const lists = strings(form).filter(([name]) => name.endsWith("[]"));
  return Object.fromEntries(lists.map(([list]) => [list.slice(0, -2), form.getAll(list).map(String)]));
};

/** The first sentence about each field; what belongs to none stands under `form`. */
export const fieldErrors = (error: z.ZodError): FieldErrors => {
  const errors: Record<string, string> = {};
  for (const issue of error.issues) errors[String(issue.path[0] ?? "form")] ??= issue.message;
  return errors;
};
