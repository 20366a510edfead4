import { timingSafeEqual } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Queryable } from "@/db/client";
import { db } from "@/db/client";
import { config } from "@/lib/config.mjs";
import { sign } from "./derive";

// Letters and digits that can't be taken for one another, 32 of them: five bits each.
const alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/**
 * The code that the first sign-up asks for outside local mode, like `K7QM-2XRA-9TBE-WZ4H`: 80 bits, derived from the
 * secret, so that every replica prints the same one and nothing is stored.
 */
export const setupCode = (): string => {
  const mac = sign("setup", "code");
  if (!mac) throw new Error("Today's secret is always there");
  const letters = [...mac.subarray(0, 16)].map((byte) => alphabet[byte % 32]).join("");
  return letters.replace(/(.{4})(?=.)/g, "$1-");
};

/** Whether this is the setup code, however it is spaced and cased; compared in constant time. */
export const isSetupCode = (typed: string): boolean => {
  const plain = (code: string) => Buffer.from(code.toUpperCase().replace(/[\s-]/g, ""));
  const [given, expected] = [plain(typed), plain(setupCode())];
  return given.length === expected.length && timingSafeEqual(given, expected);
};

/** Whether anybody has made an organization here yet. */
export const organizationExists = async (database: Queryable = db()): Promise<boolean> => {
  const [row] = await database.execute<{ there: boolean }>(sql`select exists (select from organizations) as there`);
  return row?.there ?? false;
};

/** Whether a sign-up must show the setup code: a server others can reach that nobody has claimed yet (SAFETY 39a). */
export const asksForSetupCode = async (): Promise<boolean> => !config().local && !(await organizationExists());
