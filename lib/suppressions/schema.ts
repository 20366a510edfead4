import { z } from "zod";
import type { SuppressionId } from "@/db/schema/ids";
import { idOf } from "@/lib/fields";

/** A press on one suppressed address. */
export const SuppressionInput = z.object({ suppression: idOf<SuppressionId>() });
