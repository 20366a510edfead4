import type { Actor } from "@/lib/access/actor";

/** Below a list of what somebody sees: the way to more. An owner sees everything. */
export const MissingSomething = ({ actor }: { actor: Actor }) =>
  !actor.owner && (
    <p className="text-quiet">
      Missing something? <a href="/account/access#ask">Request access</a>
    </p>
  );
