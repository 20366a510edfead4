import { sql } from "drizzle-orm";
import { db } from "@/db/client";

/** How long the database may take to answer before the process counts as not ready. */
const PATIENCE_MS = 2_000;

/** Whether requests can be served now. Migrations have run and the worker has started before the first request is let in. */
export const isReady = async (): Promise<boolean> => {
  const late = new Promise<false>((resolve) => setTimeout(resolve, PATIENCE_MS, false).unref());
  const answered = db()
    .execute(sql`select 1`)
    .then(
      () => true,
      () => false,
    );
  return Promise.race([answered, late]);
};
