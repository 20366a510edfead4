import { randomBytes } from "node:crypto";
import type { UserId } from "@/db/schema/ids";
import { sign, verify } from "./derive";

/** A browser in which this person has signed in before, by a random name of its own. */
export type KnownDevice = { userId: string; device: string };

/**
 * The mark a browser keeps after a sign-in: `<user>.<device>.<HMAC>`. It opens nothing; it only lets its owner try a
 * password while strangers have used up the tries of the account (SAFETY 30).
 */
export const deviceMark = (userId: UserId, device = randomBytes(16).toString("base64url")): string => {
  const mac = sign("device", `${userId}.${device}`);
  if (!mac) throw new Error("Today's secret is always there");
  return `${userId}.${device}.${mac.toString("base64url")}`;
};

/** Reads a mark back; null unless it is genuine. */
export const readDeviceMark = (mark: string): KnownDevice | null => {
  const [userId = "", device = "", mac = ""] = mark.split(".");
  return verify("device", `${userId}.${device}`, Buffer.from(mac, "base64url")) ? { userId, device } : null;
};
