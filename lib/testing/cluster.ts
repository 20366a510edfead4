import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { connect } from "@/db/client";
import { startEmbedded } from "@/db/embedded";
import { migrate } from "@/db/migrate";

declare module "vitest" {
  interface ProvidedContext {
    cluster: Cluster;
  }
}

/** Where the throw-away Postgres of a test run listens. */
export type Cluster = { host: string; port: number; user: string };

export const template = "template_of_tests";

/**
 * Starts a Postgres that lives as long as the tests do, with one migrated database that every test file clones.
 * Vitest calls it once before all tests; the browser tests call it too.
 */
export const startCluster = async (): Promise<Cluster & { stop(): Promise<void> }> => {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-test-"));
  const server = await startEmbedded(folder, { throwAway: true });
  const { host, port, user } = server;
  const sql = connect({ host, user, database: server.database }, 1);
  await sql.unsafe(`create database ${template}`);
  await sql.end();
  await migrate({ host, user, database: template });
  const stop = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { host, port, user, stop };
};

export default async (project: TestProject) => {
  const { stop, ...cluster } = await startCluster();
  project.provide("cluster", cluster);
  return stop;
};
