/**
 * @typedef {{ name: string, type: string, nullable: boolean }} Column
 * @typedef {{ schema: string, name: string | null, relation: string | null, columns: Column[] | null }} Found
 *   A schema (name null), or a relation in it.
 */

/** When a server was started, to the microsecond: it knows a server by whatever name it is reached. */
export const started = "extract(epoch from pg_catalog.pg_postmaster_start_time())::pg_catalog.text";

/** More than any catalogue a person can find their way in; beyond it a narrower user is asked for. */
export const MOST_RELATIONS = 20_000;

/**
 * Schemas, tables, views, materialized, foreign and partitioned tables, as far as this user may read them: USAGE on the
 * schema and SELECT on the relation or some of its columns, which are then the ones that are listed. Postgres's own
 * schemas are left out, and partitions, which are parts of their table. Everything is named in full: a search path could
 * put something else in place of it.
 */
export const readable = `
  select n.nspname as schema, c.relname as name,
    case c.relkind when 'r' then 'table' when 'v' then 'view' when 'm' then 'materialized view'
      when 'f' then 'foreign table' when 'p' then 'partitioned table' end as relation,
    (select pg_catalog.json_agg(pg_catalog.json_build_object('name', a.attname,
        'type', pg_catalog.format_type(a.atttypid, a.atttypmod), 'nullable', not a.attnotnull) order by a.attnum)
      from pg_catalog.pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        and (pg_catalog.has_table_privilege(c.oid, 'SELECT') or pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT'))
    ) as columns
  from pg_catalog.pg_namespace n
    left join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relkind in ('r', 'v', 'm', 'f', 'p')
      and not c.relispartition and pg_catalog.has_any_column_privilege(c.oid, 'SELECT')
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and pg_catalog.has_schema_privilege(n.oid, 'USAGE')
  order by n.nspname, c.relname
  limit ${MOST_RELATIONS + 1}`;
