import type { SessionId, UserId } from "@/db/schema/ids";
import { changeAccount, unchanged } from "@/lib/access/change";
import { done, type Result } from "@/lib/result";
import { endSession, endSessions } from "./session-rows";

/** Ends one session: this browser's, or, with `owner`, one of that person's. One that has ended already stays as it is. */
export const endOwnSession = async (id: SessionId, owner?: UserId): Promise<Result<null>> => {
  let actor: UserId | null = null;
  return changeAccount(
    () => actor,
    async ({ tx, record }) => {
      actor = await endSession(tx, id, owner);
      if (!actor) return unchanged(null);
      record({ action: "session.ended", target: { type: "session", id } });
      return done(null);
    },
  );
};

/** Ends every session of a person, on every device. */
export const endOwnSessions = (userId: UserId): Promise<Result<null>> =>
  changeAccount(userId, async ({ tx, record }) => {
    const ended = await endSessions(tx, userId);
    for (const id of ended) record({ action: "session.ended", target: { type: "session", id } });
    return ended.length > 0 ? done(null) : unchanged(null);
  });
