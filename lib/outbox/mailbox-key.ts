import { timingSafeEqual } from "node:crypto";
import { sign } from "@/lib/auth/derive";
import { isLoopback } from "@/lib/config/loopback.mjs";
import { config } from "@/lib/config.mjs";

/**
 * What opens the mailbox where others on the network can reach it: 128 bits derived from the secret, so that nothing is
 * stored. Null when it needs no key, for the server listens to this machine alone, or when there is no mailbox.
 */
export const mailboxKey = (): string | null => {
  const { local, listen } = config();
  if (!local || isLoopback(listen.includes(":") ? `[${listen}]` : listen)) return null;
  const mac = sign("mailbox", "key");
  if (!mac) throw new Error("Today's secret is always there");
  return mac.subarray(0, 16).toString("base64url");
};

/** Whether somebody with this key (or none) may see the mailbox: `absent` outside local mode. */
export const mailboxDoor = (shown: string | undefined): "open" | "locked" | "absent" => {
  if (!config().local) return "absent";
  const key = mailboxKey();
  return key === null || same(shown ?? "", key) ? "open" : "locked";
};

const same = (a: string, b: string): boolean => {
  const [given, expected] = [Buffer.from(a), Buffer.from(b)];
  return given.length === expected.length && timingSafeEqual(given, expected);
};
