import { pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";

/** One counter: the moments that still count, oldest first. Exact over a sliding window and across replicas. */
export const limits = pgTable(
  "limits",
  {
    scope: text("scope").notNull(),
    subject: text("subject").notNull(),
    hits: timestamp("hits", { withTimezone: true }).array().notNull(),
  },
  (t) => [primaryKey({ name: "limits_pkey", columns: [t.scope, t.subject] })],
);
