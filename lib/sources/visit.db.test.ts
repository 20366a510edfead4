import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { testDatabase } from "@/lib/testing/database";
import { freePort } from "@/lib/testing/server";
import { readersPassword, startWarehouse, type Warehouse } from "@/lib/testing/warehouse";
import { started } from "./reader/catalogue.mjs";
import { openWire } from "./reader/wire.mjs";
import { readUrl } from "./url";
import { visit } from "./visit";

testDatabase();

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await startWarehouse();
  const password = `password '${readersPassword.replaceAll("'", "''")}'`;
  await warehouse.run(`
    create role reader login ${password}; create role only_tls login ${password}; create role only_plain login ${password};
    create role busy login connection limit 0 ${password}; create role nobody login ${password};`);
  await warehouse.run("create database warehouse");
  await warehouse.run("create database closed");
  await warehouse.run("revoke connect on database closed from public");
  await warehouse.run(
    `create schema sales; create schema "People & Culture"; create schema secret; create schema empty;
    create table sales.orders (id bigint primary key, placed_at timestamptz not null, note varchar(40), gone int);
    alter table sales.orders drop column gone;
    create view sales.recent as select id, placed_at from sales.orders;
    create materialized view sales.totals as select count(*) as total from sales.orders;
    create table sales.events (at date not null) partition by range (at);
    create table sales.events_2026 partition of sales.events for values from ('2026-01-01') to ('2027-01-01');
    create table "People & Culture"."Naïve ""table""" (name text, salary numeric(10,2));
    create table secret.plans (id int);
    create table sales.hidden (id int);
    grant usage on schema sales, "People & Culture", empty to reader, only_tls, only_plain;
    grant select on sales.orders, sales.recent, sales.totals, sales.events to reader, only_tls, only_plain;
    grant select (name) on "People & Culture"."Naïve ""table""" to reader;
    grant select on secret.plans to reader;`,
    "warehouse",
  );
});
afterAll(() => warehouse.stop());

const go = (url: string) => {
  const read = readUrl(url);
  if ("fault" in read) throw new Error(read.fault);
  return visit(read.address);
};
const faultAt = async (url: string) => {
  const result = await go(url);
  return "fault" in result ? result.fault : `${result.catalogue.size} schemas`;
};

