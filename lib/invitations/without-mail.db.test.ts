import { sql } from "drizzle-orm";
import { beforeAll, expect, test, vi } from "vitest";
import { db } from "@/db/client";
import type { GroupId, InvitationId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { deleteGroup } from "@/lib/groups/commands";
import { addMembers } from "@/lib/groups/members";
import { addPolicies } from "@/lib/groups/policies";
import { testDatabase } from "@/lib/testing/database";
import {
  age,
  forged,
  freshEmail,
  granted,
  inviteInput,
  inviteOne,
  makeGroup,
  makeMember,
  makeOwner,
  must,
  ownersGroup,
  passwordHash,
  refusalOf,
  whole,
} from "@/lib/testing/people";
import { accept } from "./accept";
import { copyLink } from "./copy-link";
import { decline } from "./decline";
import { invite } from "./invite";
import { resend } from "./resend";

vi.hoisted(() => {
  process.env.APP_URL = "https://gatehouse.test";
});

// No mail is configured: whoever holds a link joins by it, so to be shown one is to be handed what it gives.
testDatabase();
let owner: Actor;
let recruiter: Actor;
let growing: GroupId;
let id: InvitationId;

beforeAll(async () => {
  owner = await makeOwner();
  const giving = await makeGroup(owner, ["access.create", "groups.edit", "audit.read"]);
  growing = await makeGroup(owner, ["audit.read"], "Growing");
  recruiter = await makeMember(owner, [giving]);
  id = await inviteOne(recruiter, freshEmail("ada"), [growing]);
});

const by = (actor: Actor) => forged(actor, "access.create");
const countMails = async () => (await db().execute(sql`select from outbox`)).length;
const joinAs = async (invitation: InvitationId) =>
  must(await accept({ id: invitation, channel: "link" }, { name: "Ada", passwordHash })).userId;

test("whoever sent an invite is shown its link no more, and can't send it again, once its groups allow more than they do", async () => {
  must(await copyLink(by(recruiter), id));
  await age(id, "6 minutes");
  must(await resend(by(recruiter), id));
  must(await addPolicies(granted(owner, "groups.create"), growing, [whole("settings.edit")]));
  await age(id, "6 minutes");
  expect(await refusalOf(copyLink(by(recruiter), id))).toBe("beyond-own-rights");
  expect(await refusalOf(resend(by(recruiter), id))).toBe("beyond-own-rights");
  must(await copyLink(by(owner), id));
});

test("by a link they had already nobody gets more than they hold: the group is left out, on record, and nobody is written to", async () => {
  const ada = await joinAs(id);
  expect(await db().execute(sql`select from group_members where user_id = ${ada}`)).toEqual([]);
  const [event] = await db().execute(sql`
    select after from audit_events where action = 'invitation.accepted' and target_id = ${id}`);
  expect(event).toEqual({ after: { through: "link", leftOut: [growing], deleted: [] } });
  expect(await countMails()).toBe(0);
});

test("once an owner has sent it again, it gives what the owner may hand out", async () => {
  const other = await inviteOne(recruiter, freshEmail("bob"));
  await db().execute(sql`insert into invitation_groups values (${owner.organizationId}, ${other}, ${growing})`);
  await age(other, "6 minutes");
  expect(await refusalOf(resend(by(recruiter), other))).toBe("beyond-own-rights");
  must(await resend(by(owner), other));
  const bob = await joinAs(other);
  expect(await db().execute(sql`select from group_members where user_id = ${bob}`)).toHaveLength(1);
});

test("whoever joins by a link has not shown that the address is theirs; by it they can also say no", async () => {
  const [dee, eve] = [await inviteOne(owner, freshEmail("dee")), await inviteOne(owner, freshEmail("eve"))];
  const joined = await joinAs(dee);
  expect([...(await db().execute(sql`select email_verified_at from users where id = ${joined}`))]).toEqual([
    { email_verified_at: null },
  ]);
  must(await decline({ id: eve, channel: "link" }));
});

test("each link that the form shows is on record as shown, and the same form posted again shows it once more", async () => {
  const email = freshEmail("fay");
  const input = inviteInput(email);
  const revealed = async () =>
    (
      await db().execute(sql`
        select from audit_events e join invitations i on i.id = e.target_id
        where e.action = 'invitation.link_revealed' and i.email = ${email}`)
    ).length;
  expect(must(await invite(granted(owner, "access.create"), input))).toMatchObject([{ kind: "link-created" }]);
  expect(await revealed()).toBe(1);
  expect(must(await invite(granted(owner, "access.create"), input))).toMatchObject([{ kind: "link-created" }]);
  expect(await revealed()).toBe(2);
});

test("a group may be deleted and an owner made without anybody to write to", async () => {
  const passing = await makeGroup(owner, []);
  const another = await inviteOne(owner, freshEmail("cy"), [passing]);
  must(await deleteGroup(granted(owner, "groups.delete"), passing));
  const cy = await joinAs(another);
  must(await addMembers(granted(owner, "groups.edit"), await ownersGroup(owner.organizationId), [cy]));
  expect(await countMails()).toBe(0);
});
