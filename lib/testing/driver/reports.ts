import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { MailEventKind } from "@/db/schema";
import { type Replica, recipientOf } from "../fleet";
import type { Request } from "../resend";
import { newWebhookSecret, postWebhook, reportOf, signed } from "../webhooks";
import type { Chance } from "./chance";
import { type Fate, fateOf, type World } from "./world";

// What the provider reports of the mail it accepted: at least once, in any order, to whichever server answers, some before
// it has even answered that it accepts.

const kinds: Record<Fate, readonly MailEventKind[]> = {
  plain: ["sent", "delivered"],
  late: ["sent", "delayed", "delivered"],
  bouncing: ["sent", "bounced"],
  spam: ["sent", "delivered", "complained"],
  untagged: ["sent", "delivered"],
  unheard: [],
  mended: ["sent", "delivered"],
  refused: [],
};

type Posted = Readonly<{ body: string; headers: Record<string, string> }>;
/** The status it is answered with; nothing when nobody answers. */
const post = (replica: Replica, { body, headers }: Posted): Promise<number | null> =>
  postWebhook(replica.url, body, headers).catch(() => null);

/** Reports each mail that `taken` hears of, until somebody has answered 2xx; a few are forged, and must be refused. */
export const reporter = (world: World, chance: Chance) => {
  const underWay = new Set<Promise<void>>();
  const insist = async (posted: Posted) => {
    for (let tries = 0; ; tries++) {
      const status = await post(chance.oneOf(world.fleet.replicas), posted);
      if (status !== null && status >= 200 && status < 300) return;
      if (status !== null && status < 500) throw new Error(`A genuine report was answered ${status}`);
      if (tries > 400) throw new Error("Nobody took a report");
      await sleep(250);
    }
  };
  const forge = async (body: string) => {
    const id = `forged-${randomUUID()}`;
    const status = await post(chance.oneOf(world.fleet.replicas), {
      body,
      headers: signed(body, { id, secret: newWebhookSecret }),
    });
    if (status !== null && status < 300) throw new Error("A forged report was taken");
  };
  const report = async (messageId: string, request: Request) => {
    const mail = { id: messageId, key: request.key, to: recipientOf(request) };
    const fate = fateOf(mail.to);
    const bodies = kinds[fate].map((kind) => reportOf(mail, kind, { tagged: fate !== "untagged" }));
    const often = bodies
      .map((body) => ({ body, headers: signed(body) }))
      .flatMap((each) => Array.from({ length: 1 + chance.below(3) }, () => each));
    if (chance.percent(50)) await sleep(chance.below(400));
    if (chance.percent(2)) await forge(reportOf(mail, "complained"));
    await Promise.all(chance.shuffled(often).map(insist));
  };
  let failed: unknown = null;
  return {
    taken: (messageId: string, request: Request): void => {
      const done = report(messageId, request)
        .catch((error: unknown) => {
          failed ??= error;
        })
        .finally(() => underWay.delete(done));
      underWay.add(done);
    },
    /** How many mails are being reported; throws what went wrong with any so far. */
    left: (): number => {
      if (failed) throw failed;
      return underWay.size;
    },
  };
};