describe("a database is read", { timeout: 60_000 }, () => {
  test("as far as its user may: schemas, tables, views and columns", async () => {
    const result = await go(warehouse.url("reader"));
    if ("fault" in result) throw new Error(result.fault);
    expect(Object.fromEntries(result.catalogue)).toEqual({
      "People & Culture": [
        { name: 'Naïve "table"', relation: "table", columns: [{ name: "name", type: "text", nullable: true }] },
      ],
      empty: [],
      public: [],
      sales: [
        { name: "events", relation: "partitioned table", columns: [{ name: "at", type: "date", nullable: false }] },
        {
          name: "orders",
          relation: "table",
          columns: [
            { name: "id", type: "bigint", nullable: false },
            { name: "placed_at", type: "timestamp with time zone", nullable: false },
            { name: "note", type: "character varying(40)", nullable: true },
          ],
        },
        {
          name: "recent",
          relation: "view",
          columns: [
            { name: "id", type: "bigint", nullable: true },
            { name: "placed_at", type: "timestamp with time zone", nullable: true },
          ],
        },
        {
          name: "totals",
          relation: "materialized view",
          columns: [{ name: "total", type: "bigint", nullable: true }],
        },
      ],
    });
  });

  test("also with a type whose name, its schema before it, is longer than a table's can be", async () => {
    const [schema, type] = [`S${"x".repeat(62)}`, `T${"y".repeat(62)}`];
    await warehouse.run("create database wordy");
    await warehouse.run(
      `create schema "${schema}"; create type "${schema}"."${type}" as enum ('a');
      create table moods (mood "${schema}"."${type}"[]); grant select on moods to reader`,
      "wordy",
    );
    const result = await go(warehouse.url("reader", "wordy"));
    const [moods] = "fault" in result ? [] : (result.catalogue.get("public") ?? []);
    expect(moods?.columns).toEqual([{ name: "mood", type: `"${schema}"."${type}"[]`, nullable: true }]);
  });

  test("at the addresses that were looked at, whatever its name leads to by then", async () => {
    const { address } = readUrl(warehouse.url("reader")) as { address: { port: number } };
    const to = {
      addresses: ["127.0.0.1"],
      host: "no-such-host.invalid",
      port: address.port,
      sslmode: "disable" as const,
    };
    const wire = await openWire(to);
    expect(wire.remotePort).toBe(address.port);
    wire.destroy();
  });

  test("by a user who may read nothing: only the schema everyone has", async () =>
    expect(await faultAt(warehouse.url("nobody"))).toBe("1 schemas"));

  test.each(["disable", "prefer", "require"])("with sslmode=%s", async (mode) =>
    expect(await faultAt(`${warehouse.url("reader")}?sslmode=${mode}`)).toBe("4 schemas"),
  );

  test("over TLS whenever the server speaks it, and not when the URL says so", async () => {
    expect(await faultAt(warehouse.url("only_tls"))).toBe("4 schemas");
    expect(await faultAt(`${warehouse.url("only_tls")}?sslmode=disable`)).toBe("not-let-in");
    expect(await faultAt(`${warehouse.url("only_plain")}?sslmode=disable`)).toBe("4 schemas");
  });

  test("by a name that leads to it", async () =>
    expect(await faultAt(warehouse.url("reader").replace("127.0.0.1", "localhost"))).toBe("4 schemas"));

  test("without leaving a connection behind, and under our name", async () => {
    await warehouse.run(`do $$ begin
      assert (select count(*) = 0 from pg_stat_activity where usename = 'reader'); end $$`);
  });
});

