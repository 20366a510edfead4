import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { db, type Queryable, type Tx } from "@/db/client";
import { sources } from "@/db/schema";
import type { OrganizationId, SourceId } from "@/db/schema/ids";
import { change } from "@/lib/access/change";
import type { Grant } from "@/lib/access/grant";
import { hit } from "@/lib/limits/limits";
import { done, invalid, type Refusal, type Result, refused } from "@/lib/result";
import { reseal, type Sealed, seal, unseal } from "./credential";
import { wordsForFault } from "./faults";
import type { FaultCode } from "./reader/fault.mjs";
import type { ConnectInput } from "./schema";
import { type Harvest, storeCatalogue } from "./store";
import { type Address, readUrl, urlOf, withoutPassword } from "./url";
import { type Catalogue, visit } from "./visit";

// Whoever may connect sources could use us to look around a network. Nobody presses that sixty times an hour.
const TRIES = { scope: "source-visits", max: 60, seconds: 3600 };

/**
 * Connects a source: goes there, reads its catalogue, and only then writes, all of it in one change. Refuses a name that
 * is taken, a database that can't be read, in words beside the field, and more than 60 tries an hour.
 */
export const connect = async (granted: Grant<"sources.create">, input: ConnectInput): Promise<Result<SourceId>> => {
  const { organizationId } = granted;
  if (await isTaken(organizationId, input.name)) return invalid("name", "A source with this name exists already.");
  const visited = await goTo(organizationId, input.address);
  if (!visited.ok) return besideField(visited);
  return change(granted, async ({ tx, now, record }) => {
    const id = newId();
    await tx.insert(sources).values({
      ...{ id, organizationId, kind: "postgresql", name: input.name, refreshedAt: now },
      ...placeOf(input.address),
      ...seal(urlOf(input.address), { organizationId, sourceId: id }),
    });
    const harvest = await storeCatalogue(tx, organizationId, id, visited.value, now);
    const target = { type: "source", id } as const;
    record({ action: "source.connected", target, after: { name: input.name, ...placeOf(input.address), ...harvest } });
    return done(id);
  });
};

/**
 * Reads the catalogue again. Refuses when the database can't be read (nothing is changed then), when the credential can't
 * be opened any more, and when somebody gave the source another one meanwhile.
 */
export const refresh = async (granted: Grant<"source.edit">): Promise<Result<Harvest>> => {
  const { organizationId } = granted;
  const owner = { organizationId, sourceId: granted.on.source };
  const sealed = await readSealed(db(), owner);
  if (!sealed) return refused({ code: "not-found" });
  const read = readUrl(unseal(sealed, owner) ?? "");
  if ("fault" in read) return refused({ code: "credential-gone" });
  const visited = await goTo(organizationId, read.address);
  if (!visited.ok) return visited;
  return change(granted, async ({ tx, now, record }) => {
    const held = await readSealed(tx, owner);
    if (!held || !same(held, sealed)) return refused({ code: "changed-meanwhile" });
    await tx
      .update(sources)
      .set({ ...reseal(held, owner), refreshedAt: now })
      .where(eq(sources.id, owner.sourceId));
    const harvest = await storeCatalogue(tx, organizationId, owner.sourceId, visited.value, now);
    record({ action: "source.refreshed", target: { type: "source", id: owner.sourceId }, after: { ...harvest } });
    return done(harvest);
  });
};

/**
 * Gives a source another address, user or password, after it has been read with them. Its assets keep their words and
 * policies by their names. Refuses as `connect` does.
 */
export const replaceCredential = async (granted: Grant<"source.edit">, address: Address): Promise<Result<Harvest>> => {
  const { organizationId } = granted;
  const owner = { organizationId, sourceId: granted.on.source };
  const visited = await goTo(organizationId, address);
  if (!visited.ok) return besideField(visited);
  return change(granted, async ({ tx, now, record }) => {
    const [before] = await tx
      .select({ host: sources.host, port: sources.port, database: sources.database, username: sources.username })
      .from(sources)
      .where(and(eq(sources.organizationId, organizationId), eq(sources.id, owner.sourceId)));
    if (!before) return refused({ code: "not-found" });
    await tx
      .update(sources)
      .set({ ...placeOf(address), ...seal(urlOf(address), owner), refreshedAt: now })
      .where(eq(sources.id, owner.sourceId));
    const harvest = await storeCatalogue(tx, organizationId, owner.sourceId, visited.value, now);
    const target = { type: "source", id: owner.sourceId } as const;
    record({ action: "source.credential_replaced", target, before, after: { ...placeOf(address), ...harvest } });
    return done(harvest);
  });
};

/** The URL of a source without its password, to be typed on from; made of what is known when it can't be opened. */
export const readShownUrl = async (granted: Grant<"source.edit">): Promise<string> => {
  const owner = { organizationId: granted.organizationId, sourceId: granted.on.source };
  const [row] = await db()
    .select()
    .from(sources)
    .where(and(eq(sources.organizationId, owner.organizationId), eq(sources.id, owner.sourceId)));
  if (!row) return "";
  const { host, port, database, username: user } = row;
  return withoutPassword(unseal(row, owner) ?? urlOf({ host, port, database, user, password: "", sslmode: "prefer" }));
};

const newId = () => randomUUID() as SourceId; // a fresh uuid: it is part of what is sealed, so the database can't make it

const placeOf = ({ host, port, database, user }: Address) => ({ host, port, database, username: user });

const goTo = async (organizationId: OrganizationId, address: Address): Promise<Result<Catalogue>> => {
  const until = await hit(db(), TRIES, organizationId);
  if (until) return refused({ code: "limited", until });
  const visited = await visit(address);
  return "fault" in visited ? refused({ code: "source-fault", fault: visited.fault }) : done(visited.catalogue);
};

/** A fault of what was typed stands beside the field that can mend it. */
const besideField = (result: { ok: false; refusal: Refusal }) => {
  if (result.refusal.code !== "source-fault") return result;
  const { fault } = result.refusal;
  return refused({ code: "invalid", errors: { [fieldOf(fault)]: wordsForFault[fault] }, fault });
};

const fieldOf = (fault: FaultCode) => (fault === "wrong-password" ? "password" : "url");

const isTaken = async (organizationId: OrganizationId, name: string): Promise<boolean> => {
  const rows = await db()
    .select({ id: sources.id })
    .from(sources)
    .where(and(eq(sources.organizationId, organizationId), sql`lower(${sources.name}) = lower(${name})`));
  return rows.length > 0;
};

type Owner = { organizationId: OrganizationId; sourceId: SourceId };

const readSealed = async (
  database: Queryable | Tx,
  { organizationId, sourceId }: Owner,
): Promise<Sealed | undefined> => {
  const [row] = await database
    .select({ credential: sources.credential, dataKey: sources.dataKey, keyFingerprint: sources.keyFingerprint })
    .from(sources)
    .where(and(eq(sources.organizationId, organizationId), eq(sources.id, sourceId)));
  return row;
};

const same = (one: Sealed, other: Sealed): boolean => Buffer.compare(one.credential, other.credential) === 0;
