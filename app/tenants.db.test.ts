import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { db } from "@/db/client";
import { type Everybody, gatherActors } from "@/lib/testing/actors";
import { type Ground, makeGround } from "@/lib/testing/ground";
import { addressOf, pages } from "@/lib/testing/pages";
import { makeOwner } from "@/lib/testing/people";
import { type Fields, nobodys, press } from "@/lib/testing/press";
import { ownPresses, presses } from "@/lib/testing/presses";
import { testProduct } from "@/lib/testing/product";
import { targetsOf } from "@/lib/testing/targets";
import { textOf, type Visitor } from "@/lib/testing/visitor";

// Ids of another organization, in every field and every address that takes an id: the answer is that for an id that nobody
// has, in status, words and length, and nothing changes there (SAFETY 23). Both ways: neither owner finds the other's.
const product = testProduct();
let everybody: Everybody;
let sides: { visitor: Visitor; here: Ground; elsewhere: Ground }[];

beforeAll(async () => {
  const acme = await makeGround(await makeOwner("Acme"));
  everybody = await gatherActors(acme.owner, product);
  const globex = await makeGround(everybody.stranger.of);
  const [owner] = everybody.all(acme);
  if (!owner) throw new Error("An owner is the first");
  sides = [
    { visitor: owner.visitor, here: acme, elsewhere: globex },
    { visitor: everybody.stranger.visitor, here: globex, elsewhere: acme },
  ];
}, 120_000);

/** An id of everything there is in an organization. */
const idsOf = ({ owner, source, schema, table, ...ground }: Ground): Record<string, string> => ({
  ...{ organization: owner.organizationId, owner: owner.userId, session: owner.sessionId },
  ...{
    member: ground.member,
    inactive: ground.inactive,
    group: ground.group,
    invitation: ground.invitation,
    request: ground.request,
    suppression: ground.suppression,
  },
  ...{ source: source.id, schema: schema.id, table: table.id, domain: ground.domain },
});

/** As much of a JSON schema as tells where ids go. */
type Schema = { format?: string; properties?: Record<string, Schema>; items?: Schema } & {
  [at in "anyOf" | "oneOf"]?: Schema[];
};

/** The fields of a form that take an id, as they are sent. */
const idFields = (schema: Schema): string[] => {
  const takesId = ({ format, anyOf = [] }: Schema): boolean => format === "uuid" || anyOf.some(takesId);
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, field]) =>
    takesId(field) ? [name] : field.items && takesId(field.items) ? [`${name}[]`] : [],
  );
  return [...new Set([...own, ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap(idFields)])];
};

const schemaOf = async (action: string): Promise<Schema> => {
  const [file = "", name = ""] = action.split(" ");
  const { [name]: made }: Record<string, { schema: z.ZodType }> = await import(`../${file}`);
  return made ? (z.toJSONSchema(made.schema, { io: "input", unrepresentable: "any" }) as Schema) : {};
};

/** Everything that another organization has, as one word. */
const factsOf = async ({ owner: { organizationId } }: Ground): Promise<string> => {
  const tables = [
    "groups",
    "group_members",
    "policies",
    "invitations",
    "invitation_groups",
    "suppressions",
    "sources",
    "assets",
    "domains",
  ];
  const [row] = await db().execute<{ facts: string }>(sql`
    select md5(concat(${sql.join(
      [...tables, "domain_assets", "access_requests", "audit_events"].map(
        (table) => sql`(select string_agg(md5(t::text), '' order by md5(t::text)) from ${sql.identifier(table)} t
          where organization_id = ${organizationId})`,
      ),
      sql`, `,
    )}, (select string_agg(concat(user_id, name, deactivated_at), '' order by user_id) from memberships
      where organization_id = ${organizationId}), (select string_agg(concat(s.id, s.ended_at), '' order by s.id)
      from sessions s where s.organization_id = ${organizationId}))) as facts`);
  return row?.facts ?? "";
};