describe("what goes wrong has a name", () => {
  test("a wrong password, and a user nobody knows", async () => {
    expect(await faultAt(warehouse.url("reader", "warehouse", "wrong"))).toBe("wrong-password");
    expect(await faultAt(warehouse.url("reader", "warehouse", ""))).toBe("wrong-password");
    expect(await faultAt(warehouse.url("stranger"))).toBe("wrong-password");
  });

  test("a database that isn't there, or isn't for this user, or has no connection left", async () => {
    expect(await faultAt(warehouse.url("reader", "nowhere"))).toBe("unknown-database");
    expect(await faultAt(warehouse.url("reader", "closed"))).toBe("no-right-to-connect");
    expect(await faultAt(warehouse.url("busy"))).toBe("too-many-connections");
  });

  test("a certificate that is for another host, where the URL asks for this one's", async () => {
    const byName = warehouse.url("reader").replace("127.0.0.1", "localhost");
    expect(await faultAt(`${byName}?sslmode=verify-full`)).toBe("4 schemas");
    expect(await faultAt(`${warehouse.url("reader")}?sslmode=verify-full`)).toBe("tls-untrusted");
    expect(await faultAt(`${warehouse.url("reader")}?sslmode=verify-ca`)).toBe("4 schemas");
  });

  test("a port that nobody listens on, a host that isn't known, and one that isn't allowed", async () => {
    expect(await faultAt(`postgres://reader@127.0.0.1:${await freePort()}/w`)).toBe("refused");
    expect(await faultAt("postgres://reader@no-such-host.invalid/w")).toBe("unknown-host");
    expect(await faultAt("postgres://reader@169.254.169.254/w")).toBe("target-refused");
    expect(await faultAt("postgres://reader@10.0.0.7/w")).toBe("not-listed");
  });

  test("our own database server, by whatever name it goes", async () => {
    const said = (ownStart: string) => {
      const { address } = z.object({ address: z.object({}).loose() }).parse(readUrl(warehouse.url("reader")));
      const errand = { source: address, bounds: { named: [{ host: "127.0.0.1", port: null }], own: null }, ownStart };
      const program = ["lib/sources/reader/main.mjs"];
      return spawnSync(process.execPath, program, { input: JSON.stringify(errand), encoding: "utf8" }).stdout.trim();
    };
    const start = await warehouse.ask(`select ${started} as start`);
    expect(said(String(start[0]?.start))).toBe('{"fault":"own-database"}');
    expect(said("1700000000.123456")).toMatch(/\{"done":true\}$/);
  });

  test("a server without TLS, where the URL asks for it", async () => {
    const plain = await startWarehouse(["ssl=off"]);
    try {
      await plain.run("create role reader login password 'a reader''s word'");
      const url = plain.url("reader", "postgres");
      expect(await faultAt(url)).toBe("1 schemas");
      expect(await faultAt(`${url}?sslmode=require`)).toBe("no-tls");
    } finally {
      await plain.stop();
    }
  });

  test("a reader that is gone before it has said anything is no fault of the database", async () => {
    const silent = createServer().listen(0, "127.0.0.1");
    const met = once(silent, "connection");
    await once(silent, "listening");
    const address = silent.address();
    if (address === null || typeof address === "string") throw new Error("No port");
    const fault = faultAt(`postgres://reader@127.0.0.1:${address.port}/w`);
    await met;
    const readers = spawnSync("pgrep", ["-P", String(process.pid), "-f", "reader/main.mjs"], { encoding: "utf8" });
    process.kill(Number(readers.stdout.trim()), "SIGKILL");
    expect(await fault).toBe("not-read");
    silent.close();
  });

  test("more tables than anybody can find their way in", async () => {
    await warehouse.run("create database wide");
    // Rows of the catalogue alone: making so many tables takes a minute.
    await warehouse.run(
      `create table public.t (); grant select on public.t to reader; set allow_system_table_mods = on;
      insert into pg_class select (jsonb_populate_record(c, jsonb_build_object('oid', 100000 + n, 'relname', 't' || n))).*
        from pg_class c, generate_series(1, 20000) n where c.relname = 't'`,
      "wide",
    );
    expect(await faultAt(warehouse.url("reader", "wide"))).toBe("too-large");
    await warehouse.run("delete from pg_class where relname = 't1'", "wide");
    expect(await faultAt(warehouse.url("reader", "wide"))).toBe("1 schemas");
  }, 120_000);
});

