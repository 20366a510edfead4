import { z } from "zod";
import type { GroupId, InvitationId, OutboxId } from "@/db/schema/ids";
import { idField, idOf, textField } from "@/lib/fields";
import { GroupChoice } from "@/lib/groups/schema";
import { splitAddresses } from "./address";
import { mostBytes } from "./csv";

/** SPEC section 4. */
export const mostTyped = 200;

export const InviteInput = z.object({
  /** Made with the form, so that the same form posted again is known. */
  key: idField,
  addresses: z
    .string()
    .transform(splitAddresses)
    .pipe(
      z
        .array(z.string())
        .min(1, "Type at least one email address.")
        .max(mostTyped, `Type at most ${mostTyped} addresses at a time.`),
    ),
  groups: z.array(idOf<GroupId>()).default([]),
  message: textField,
  lifetimeDays: z.enum(["1", "3", "7", "14", "30"], "Choose one of the lifetimes.").default("7").transform(Number),
});
export type InviteInput = z.output<typeof InviteInput>;

/** The same as the form sends it; `asked` are addresses that were doubted where their sender could see it. */
export const InviteForm = InviteInput.extend({ asked: z.string().default("").transform(splitAddresses) });

const { key, message, lifetimeDays } = InviteInput.shape;

/** A file of people to invite, to be looked at first. */
export const CsvInput = z.object({
  file: z
    .file("Choose a CSV file.")
    .min(1, "Choose a CSV file that has something in it.")
    .max(mostBytes, "This file is larger than 1 MB. Split it, and upload the parts one by one."),
});

/** The rows of that file that can be invited, as `writeCsv` wrote them, come back to be sent. */
export const CsvInvite = z.object({ key, message, lifetimeDays, csv: z.string() });
export type CsvInvite = z.output<typeof CsvInvite>;

/** A press on one invitation. */
export const InvitationInput = z.object({ invitation: idOf<InvitationId>() });

/** A press on one mail, an invitation's or not. */
export const MailInput = z.object({ mail: idOf<OutboxId>() });

/** An invitation, and the groups it is to give from now on. */
export const InvitationGroups = InvitationInput.extend(GroupChoice.shape);

/** An invitation, and the address it should have gone to, as it was typed; `asked` is one that was doubted and meant. */
export const CorrectedAddress = InvitationInput.extend({ email: z.string(), asked: z.string().optional() });

/** A join link's token as it came in: judged by its MAC, not by its shape. */
export const TokenInput = z.string().max(200, "This link is too long to be one of ours.");
