import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Right } from "@/lib/access/catalogue";
import { split } from "@/lib/access/catalogue";
import { letSourceBe, seed } from "./seeds";
import { databaseOf } from "./server";

/** What a group of a journey allows: a right on the whole organization, or to see one schema of a source made for it. */
type Allowed = Right | { schema: string; of: string };

/** Lets the organization of this owner have a group, without the pages that make one; gives its id. */
export const letThereBeGroup = (owner: string, name: string, allows: readonly Allowed[] = []): Promise<string> =>
  seed(owner, async (sql, organization) => {
    const id = randomUUID();
    await sql`insert into groups (id, organization_id, name, description) values (${id}, ${organization}, ${name}, '')`;
    for (const allowed of allows) {
      if (typeof allowed === "string") {
        const [permission, operation] = split(allowed);
        await sql`insert into policies (organization_id, group_id, permission, operation)
          values (${organization}, ${id}, ${permission}, ${operation})`;
        continue;
      }
      const source = await letSourceBe(owner, allowed.of, { [allowed.schema]: [] });
      await sql`insert into policies (organization_id, group_id, permission, operation, source_id, asset_id)
        select ${organization}, ${id}, 'assets', 'read', source_id, id from assets where source_id = ${source}`;
    }
    return id;
  });

/** The names of the groups that whoever has this address is in, or is invited to. */
export const groupsOf = async (email: string): Promise<string[]> => {
  const sql = databaseOf(join(tmpdir(), `gh-e2e-${process.env.E2E_PORT ?? "4319"}`), 1);
  const rows = await sql<{ name: string }[]>`
    select g.name from groups g where g.id in (
      select gm.group_id from group_members gm join memberships m using (organization_id, user_id) where m.email = ${email}
      union select ig.group_id from invitation_groups ig join invitations i on i.id = ig.invitation_id where i.email = ${email})
    order by lower(g.name)`;
  await sql.end();
  return rows.map(({ name }) => name);
};
