import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { InvitationId } from "@/db/schema/ids";
import { tokenFor } from "@/lib/invitations/token";
import type { Replica } from "../fleet";
import { password } from "../people";
import { formsOf, headingOf, textOf, Visitor } from "../visitor";
import type { Chance } from "./chance";
import { count, type Found, type Organization, ownerAt, press, ripen, runOut, type Told, type World } from "./world";

// What people do, by pressing on the pages of whichever server answers. Each operation says in a word what came of it;
// what a person is told that can't be true is thrown.

export type Operation = (world: World, chance: Chance, organization: Organization, found: Found) => Promise<string>;

const withButton = (words: string) => (html: string) => formsOf(html).find(({ button }) => button === words);
const withField = (name: string) => (html: string) => formsOf(html).find(({ fields }) => name in fields);

/** What was said, if it is one of these; anything else is a defect. */
const oneOfThese = (html: string, ...words: readonly RegExp[]): number => {
  const at = words.findIndex((each) => each.test(textOf(html)));
  if (at < 0) throw new Error(`Nobody should be told: ${textOf(html)}`);
  return at;
};

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

const rowOf = (id: InvitationId) => `/account/users/invitations/${id}?ask=revoke`;
const tell = ({ told }: World, id: InvitationId, end: Told["end"]) => void told.push({ id, end });

export const revoke: Operation = async (world, chance, organization, { id }) => {
  const asked = (html: string) => withButton("Revoke invite")(html.split('id="question"')[1] ?? "");
  const answer = await press(world, chance, (replica) => ownerAt(organization, replica), rowOf(id), asked);
  if (!answer) return "not offered";
  const [done, over] = [/is revoked\. Its links no longer work/, /This invite is no longer open/];
  if (oneOfThese(answer.html, done, over) === 1) return "over";
  tell(world, id, "revoked");
  return "revoked";
};

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
    /bounced|marked .* as spam|no more invitations/i,
  ];
  return ["resent", "over", "too soon", "often enough", "held back"][oneOfThese(answer.html, ...words)] ?? "";
};

const joinPath = (id: InvitationId) => `/join/${tokenFor(id, "email")}`;
/** Somebody who comes with a new browser, which they keep whichever server answers. */
const stranger = () => {
  const browsers = new Map<Replica, Visitor>();
  return (replica: Replica): Visitor => {
    const known = browsers.get(replica) ?? new Visitor(replica.url);
    browsers.set(replica, known);
    return known;
  };
};

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

/** Several of these about one invitation at the same moment, each from a browser of its own. */
export const duel: Operation = async (world, chance, organization, found) => {
  const sides = chance.shuffled([accept, revoke, resend, decline, expire]).slice(0, 2 + chance.below(3));
  const fight = async (side: Operation) =>
    count(world, `in a duel, ${side.name}: ${await side(world, chance.apart(), organization, found)}`);
  await Promise.all(sides.map(fight));
  return "fought out";
};

export const forget: Operation = async (world, chance, _organization, { email }) => {
  // Only so many codes and resets are sent in an hour, to an address and from an origin.
  await db().execute(sql`delete from limits where scope in ('codes and resets', 'reset origin')`);
  const answer = await press(world, chance, stranger(), "/forgot-password", withField("email"), { email });
  return answer ? "asked" : "not offered";
};
