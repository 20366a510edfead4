import "server-only";
import { cookies } from "next/headers";
import type { UserId } from "@/db/schema/ids";
import { config } from "@/lib/config.mjs";
import { deviceMark, type KnownDevice, readDeviceMark } from "./device";

const name = "known-device";

/** The mark this browser brought along; null without a genuine one. */
export const knownDevice = async (): Promise<KnownDevice | null> =>
  readDeviceMark((await cookies()).get(name)?.value ?? "");

/** Marks this browser as known to a person who has just shown who they are, for a year. */
export const rememberDevice = async (userId: UserId): Promise<void> => {
  const secure = config().appUrl.startsWith("https:");
  const known = await knownDevice();
  const mark = deviceMark(userId, known?.userId === userId ? known.device : undefined);
  (await cookies()).set(name, mark, { httpOnly: true, sameSite: "lax", secure, path: "/", maxAge: 365 * 86_400 });
};
