import { customType } from "drizzle-orm/pg-core";

/** `bytea`, which Drizzle has no column for. */
export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "bytea" });
