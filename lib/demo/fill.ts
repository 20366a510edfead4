import type { Actor } from "@/lib/access/actor";
import { foundOrganization } from "@/lib/auth/founding";
import { hashPassword } from "@/lib/auth/password";
import { endOwnSession } from "@/lib/auth/sign-out";
import { deactivate } from "@/lib/members/deactivate";
import { ask } from "@/lib/requests/ask";
import { AskInput } from "@/lib/requests/schema";
import { by, enter, must } from "./acting";
import { auditWasWritten } from "./audit";
import type { Urls } from "./databases";
import { makeGroups } from "./groups";
import { deliver, type Members, receive } from "./guests";
import { accessWasAsked, groupsBegan, guestsCame, newsWasGathered, organizationBegan, wasDeactivated } from "./past";
import * as people from "./people";
import { connectSources, describe, makeDomains, readAgain } from "./resources";

/**
 * Lets an organization come to be in an empty database, by the commands that people's presses run: its audit log, mail
 * and mailbox are those of a real one. Then it is set back in time.
 */
export const fill = async (urls: Urls): Promise<void> => {
  const passwordHash = await hashPassword(people.password);
  const { organizationName, owner, firstTeam, invitedByOwner, invitedByAdministrator } = people;
  const founded = await foundOrganization({ organizationName, ...owner, passwordHash, verified: true });
  const amara = await enter(must(founded).sessionId);

  const sources = await connectSources(amara, urls);
  const domains = await makeDomains(amara, sources);
  const team = await receive(amara, firstTeam, new Map(), passwordHash);
  const groups = await makeGroups(amara, team, sources, domains);
  const [jonas, mei] = [await arrived(team, people.administrator), await arrived(team, people.engineer)];
  const guests = await receive(amara, invitedByOwner, groups, passwordHash);
  const others = await receive(jonas, invitedByAdministrator, groups, passwordHash);
  const asker = await arrived(others, people.asksForAccess.email);
  must(await ask(asker, AskInput.parse(people.asksForAccess)));
  await describe(mei, sources);
  await readAgain(mei, sources);

  const leaving = memberAt(guests, people.deactivated.email);
  must(await deactivate(by(jonas, "access.edit"), leaving.userId));
  await newsWasGathered();
  await deliver();

  for (const { sessionId, userId } of [amara, jonas, mei, asker]) must(await endOwnSession(sessionId, userId));
  await organizationBegan(people.age);
  await guestsCame(people.everybody);
  await accessWasAsked(people.asksForAccess.ago);
  await wasDeactivated(leaving.userId, people.deactivated.ago);
  await auditWasWritten();
  await groupsBegan();
};

const memberAt = (members: Members, email: string) => {
  const member = members.get(email);
  if (!member) throw new Error(`${email} didn't join`);
  return member;
};

/** Somebody who has joined, with what the groups they are in by now allow. */
const arrived = async (members: Members, email: string): Promise<Actor> => enter(memberAt(members, email).sessionId);
