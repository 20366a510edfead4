import { randomUUID } from "node:crypto";
import type { OutboxId } from "@/db/schema/ids";
import type { Claim } from "@/lib/outbox/claim";
import type { Frozen } from "@/lib/outbox/render";

/** A mail as the outbox hands it to a transport. No row stands behind it, so its id is made up. */
export const claimOf = (words: Partial<Frozen> = {}): Claim => {
  const id = randomUUID() as OutboxId;
  const headers = { "Auto-Submitted": "auto-generated", "X-Entity-Ref-ID": id };
  const plain = { subject: "Hello", text: "Hello.", html: "<p>Hello.</p>", headers };
  const message = { from: '"Gatehouse" <gate@example.org>', replyTo: null, ...plain, ...words };
  return { id, to: "ada@example.org", attempt: 1, firstAt: new Date("2026-11-23T20:09:00Z"), message, secret: "" };
};