// All at once, two at a time: some take their 15 seconds.
describe.concurrent("whatever listens there, we are told what it is within 15 seconds", { timeout: 120_000 }, () => {
  const open: Server[] = [];
  const sockets = new Set<Socket>();
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    for (const server of open.splice(0)) await new Promise((closed) => server.close(closed));
  });
  /** Listens on a port of its own and does this to whoever comes. */
  const stranger = async (meet: (socket: Socket) => void) => {
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on("error", () => {});
      meet(socket);
    }).listen(0, "127.0.0.1");
    open.push(server);
    await once(server, "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("No port");
    return `postgres://reader:word@127.0.0.1:${address.port}/w`;
  };
  const both = async (meet: (socket: Socket) => void) => {
    const url = await stranger(meet);
    return Promise.all([faultAt(url), faultAt(`${url}?sslmode=disable`)]);
  };
  const message = (letter: string, body: Buffer | string) => {
    const content = Buffer.from(body);
    const head = Buffer.alloc(5);
    head.write(letter);
    head.writeUInt32BE(content.length + 4, 1);
    return Buffer.concat([head, content]);
  };
  const letIn = Buffer.concat([message("R", "\0\0\0\0"), message("Z", "I")]);
  /** Takes us for a guest who needs no encryption and no password, and then goes on as `then` says. */
  const host = (then: (socket: Socket, said: Buffer) => void) => (socket: Socket) => {
    socket.once("data", (asked) => {
      if (asked.length !== 8) return socket.write(letIn);
      socket.write("N");
      socket.once("data", () => socket.write(letIn));
    });
    socket.on("data", (said) => ["P", "Q"].includes(String.fromCharCode(said[0] ?? 0)) && then(socket, said));
  };

  test("one that never answers", async () => expect(await both(() => {})).toEqual(["silent", "silent"]));
  test("one that hangs up at once, or after our first word", async () => {
    expect(await both((socket) => socket.end())).toEqual(["hung-up", "hung-up"]);
    expect(await both((socket) => socket.once("data", () => socket.end()))).toEqual(["hung-up", "hung-up"]);
    expect(await both((socket) => socket.once("data", () => socket.resetAndDestroy()))).toEqual(["hung-up", "hung-up"]);
  });
  test("one that speaks HTTP, SSH or nonsense", async () => {
    for (const words of ["HTTP/1.1 400 Bad Request\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n", "\0\xff".repeat(5000), "R"])
      for (const fault of await both((socket) => socket.end(words)))
        expect(["not-postgres", "hung-up", "tls-broken"]).toContain(fault);
    expect(await both((socket) => socket.write("HTTP/1.1 400 Bad Request\r\n\r\n"))).toEqual([
      "not-postgres",
      "not-postgres",
    ]);
  });
  test("one that promises TLS and doesn't speak it", async () => {
    const url = await stranger((socket) =>
      socket.once("data", () => {
        socket.write("S");
        socket.on("data", () => socket.write("nonsense, and more of it"));
      }),
    );
    expect(await faultAt(url)).toBe("tls-broken");
  });
  test("one that puts words in front of the encryption", async () => {
    const url = await stranger((socket) => socket.once("data", () => socket.write("SR")));
    expect(await faultAt(url)).toBe("not-postgres");
  });
  test("one that lets us in and says no more", async () =>
    expect(await faultAt(await stranger(host(() => {})))).toBe("slow"));
  test("one that lets us in and hangs up", async () =>
    expect(await both(host((socket) => socket.end()))).toEqual(["hung-up", "hung-up"]));
  test("one that answers with what no database says", async () => {
    const odd = [
      message("D", "\0\x01"),
      message("T", "\xff\xff"),
      message("C", ""),
      message("E", ""),
      message("G", "x"),
    ];
    for (const answer of odd)
      expect(["not-postgres", "hung-up", "refused-otherwise", "slow"]).toContain(
        await faultAt(await stranger(host((socket) => socket.end(Buffer.concat([answer, message("Z", "I")]))))),
      );
  });
  test("one that sends us into endless arithmetic", async () => {
    const asksForScram = message("R", "\0\0\0\x0aSCRAM-SHA-256\0\0");
    const endless = message("R", `\0\0\0\x0br=${"x".repeat(24)},s=c2FsdA==,i=2000000000`);
    const url = await stranger((socket) => {
      socket.once("data", () => {
        socket.write(asksForScram);
        socket.once("data", () => socket.write(endless));
      });
    });
    let ticks = 0;
    const ticking = setInterval(() => (ticks += 1), 50);
    expect(await faultAt(`${url}?sslmode=disable`)).toBe("slow");
    clearInterval(ticking);
    expect(ticks).toBeGreaterThan(100);
  });
  test("one that never stops talking", async () => {
    const url = await stranger((socket) => {
      const flood = message("N", "x".repeat(1_000_000));
      const pour = () => {
        while (!socket.destroyed && socket.write(flood));
        socket.once("drain", pour);
      };
      socket.once("data", () => {
        socket.write(message("R", "\0\0\0\0"));
        pour();
      });
    });
    expect(["too-large", "slow", "silent", "not-postgres"]).toContain(await faultAt(`${url}?sslmode=disable`));
  });
});
