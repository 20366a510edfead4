import { networkInterfaces } from "node:os";
import { describe, expect, test } from "vitest";
import { readHosts } from "@/lib/config/hosts.mjs";
import { Fault } from "./fault.mjs";
import { findTarget } from "./target.mjs";

type Circumstances = { hosts?: string; own?: string; port?: number; local?: readonly string[] };

/** What becomes of a host: its addresses, or why it isn't dialled. */
const judge = async (host: string, { hosts = "", own = "", port = 5432, local = [] }: Circumstances = {}) => {
  const [ownHost = "", ownPort] = own.split("|");
  const bounds = {
    named: hosts ? readHosts(hosts) : null,
    own: own ? { host: ownHost, port: Number(ownPort ?? 5432) } : null,
  };
  return findTarget({ host, port }, bounds, local).catch((error: unknown) => {
    if (error instanceof Fault) return error.fault;
    throw error;
  });
};

describe("addresses where no database lives are refused, also when they are named", () => {
  test.each([
    "0.0.0.0",
    "0.1.2.3",
    "169.254.169.254", // metadata of most clouds
    "169.254.170.2", // credentials of AWS containers
    "100.100.100.200", // metadata of Alibaba Cloud
    "168.63.129.16", // Azure
    "192.0.0.192", // metadata of Oracle Cloud
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1.2.3.4",
    "fe80::1",
    "febf::1",
    "ff02::1",
    "fd00:ec2::254", // metadata of AWS
    "fd00:ec2::23", // credentials of AWS pods
    "fd20:ce::254", // metadata of Google Cloud
    "::ffff:169.254.169.254",
    "::ffff:a9fe:a9fe",
    "::ffff:0.0.0.0",
    "64:ff9b::169.254.169.254",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::a9fe:a9fe",
    "2002:a9fe:a9fe::1",
    "2001:0:a9fe:a9fe::1",
  ])("%s", async (host) => {
    expect(await judge(host)).toBe("target-refused");
    expect(await judge(host, { hosts: `db.example.org,${host}` })).toBe("target-refused");
  });

  test.each(["0xA9.0xFE.0xA9.0xFE", "2852039166", "0251.0376.0251.0376", "0", "169.254.43518"])(
    "%s, which is one of them written in another way",
    async (host) => expect(await judge(host)).toBe("target-refused"),
  );
});

describe("this machine", () => {
  test.each([
    "127.0.0.1",
    "127.9.9.9",
    "localhost",
    "::1",
    "::ffff:127.0.0.1",
    "64:ff9b::7f00:1",
    "2130706433",
    "0x7f.1",
  ])("is refused as %s", async (host) => expect(await judge(host)).toBe("this-machine"));

  test.each([
    "192.0.2.2",
    "::ffff:192.0.2.2",
    "64:ff9b::192.0.2.2",
    "3221225986",
    "2001:db8::2",
    "2001:db8:0:0:0:0:0:2",
  ])("is refused as %s, which one of its network cards has", async (host) => {
    const local = ["127.0.0.1", "::1", "192.0.2.2", "2001:db8::2"];
    expect(await judge(host, { local })).toBe("this-machine");
    expect(await judge(host, { local, hosts: "db.example.org" })).toBe("this-machine");
    expect(await judge(host, { local, hosts: host.includes(":") ? `[${host}]` : host })).toHaveLength(1);
    expect(await judge("192.0.2.3", { local })).toEqual(["192.0.2.3"]);
  });

  test("is known by the addresses it really has, and a link-local one of them stays refused when it is named", async () => {
    const here = Object.values(networkInterfaces()).flatMap((card) => card ?? []);
    const bounds = { named: null, own: null };
    for (const { address, scopeid } of here)
      await expect(findTarget({ host: address, port: 5432 }, bounds)).rejects.toMatchObject({
        fault: scopeid || address.startsWith("169.254.") ? "target-refused" : "this-machine",
      });
    const local = ["fe80::7", "169.254.7.7"];
    for (const host of local) expect(await judge(host, { local, hosts: host })).toBe("target-refused");
  });

  test("is dialled where SOURCE_HOSTS names it, by name or by address", async () => {
    expect(await judge("localhost", { hosts: "localhost" })).toContain("127.0.0.1");
    expect(await judge("127.0.0.1", { hosts: "127.0.0.1:5432" })).toEqual(["127.0.0.1"]);
    expect(await judge("::1", { hosts: "[0:0:0:0:0:0:0:1]" })).toEqual(["::1"]);
    expect(await judge("2130706433", { hosts: "127.0.0.1" })).toEqual(["127.0.0.1"]);
  });

  test("is refused on another port or under another name than it was named with", async () => {
    expect(await judge("127.0.0.1", { hosts: "127.0.0.1:5433" })).toBe("this-machine");
    expect(await judge("127.0.0.1", { hosts: "localhost" })).toBe("this-machine");
    expect(await judge("127.0.0.2", { hosts: "127.0.0.1" })).toBe("this-machine");
    expect(await judge("localhost", { hosts: "db.example.org" })).toBe("this-machine");
  });
});

describe("any other place", () => {
  test.each(["10.0.0.7", "192.168.1.20", "172.16.0.3", "100.64.0.9", "203.0.113.9", "fd12:3456::7", "2a00:1450::1"])(
    "%s is dialled, for organizations keep databases there",
    async (host) => expect(await judge(host)).toEqual([host]),
  );

  test("is refused unless named once SOURCE_HOSTS names any", async () => {
    expect(await judge("10.0.0.7", { hosts: "10.0.0.7" })).toEqual(["10.0.0.7"]);
    expect(await judge("10.0.0.7", { hosts: "10.0.0.8, localhost" })).toBe("not-listed");
    expect(await judge("10.0.0.7", { hosts: "10.0.0.7:5433" })).toBe("not-listed");
  });

  test("that nobody knows is an unknown host", async () =>
    await expect(judge("no-such-host.invalid")).rejects.toThrow());
});

describe("our own database", () => {
  test("is refused by its address, whatever it is called and whatever is named", async () => {
    expect(await judge("10.0.0.5", { own: "10.0.0.5" })).toBe("own-database");
    expect(await judge("::ffff:10.0.0.5", { own: "10.0.0.5" })).toBe("own-database");
    expect(await judge("127.0.0.1", { own: "localhost", hosts: "127.0.0.1" })).toBe("own-database");
    expect(await judge("localhost", { own: "127.0.0.1|6000", hosts: "localhost", port: 6000 })).toBe("own-database");
  });

  test("leaves other ports of its machine alone, and being unknown refuses nothing", async () => {
    expect(await judge("10.0.0.5", { own: "10.0.0.5|5433" })).toEqual(["10.0.0.5"]);
    expect(await judge("10.0.0.5", { own: "no-such-host.invalid" })).toEqual(["10.0.0.5"]);
  });
});
