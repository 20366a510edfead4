import { Notice } from "@/components/notice";
import type { Viewer } from "@/lib/access/actor";
import { MovedRead } from "./moved-read";

/** For somebody whose session was moved because they were deactivated where it stood: where from, where to, and why. */
export const Moved = ({ left, actor }: Viewer) =>
  left &&
  actor && (
    <aside aria-label="Where you are" className="mx-auto w-full max-w-6xl px-4 pt-5 sm:px-6">
      <Notice tone="warning">
        <p>
          Your account in <b dir="auto">{left}</b> was deactivated, so you are in{" "}
          <b dir="auto">{actor.organizationName}</b> now.
        </p>
        <MovedRead />
      </Notice>
    </aside>
  );
