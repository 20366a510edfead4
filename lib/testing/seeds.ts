import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sql } from "postgres";
import { someone } from "./journey";
import { databaseOf } from "./server";

// Rows that a journey needs and its pages can't make, or would take too long to make. Each is for the organization of an owner.

/** Sows rows in the organization of this owner. */
export const seed = async <T>(owner: string, sow: (sql: Sql, organization: string) => Promise<T>): Promise<T> => {
  const sql = databaseOf(join(tmpdir(), `gh-e2e-${process.env.E2E_PORT ?? "4319"}`), 1);
  const [row] = await sql<{ id: string }[]>`select organization_id as id from memberships where email = ${owner}`;
  const made = await sow(sql, row?.id ?? "");
  await sql.end();
  return made;
};

/** Members with these names, in no group. */
export const letPeopleJoin = (owner: string, names: readonly string[]): Promise<string[]> =>
  seed(owner, async (sql, organization) => {
    const emails = names.map((name) => someone(name.toLowerCase().replaceAll(" ", ".")));
    await sql`
      with people as (
        insert into users (email, name, password_hash, email_verified_at)
        select p.email, p.name, 'none', now() from unnest(${emails}::text[], ${[...names]}::text[]) as p(email, name)
        returning id, email, name)
      insert into memberships (organization_id, user_id, name, email) select ${organization}, id, name, email from people`;
    return emails;
  });

/** A source with these tables, as rows: behind it lies no database. Gives its id. */
export const letSourceBe = (
  owner: string,
  name: string,
  catalogue: Readonly<Record<string, readonly string[]>>,
): Promise<string> =>
  seed(owner, async (sql, organization) => {
    const source = randomUUID();
    await sql`insert into sources (id, organization_id, name, kind, host, port, database, username, credential, data_key, key_fingerprint)
      values (${source}, ${organization}, ${name}, 'postgresql', 'warehouse.example.org', 5432, 'warehouse', 'reader', '', '', '')`;
    for (const [schema, tables] of Object.entries(catalogue)) {
      const id = randomUUID();
      await sql`insert into assets (id, organization_id, source_id, kind, name)
        values (${id}, ${organization}, ${source}, 'schema', ${schema})`;
      await sql`insert into assets (organization_id, source_id, kind, schema_id, name, relation, columns)
        select ${organization}, ${source}, 'table', ${id}, name, 'table', '[]' from unnest(${[...tables]}::text[]) name`;
    }
    return source;
  });

/** A domain that gathers nothing. */
export const letDomainBe = (owner: string, name: string): Promise<void> =>
  seed(owner, async (sql, organization) => {
    await sql`insert into domains (organization_id, name) values (${organization}, ${name})`;
  });

/** Lets a member hold these rights on the whole organization, through a group of their own. */
export const letHold = (owner: string, member: string, rights: readonly string[]): Promise<void> =>
  seed(owner, async (sql, organization) => {
    const [group] = await sql<{ id: string }[]>`insert into groups (organization_id, name, description)
      values (${organization}, ${`What ${rights.join(" and ")} allow`}, '') returning id`;
    await sql`insert into group_members (organization_id, group_id, user_id)
      select ${organization}, ${group?.id ?? ""}, user_id from memberships where email = ${member}`;
    await sql`insert into policies (organization_id, group_id, permission, operation)
      select ${organization}, ${group?.id ?? ""}, split_part(held, '.', 1), split_part(held, '.', 2) from unnest(${[...rights]}::text[]) held`;
  });

/** Lets a member see this domain, or schema, by its name, through a group of their own. */
export const letSee = (
  member: string,
  group: string,
  { domain, schema }: { domain?: string; schema?: string },
): Promise<void> =>
  seed(member, async (sql, organization) => {
    const id = randomUUID();
    await sql`insert into groups (id, organization_id, name) values (${id}, ${organization}, ${group})`;
    await sql`insert into group_members (organization_id, group_id, user_id)
      select ${organization}, ${id}, user_id from memberships where organization_id = ${organization} and email = ${member}`;
    await sql`insert into policies (organization_id, group_id, permission, operation, domain_id)
      select ${organization}, ${id}, 'domain', 'read', d.id from domains d
      where d.organization_id = ${organization} and d.name = ${domain ?? ""}`;
    await sql`insert into policies (organization_id, group_id, permission, operation, source_id, asset_id)
      select ${organization}, ${id}, 'assets', 'read', a.source_id, a.id from assets a
      where a.organization_id = ${organization} and a.kind = 'schema' and a.name = ${schema ?? ""}`;
  });
