import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { db } from "@/db/client";
import type { AccessRequestId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { testDatabase } from "@/lib/testing/database";
import { granted, makeGroup, makeMember, makeOwner, must } from "@/lib/testing/people";
import { letAsk, refusing } from "@/lib/testing/requests";
import { decide } from "./decide";
import { listDecided, listWaiting, type RequestsPage, readOwnRequest, requestsPageSize } from "./queries";

testDatabase();
let owner: Actor;
let askers: Actor[];
let stranger: Actor;
/** Of another organization, and older than all of ours. */
let theirs: AccessRequestId;
const all = requestsPageSize + 3;
beforeAll(async () => {
  stranger = await makeOwner("Globex");
  theirs = await letAsk(await makeMember(stranger), "Theirs");
  owner = await makeOwner("Acme");
  const plain = await makeGroup(owner, [], "Plain");
  askers = [];
  for (let n = 0; n < all; n++) {
    const asker = await makeMember(owner, n === 0 ? [plain] : []);
    askers.push(asker);
    await letAsk(asker, `Note ${n}`);
  }
});
const start = { q: "", page: null };
const deciding = () => granted(owner, "groups.edit");
const notes = ({ rows }: RequestsPage) => rows.map(({ note }) => note);
const inOrder = Array.from({ length: all }, (_, n) => `Note ${n}`);

test("whoever has waited longest stands first, with what they belong to, a page at a time", async () => {
  const first = await listWaiting(deciding(), start);
  expect(notes(first)).toEqual(inOrder.slice(0, requestsPageSize));
  expect(first.rows[0]).toMatchObject({ email: askers[0]?.email, active: true, memberOf: ["Plain"], decision: null });
  const second = await listWaiting(deciding(), { q: "", page: first.next });
  expect(notes(second)).toEqual(inOrder.slice(requestsPageSize));
  expect(second.next).toBeNull();
  expect(await listWaiting(deciding(), { q: "", page: second.previous })).toEqual(first);
});

test("nobody else's requests show, and a place that is bent or beyond all leads to the first page", async () => {
  expect(notes(await listWaiting(granted(stranger, "groups.edit"), start))).toEqual(["Theirs"]);
  for (const key of [
    "",
    "bent",
    "0000-01-01T00:00:00.000000Z",
    "2026-02-30T00:00:00.000000Z",
    "9999-12-31T23:59:59.999999Z",
  ])
    expect(notes(await listWaiting(deciding(), { q: "", page: { after: { key, id: theirs } } }))).toEqual(
      inOrder.slice(0, requestsPageSize),
    );
});

test("what was decided stands with the latest decision first, a page at a time, and waits no more", async () => {
  for (const asker of askers) must(await decide(deciding(), refusing(await letAsk(asker))));
  const first = await listDecided(deciding(), start);
  expect(notes(first)).toEqual(inOrder.toReversed().slice(0, requestsPageSize));
  expect(notes(await listDecided(deciding(), { q: "", page: first.next }))).toEqual(
    inOrder.toReversed().slice(requestsPageSize),
  );
  const last = await listDecided(deciding(), { q: "", page: first.next });
  expect(await listDecided(deciding(), { q: "", page: last.previous })).toEqual(first);
  expect(notes(await listWaiting(deciding(), start))).toEqual([]);
});

test("a member reads their own last request alone, in each of their organizations", async () => {
  const [asker] = askers;
  if (!asker) throw new Error("Somebody has asked");
  expect(await readOwnRequest(asker)).toMatchObject({ note: "Note 0", decision: { granted: false } });
  await letAsk(asker, "Once more");
  expect(await readOwnRequest(asker)).toMatchObject({ note: "Once more", decision: null });
  await db().execute(sql`delete from access_requests where user_id = ${asker.userId}`);
  expect(await readOwnRequest(asker)).toBeNull();
});
