import { sql } from "drizzle-orm";
import { NextRequest } from "next/server";
import { expect, test } from "vitest";
import { db } from "@/db/client";
import { testDatabase } from "@/lib/testing/database";
import { plainMail, promise, sendAll } from "@/lib/testing/outbox";
import { GET } from "./route";

testDatabase();

test("the JSON holds everything, however much it is", async () => {
  const ask = async (query = "") =>
    (await GET(new NextRequest(`http://localhost:3000/dev/mailbox.json${query}`))).json();
  expect(await ask()).toEqual([]);
  await promise(plainMail("first@example.org"));
  await sendAll();
  await db().execute(sql`
    insert into outbox (kind, to_email, payload, state, attempts, frozen, first_attempt_at, secret_fingerprint)
    select kind, 'copy@example.org', payload, state, attempts, frozen, first_attempt_at, secret_fingerprint
    from outbox, generate_series(1, 450)`);
  expect(await ask()).toHaveLength(451);
  expect(await ask("?to=first@example.org")).toEqual([
    {
      id: expect.any(String),
      to: "first@example.org",
      from: '"Gatehouse" <gatehouse@localhost>',
      replyTo: null,
      subject: "You already have a Gatehouse account",
      text: expect.any(String),
      html: expect.any(String),
      links: ["http://localhost:3000/signin", "http://localhost:3000/forgot-password"],
      status: "sent",
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    },
  ]);
});
