import { randomBytes } from "node:crypto";
import { connect } from "@/db/client";
import type { Embedded } from "@/db/embedded";
import { crm } from "./crm";
import { warehouse } from "./warehouse";

const reader = "reader";
const databases = { warehouse, crm };
type Name = keyof typeof databases;
const names: readonly Name[] = ["warehouse", "crm"];

/** Over the network nobody comes in but the one who only reads, with a password, and only there. */
export const readerMayComeIn = [`host ${names.join(",")} ${reader} 127.0.0.1/32 scram-sha-256`];

/** Where a source finds the database of that name, and as whom it reads it. */
export type Urls = Readonly<Record<Name, string>>;

/** Makes the demo's databases anew, and a user who can read them and nothing else, with a new password. */
export const makeDatabases = async (server: Embedded): Promise<Urls> => {
  const password = randomBytes(24).toString("base64url");
  const sql = connect(server, 1);
  try {
    for (const name of names) await sql.unsafe(`drop database if exists ${name} with (force)`);
    await sql.unsafe(`
      drop role if exists ${reader};
      create role ${reader} login password '${password}';
      alter role ${reader} set default_transaction_read_only = on`);
    for (const name of names) await make(server, sql, name);
  } finally {
    await sql.end({ timeout: 5 });
  }
  const url = (name: Name) => `postgres://${reader}:${password}@127.0.0.1:${server.port}/${name}`;
  return { warehouse: url("warehouse"), crm: url("crm") };
};

const make = async (server: Embedded, administrator: ReturnType<typeof connect>, name: Name) => {
  await administrator.unsafe(`create database ${name}`);
  await administrator.unsafe(`revoke all on database ${name} from public`);
  await administrator.unsafe(`grant connect on database ${name} to ${reader}`);
  const sql = connect({ ...server, database: name }, 1);
  try {
    await sql.unsafe("drop schema public");
    await sql.unsafe(databases[name]);
    const schemas = await sql<{ name: string }[]>`
      select nspname as name from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'`;
    for (const { name: schema } of schemas)
      await sql.unsafe(`
        grant usage on schema ${schema} to ${reader};
        grant select on all tables in schema ${schema} to ${reader}`);
  } finally {
    await sql.end({ timeout: 5 });
  }
};
