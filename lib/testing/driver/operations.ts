import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { InvitationId } from "@/db/schema/ids";
import { tokenFor } from "@/lib/invitations/token";
import type { Replica } from "../fleet";
import { password } from "../people";
import { headingOf, textOf } from "../visitor";
import type { Chance } from "./chance";
import { oneOfThese, ownerAt, press, stranger, withButton, withField } from "./pressing";
import { comeNear, type Found, moment, type Organization, ripen, runOut, type Told, type World } from "./world";

// What people do, by pressing on the pages of whichever server answers. Each operation says in a word what came of it;
// what a person is told that can't be true is thrown.

export type Operation = (world: World, chance: Chance, organization: Organization, found: Found) => Promise<string>;

export const inviteAll = async (
  world: World,
  chance: Chance,
  organization: Organization,
  addresses: readonly string[],
  fresh: readonly string[],
): Promise<string> => {
  const at = (replica: Replica) => ownerAt(organization, replica);
  const fill = { addresses: addresses.join("\n") };
  const answer = await press(world, chance, at, "/account/users/invite", withField("addresses"), fill);
  if (!answer) throw new Error("The invite form is always there");
  oneOfThese(answer.html, /(No|\d+) invites? sent/);
  for (const email of fresh) world.invited.push({ organization: organization.id, email });
  return "invited";
};

export const rowOf = (id: InvitationId) => `/account/users/invitations/${id}?ask=revoke`;
export const tell = ({ told }: World, id: InvitationId, end: Told["end"]) => void told.push({ id, end });

export const revoke: Operation = async (world, chance, organization, { id }) => {
  const asked = (html: string) => withButton("Revoke invite")(html.split('id="question"')[1] ?? "");
  const answer = await press(world, chance, (replica) => ownerAt(organization, replica), rowOf(id), asked);
  if (!answer) return "not offered";
  const [done, over] = [/is revoked\. Its links no longer work/, /This invite is no longer open/];
  if (oneOfThese(answer.html, done, over) === 1) return "over";
  tell(world, id, "revoked");
  return "revoked";
};

/** Why no mail goes to an address, in any of the words for it. */
export const heldBack = /bounced|marked .* as spam|no more invitations/i;

export const resend: Operation = async (world, chance, organization, { id }) => {
  await ripen(id);
  const at = (replica: Replica) => ownerAt(organization, replica);
  const answer = await press(world, chance, at, rowOf(id), withButton("Resend invite"));
  if (!answer) return "not offered";
  const words = [
    /Invite sent again to/,
    /This invite is no longer open/,
    /You can send it again/,
    /was sent 6 times/,
    heldBack,
  ];
  return ["resent", "over", "too soon", "often enough", "held back"][oneOfThese(answer.html, ...words)] ?? "";
};

const joinPath = (id: InvitationId) => `/join/${tokenFor(id, "email")}`;

export const accept: Operation = async (world, chance, _organization, { id }) => {
  const pick = (html: string) => withButton("Sign in and join")(html) ?? withButton("Join your organization")(html);
  const answer = await press(world, chance, stranger(), joinPath(id), pick, { name: "Nora New", password });
  if (!answer) return "not offered";
  if (!textOf(answer.html).includes("No access yet")) return headingOf(answer.html);
  tell(world, id, "accepted");
  return "joined";
};

export const decline: Operation = async (world, chance, _organization, { id }) => {
  const answer = await press(world, chance, stranger(), joinPath(id), withButton("Decline"), { decline: "yes" });
  if (!answer) return "not offered";
  const said = headingOf(answer.html);
  if (said === "You declined this invite") tell(world, id, "declined");
  return said;
};

export const expire: Operation = async (_world, _chance, _organization, { id }) => {
  await runOut(id);
  return "ran out";
};

export const ask: Operation = async (world, chance, _organization, { id }) => {
  const answer = await press(world, chance, stranger(), joinPath(id), withButton("Ask for a new invite"), {
    ask: "yes",
  });
  return answer ? headingOf(answer.html) : "not offered";
};

/** Whoever reads the mail wants no more of these, from the organization or from any. */
export const block: Operation = async (world, chance, organization, { id, email }) => {
  const from = chance.percent(75) ? "organization" : "everyone";
  const path = `/block/${tokenFor(id, "email")}`;
  const answer = await press(world, chance, stranger(), path, withButton("Stop invitations"), { stop: "yes", from });
  if (!answer) return "not offered";
  oneOfThese(answer.html, /Invitations are stopped/);
  world.stopped.push({ organization: from === "everyone" ? null : organization.id, email, at: await moment() });
  return "stopped";
};

/** The time of reminders has come, for some of the organization's invitations. */
export const remind: Operation = async (_world, _chance, organization) => {
  await comeNear(organization);
  return "came near";
};

export const forget: Operation = async (world, chance, _organization, { email }) => {
  // Only so many codes and resets are sent in an hour, to an address and from an origin.
  await db().execute(sql`delete from limits where scope in ('codes and resets', 'reset origin')`);
  const answer = await press(world, chance, stranger(), "/forgot-password", withField("email"), { email });
  return answer ? "asked" : "not offered";
};
