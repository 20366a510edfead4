import type { Metadata } from "next";
import { WidePage } from "@/components/page";
import { listUndelivered } from "@/lib/directory/undelivered";
import { readPaging } from "@/lib/paging";
import { listSuppressions, readSuppression } from "@/lib/suppressions/queries";
import { gatedPage } from "../../gated-page";
import { Arrangement } from "./arrangement";
import { Lift } from "./lift";
import { SuppressedAddresses, Undelivered } from "./lists";
import { Tries } from "./tries";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export const metadata: Metadata = { title: "Mail" };

/** Whether mail leaves, what of it didn't arrive, and which addresses are spared because it bounced there. */
export default gatedPage("access.read", "/account/mail", async (granted, { searchParams }: Props) => {
  const { actor } = granted;
  const asked = await searchParams;
  const paging = readPaging(asked);
  const [undelivered, suppressed] = [await listUndelivered(granted), await listSuppressions(granted, paging)];
  const wanted = actor.owner ? await readSuppression(granted, textOf(asked.lift)) : null;
  const lifted = await readSuppression(granted, textOf(asked.lifted));
  return (
    <WidePage
      title="Mail"
      lead="What became of the mail your organization sends, and which addresses it no longer goes to."
    >
      <Tries
        organization={actor.organizationId}
        after={lifted?.free && `Mail of your organization goes to ${lifted.email} again. Nothing was sent by this.`}
      >
        {wanted && !wanted.lifted && <Lift suppression={wanted} organization={actor.organizationId} />}
        <Arrangement actor={actor} />
        <Undelivered {...undelivered} actor={actor} />
        <SuppressedAddresses {...suppressed} actor={actor} />
      </Tries>
    </WidePage>
  );
});

const textOf = (value: string | string[] | undefined) => (typeof value === "string" ? value : "");
