import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { SuppressionId } from "@/db/schema/ids";
import type { Replica } from "../fleet";
import { heldBack, type Operation, resend, rowOf, tell } from "./operations";
import { oneOfThese, ownerAt, press, withButton } from "./pressing";
import { freshAddress, moment } from "./world";

// What owners do about an invite that didn't reach whom it should.

/** The wrong address gives way to one that nobody knew before. */
export const correct: Operation = async (world, chance, organization, { id, email: wrong }) => {
  const [email, path] = [freshAddress(chance), `/account/users/invitations/${id}/address`];
  const at = (replica: Replica) => ownerAt(organization, replica);
  const answer = await press(world, chance, at, path, withButton("Invite this address instead"), { email });
  if (!answer) return "not offered";
  const done = new RegExp(`${email} is invited, and the invite for ${wrong} is revoked`);
  if (oneOfThese(answer.html, done, /This invite is no longer open/) === 1) return "over";
  tell(world, id, "revoked");
  world.invited.push({ organization: organization.id, email });
  return "corrected";
};

/** What failed is handed over once more. */
export const tryAgain: Operation = async (world, chance, organization, { id }) => {
  const began = await moment();
  const at = (replica: Replica) => ownerAt(organization, replica);
  const answer = await press(world, chance, at, rowOf(id), withButton("Try again"));
  if (!answer) return "not offered";
  const words = [
    /The mail to \S+ is tried again/,
    /can't be tried again/,
    /This invite is no longer open/,
    /This invite has expired/,
    heldBack,
  ];
  const said = oneOfThese(answer.html, ...words);
  if (said === 0) world.retried.push({ id, at: began });
  return ["tried", "too late", "over", "expired", "held back"][said] ?? "";
};

/** Mail goes again to an address where it bounced or was spam, and the invite goes out anew. */
export const lift: Operation = async (world, chance, organization, found) => {
  const [standing] = await db().execute<{ id: SuppressionId }>(sql`
    select id from suppressions where organization_id = ${organization.id} and email = ${found.email} and lifted_at is null`);
  if (!standing) return "nothing to lift";
  const at = (replica: Replica) => ownerAt(organization, replica);
  const answer = await press(world, chance, at, `/account/mail?lift=${standing.id}`, withButton("Lift"));
  if (!answer) return "not offered";
  world.lifted.push(standing.id);
  // The page says nothing of an address where mail has bounced anew by then.
  const again = /goes to \S+ again\. Nothing was sent by this/;
  if (oneOfThese(answer.html, again, /Addresses we no longer mail/) === 1) return "lifted, and held back anew";
  return `lifted, and ${await resend(world, chance, organization, found)}`;
};
