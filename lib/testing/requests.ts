import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { AccessRequestId, GroupId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { ask } from "@/lib/requests/ask";
import type { DecideInput } from "@/lib/requests/schema";

/** What a member asked for last: what waits for an answer, else what was decided last. */
export const requestOf = async ({ userId, organizationId }: Actor): Promise<AccessRequestId> => {
  const [row] = await db().execute<{ id: AccessRequestId }>(sql`
    select id from access_requests where user_id = ${userId} and organization_id = ${organizationId}
    order by decided_at desc nulls first limit 1`);
  if (!row) throw new Error("They never asked");
  return row.id;
};

/** Lets a member ask for access however often they did today, unless they wait for an answer; gives what they asked for last. */
export const letAsk = async (asker: Actor, note = ""): Promise<AccessRequestId> => {
  await db().execute(sql`delete from limits where subject = ${`${asker.organizationId} ${asker.userId}`}`);
  await ask(asker, { note });
  return requestOf(asker);
};

/** The decision that gives these groups. */
export const granting = (request: AccessRequestId, ...groups: GroupId[]): DecideInput => ({
  request,
  step: "grant",
  groups,
  answer: "",
});

/** The decision that gives nothing. */
export const refusing = (request: AccessRequestId, answer = ""): DecideInput => ({
  request,
  step: "refuse",
  groups: [],
  answer,
});
