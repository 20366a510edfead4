import { z } from "zod";

// What mails are made of.

export const id = <Id extends string>() => z.custom<Id>((value) => z.uuid().safeParse(value).success, "must be a uuid");
// It becomes a header: nothing that could begin another one or a second address.
export const address = z.string().regex(/^[^\s@<>,;"\p{C}]{1,64}@[^\s@<>,;"\p{C}]{1,253}$/u, "must be one address");
// Cut to length and cleaned where it is shown.
export const name = z.string();
