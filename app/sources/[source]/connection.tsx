import { Facts } from "@/components/facts";
import { Section } from "@/components/page";
import { Time } from "@/components/time";
import type { Source } from "@/lib/sources/queries";

/** Where a source is read, and as whom. */
export const Connection = ({ host, port, database, username, refreshedAt }: NonNullable<Source["connection"]>) => (
  <Section
    title="Connection"
    id="connection"
    lead="What this user may read of the database is what can be found here: schemas it may use, tables it may select from."
  >
    <Facts
      facts={[
        ["Kind", "PostgreSQL"],
        ["Host", `${host}, port ${port}`],
        ["Database", database],
        ["User", username],
        ["Last read", <Time key="read" at={refreshedAt} relative />],
      ]}
    />
  </Section>
);
