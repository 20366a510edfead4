import { randomUUID } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import type { OrganizationId, SourceId } from "@/db/schema/ids";

const newId = <Id extends string>() => randomUUID() as Id; // a uuid of no table
const owner = { organizationId: newId<OrganizationId>(), sourceId: newId<SourceId>() };
const url = "postgres://reader:s3cret@db.example.org:5432/warehouse?sslmode=prefer";
const old = "an older secret of tests, 77ab03fe91c2";
const young = "a younger secret of tests, 5d20e8c4b6f1";

/** The module as a process with these secrets has it. */
const withSecrets = async (secret: string, previous = "") => {
  vi.resetModules();
  vi.stubEnv("AUTH_SECRET", secret);
  vi.stubEnv("AUTH_SECRET_PREVIOUS", previous);
  return import("./credential");
};
afterEach(() => vi.unstubAllEnvs());

test("a URL is read back by the process that sealed it, and nothing of it shows", async () => {
  const { seal, unseal } = await withSecrets(young);
  const sealed = seal(url, owner);
  expect(unseal(sealed, owner)).toBe(url);
  const kept = Buffer.concat([sealed.credential, sealed.dataKey]).toString("latin1") + sealed.keyFingerprint;
  for (const word of ["s3cret", "reader", "postgres", "example"]) expect(kept).not.toContain(word);
});

test("the same URL rests differently each time", async () => {
  const { seal } = await withSecrets(young);
  const [one, two] = [seal(url, owner), seal(url, owner)];
  expect(one.credential).not.toEqual(two.credential);
  expect(one.dataKey).not.toEqual(two.dataKey);
});

test("a row copied to another source or organization doesn't open there", async () => {
  const { seal, unseal } = await withSecrets(young);
  const sealed = seal(url, owner);
  expect(unseal(sealed, { ...owner, sourceId: newId<SourceId>() })).toBeNull();
  expect(unseal(sealed, { ...owner, organizationId: newId<OrganizationId>() })).toBeNull();
});

test("a row that somebody has been at doesn't open", async () => {
  const { seal, unseal } = await withSecrets(young);
  const sealed = seal(url, owner);
  for (const part of ["credential", "dataKey"] as const) {
    for (const at of [0, 12, 20, sealed[part].length - 1]) {
      const bent = Buffer.from(sealed[part]);
      bent[at] = (bent[at] ?? 0) ^ 1;
      expect(unseal({ ...sealed, [part]: bent }, owner)).toBeNull();
    }
    expect(unseal({ ...sealed, [part]: Buffer.alloc(0) }, owner)).toBeNull();
    expect(unseal({ ...sealed, [part]: Buffer.from(sealed[part]).subarray(0, -13) }, owner)).toBeNull();
  }
});

test("a planned rotation keeps it readable, and the next write brings it under the new secret", async () => {
  const sealed = (await withSecrets(old)).seal(url, owner);
  const during = await withSecrets(young, old);
  expect(during.unseal(sealed, owner)).toBe(url);
  const renewed = during.reseal(sealed, owner);
  const after = await withSecrets(young);
  expect(renewed && after.unseal(renewed, owner)).toBe(url);
  expect(after.unseal(sealed, owner)).toBeNull();
  expect(after.reseal(sealed, owner)).toBeNull();
});

test("what is under today's secret is left as it is", async () => {
  const { seal, reseal } = await withSecrets(young);
  const sealed = seal(url, owner);
  expect(reseal(sealed, owner)).toBe(sealed);
});