type Sent = { action: string; title: string; fields: (ground: Ground) => Fields };
const forms: Sent[] = [
  ...presses.map(({ action, as, about, fields }) => ({
    action,
    title: [action, as].filter(Boolean).join(" "),
    fields: (ground: Ground) => ({ ...fields(ground), ...(about ? targetsOf(about, ground, ground)[0]?.ids : {}) }),
  })),
  ...Object.entries(ownPresses).map(([action, fields]) => ({ action, title: action, fields: () => fields })),
];

test.each(forms.map((form) => [form.title, form] as const))(
  "%s: no id of another organization",
  async (title, form) => {
    const { action, fields } = form;
    const lines: string[] = [];
    const wanted: string[] = [];
    for (const field of idFields(await schemaOf(action)))
      for (const { visitor, here, elsewhere } of sides) {
        const send = async (id: string) => {
          const { status, said } = await press(visitor, action, {
            ...{ organization: here.owner.organizationId, ...fields(here) },
            [field]: id,
          });
          return `${status} ${said.replaceAll(id, "…")}`;
        };
        const before = await factsOf(elsewhere);
        const random = await send(nobodys);
        // One that the press doesn't ask for is not looked at.
        if (!(field in fields(here)) && !random.includes("doesn't exist")) continue;
        for (const [kind, id] of Object.entries(idsOf(elsewhere))) {
          wanted.push(`${field}, ${kind}: ${random}`);
          lines.push(`${field}, ${kind}: ${await send(id)}`);
        }
        expect(await factsOf(elsewhere), title).toBe(before);
      }
    expect(lines).toEqual(wanted);
  },
  120_000,
);

describe("an address of another organization's", () => {
  const addressed = Object.keys(pages).filter((file) => file.includes("["));
  /** Also what stands behind the question mark. */
  const asked = [
    ...["group", "after", "before"].map((name) => `/account/users?${name}=ID`),
    ...["copy", "members"].map((name) => `/account/groups/new?${name}=ID`),
    ...["lift", "lifted"].map((name) => `/account/mail?${name}=ID`),
    ...[
      "/account/mail?after=a~ID",
      "/sources?after=a~ID",
      "/domains?before=a~ID",
      "/account/users?in=ID",
      "/sources?in=ID",
    ],
  ];

  /** The status, where it leads, the title, and all that is read but the hours, which pass meanwhile. */
  const look = async (visitor: Visitor, address: string, id: string) => {
    const { status, html, headers } = await visitor.get(address.replaceAll("ID", id));
    const [, title] = /<title>(.*?)<\/title>/s.exec(html) ?? [];
    const words = textOf(html.replace(/<(title|time)\b.*?<\/\1>/gs, "")).replaceAll(id, "…");
    const hidden = [...html.matchAll(/<input type="hidden"[^>]* name="(?!\$)([^"]*)"[^>]*>/g)].map(([, name]) => name);
    return { status, to: headers.get("location")?.replaceAll(id, "…"), title, words, length: words.length, hidden };
  };

  test.each(addressed)("%s", async (file) => {
    const names = [...file.matchAll(/\[(\w+)\]/g)].map(([, name = ""]) => name);
    for (const name of names)
      for (const { visitor, here, elsewhere } of sides) {
        const rest = { ...idsOf(here), user: here.member, asset: here.table.id };
        const address = addressOf(file, { ...rest, [name]: "ID" });
        const random = await look(visitor, address, nobodys);
        expect(random.status, address).toBe(404);
        for (const [kind, id] of Object.entries(idsOf(elsewhere)))
          expect(await look(visitor, address, id), `${address} of ${kind}`).toEqual(random);
      }
  });

  test.each(asked)("%s", async (address) => {
    for (const { visitor, elsewhere } of sides) {
      const random = await look(visitor, address, nobodys);
      for (const [kind, id] of Object.entries(idsOf(elsewhere)))
        expect(await look(visitor, address, id), kind).toEqual(random);
    }
  });
});
