import { Notice } from "@/components/notice";
import { outcomes } from "./words";

/** What has just happened, when the address says so. */
export const Outcome = ({ after }: { after: unknown }) => {
  const words = outcomes.get(after);
  return (
    <div role="status" className="empty:hidden">
      {words && <Notice tone="success">{words}</Notice>}
    </div>
  );
};
