import { randomUUID } from "node:crypto";
import { createServer } from "node:net";
import { expect, type Page, test } from "@playwright/test";
import {
  anotherBrowser,
  comeAlive,
  expectAccessible,
  inviteTyped,
  join,
  joinPath,
  signUp,
  someone,
} from "@/lib/testing/journey";
import { letSee } from "@/lib/testing/seeds";
import { readersPassword, startWarehouse, type Warehouse } from "@/lib/testing/warehouse";

let warehouse: Warehouse;
test.beforeAll(async () => {
  warehouse = await startWarehouse();
  await warehouse.run(`create role reader login password '${readersPassword.replaceAll("'", "''")}'`);
  await warehouse.run("create database warehouse");
  await warehouse.run(
    `create schema sales; create schema staff; drop schema public;
    create table sales.orders (id bigint primary key, note text); create table sales.returns (id int);
    create view sales.recent as select id from sales.orders;
    create table staff.people (id int); create table staff.pay (id int);
    grant usage on schema sales, staff to reader;
    grant select on all tables in schema sales, staff to reader;
    alter default privileges in schema sales grant select on tables to reader`,
    "warehouse",
  );
});
test.afterAll(() => warehouse.stop());

const connect = async (page: Page, url: string, name = "Warehouse") => {
  await page.goto("/sources");
  await page.getByRole("link", { name: "Connect source" }).click();
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("PostgreSQL URL").fill(url);
  await page.getByRole("button", { name: "Connect source" }).click();
};

const main = (page: Page) => page.getByRole("main");

test("a database is connected, found one's way in, described, refreshed, disabled and deleted", async ({
  page,
  javaScriptEnabled,
}) => {
  await signUp(page);
  await expect(page.getByRole("heading", { name: "No sources yet" })).toBeVisible();
  await connect(page, warehouse.url("reader"));
  await expect(page.getByRole("heading", { level: 1, name: "Warehouse" })).toBeVisible();
  await expect(main(page)).toContainText("The source is connected.");
  await expect(main(page)).toContainText("You can see 2 schemas and 5 tables.");
  await expect(main(page)).toContainText(`127.0.0.1, port ${warehouse.port}`);
  await expect(page).toHaveTitle(/^Warehouse – Sources – Acme$/);

  await page.getByLabel("Name, description or tag of a schema or table").fill("ORD");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByRole("table").first().getByRole("row")).toHaveCount(2);
  await page.getByRole("link", { name: "sales.orders" }).click();
  await expect(main(page)).toContainText("Table in sales of Warehouse");
  await expect(page.getByRole("row", { name: /id/ })).toContainText("bigint");
  await page.getByLabel("Description").fill("What people bought");
  await page.getByLabel("Tags").fill("gold, daily");
  await page.getByRole("button", { name: "Save details" }).click();
  await expect(main(page)).toContainText("Your changes are saved.");
  await expect(page.getByRole("list", { name: "Tags" })).toHaveText("golddaily");

  await warehouse.run("create table if not exists sales.parcels (id int)", "warehouse");
  await page.getByRole("navigation", { name: "Pages above this one" }).getByRole("link", { name: "Warehouse" }).click();
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(main(page)).toContainText(/The database now has 2 schemas and \d tables/);
  await page.getByRole("link", { name: "sales" }).click();
  await expect(page.getByRole("link", { name: "sales.parcels" })).toBeVisible();
  await expect(main(page)).toContainText("What people bought");

  await page.getByRole("link", { name: "Warehouse" }).click();
  if (javaScriptEnabled !== false) await comeAlive(page);
  await page.getByRole("link", { name: "Disable" }).click();
  await expect(page.getByRole("heading", { name: "Disable Warehouse?" })).toBeVisible();
  const hiding =
    javaScriptEnabled === false ? page.getByRole("region", { name: "Disable Warehouse?" }) : page.getByRole("dialog");
  await expect(hiding).toContainText("1 person sees what is in it now, and won't until it is enabled again.");
  if (javaScriptEnabled !== false) await expectAccessible(page);
  await hiding.getByRole("button", { name: "Disable source" }).click();
  await expect(page.getByRole("heading", { name: "Disable Warehouse?" })).toHaveCount(0);
  await expect(main(page)).toContainText("The source is disabled.");
  await expect(main(page)).toContainText("What is in this source shows to nobody until it is enabled again.");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Disabled");
  await expect(main(page).getByText(/disabled/i)).toHaveCount(2);
  if (javaScriptEnabled !== false) await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await expect(page.getByRole("link", { name: "sales" })).toHaveCount(0);
  await page.getByRole("button", { name: "Enable" }).click();
  await expect(page.getByRole("link", { name: "sales" })).toBeVisible();

  await page.getByRole("link", { name: "Delete source" }).click();
  await expect(page.getByRole("heading", { name: "Delete Warehouse?" })).toBeVisible();
  const question = javaScriptEnabled === false ? main(page) : page.getByRole("dialog");
  await expect(question).toContainText("1 person sees it now, and no longer will.");
  await expect(question).toContainText("No group has a policy on it");
  await question.getByRole("button", { name: "Delete source" }).click();
  await expect(page).toHaveURL(/\/sources\?after=deleted$/);
  await expect(page.getByRole("heading", { name: "No sources yet" })).toBeVisible();
});

test("what can't be read is said beside its field, nothing is kept, and the password never comes back", async ({
  page,
}) => {
  await signUp(page);
  const silent = createServer(() => {}).listen(0, "127.0.0.1");
  await new Promise((listening) => silent.once("listening", listening));
  const address = silent.address();
  const port = address && typeof address === "object" ? address.port : 0;
  const tries = [
    [warehouse.url("reader", "warehouse", "not the word"), "The server refused the user or the password."],
    [warehouse.url("reader", "nowhere"), "The server has no database of this name."],
    [`postgres://reader:s3cretword@127.0.0.1:${port}/w`, "Something took the connection and then said nothing."],
    ["postgres://reader:s3cretword@169.254.169.254/w", "No database may be reached at this address"],
    ["postgres://reader:s3cretword@db.example.org/w?sslmode=maybe", "For sslmode use disable, prefer,"],
    ["mysql://reader:s3cretword@db/w", "Begin with postgres://"],
  ] as const;
  for (const [url, words] of tries) {
    await connect(page, url);
    await expect(main(page)).toContainText(words);
    await expect(page.getByLabel("Name")).toHaveValue("Warehouse");
    expect(await page.content()).not.toMatch(/s3cretword|not(%20| )the(%20| )word|a(%20| )reader/);
  }
  silent.close();
  await connect(page, warehouse.url("reader", "nowhere"));
  await expect(page.getByLabel("PostgreSQL URL")).toHaveValue(`postgres://reader@127.0.0.1:${warehouse.port}/nowhere`);
  await page.goto("/sources");
  await expect(page.getByRole("heading", { name: "No sources yet" })).toBeVisible();
  await connect(page, `postgres://reader@127.0.0.1:${warehouse.port}/warehouse`);
  await expect(main(page)).toContainText("The server refused the user or the password.");
  await page.getByLabel("Password").fill(readersPassword);
  await page.getByRole("button", { name: "Connect source" }).click();
  await expect(main(page)).toContainText("The source is connected.");
});

test("an analyst with one schema sees that schema and nothing else", async ({ page, browser, javaScriptEnabled }) => {
  await signUp(page);
  await connect(page, warehouse.url("reader"));
  await expect(main(page)).toContainText("The source is connected.");
  const [, , source = "", staff = ""] =
    (await page.getByRole("link", { name: "staff" }).getAttribute("href"))?.split("/") ?? [];
  const email = someone("ana");
  await inviteTyped(page, email);
  const theirs = await anotherBrowser(browser, javaScriptEnabled);
  await join(theirs, await joinPath(page, email));
  await expect(theirs.getByRole("heading", { name: "No access yet" })).toBeVisible();

  await letSee(email, "Data Analyst", { schema: "sales" });
  await theirs.goto("/sources");
  await expect(theirs.getByRole("link", { name: "Connect source" })).toHaveCount(0);
  await theirs.getByRole("link", { name: "Warehouse" }).click();
  await expect(main(theirs)).toContainText(/You can see 1 schema and \d tables/);
  await expect(main(theirs)).not.toContainText("127.0.0.1");
  for (const name of ["Refresh", "Disable", "Delete source", "Change"])
    await expect(main(theirs).getByText(name, { exact: true })).toHaveCount(0);
  await theirs.getByRole("link", { name: "sales" }).click();
  await expect(theirs.getByRole("link", { name: "sales.orders" })).toBeVisible();
  await expect(theirs.getByRole("button", { name: "Save details" })).toHaveCount(0);
  await theirs.goto("/domains");
  await expect(main(theirs)).toContainText("What your groups let you see in Acme is under Sources.");
  await expect(theirs.getByRole("heading", { name: "No domains for you yet" })).toBeVisible();
  await main(theirs).getByRole("link", { name: "Go to Sources" }).click();
  await expect(theirs.getByRole("link", { name: "Warehouse" })).toBeVisible();

  const pageOf = async (path: string) => {
    const answer = await theirs.goto(path);
    return { status: answer?.status(), words: await main(theirs).textContent() };
  };
  const nothing = await pageOf(`/sources/${randomUUID()}`);
  expect(nothing.status).toBe(404);
  for (const path of [
    `/sources/${source}/${staff}`,
    `/sources/${source}/${randomUUID()}`,
    "/sources/no-id",
    `/sources/${staff}/edit`,
  ])
    expect(await pageOf(path)).toEqual(nothing);
  for (const path of [`/sources/${source}/edit`, `/sources/${source}/delete`, "/sources/new"]) {
    const denied = await pageOf(path);
    expect(denied.status).toBe(403);
    expect(denied.words).toMatch(/You need Manage data source/);
    expect(denied.words).toMatch(/It is for those who may (connect a source|.* this source)\./);
    expect(denied.words).not.toContain("You are in");
    await expect(main(theirs).getByRole("link", { name: "Request access" })).toHaveAttribute(
      "href",
      "/account/access#ask",
    );
  }
  const unknown = await pageOf("/nothing");
  expect(unknown).toEqual(nothing);
  await expect(theirs.getByRole("banner")).toContainText("Acme");
  await expect(theirs.getByRole("navigation", { name: "Main" })).toBeVisible();
  await expect(theirs.getByRole("complementary", { name: "Help" })).toBeVisible();
  await theirs.context().clearCookies();
  expect(await pageOf("/nothing")).toEqual(nothing);
  await expect(theirs.getByRole("banner")).toHaveCount(0);
  await theirs.context().close();
});

test("a source gets another name and another way in @script", async ({ page }) => {
  await signUp(page);
  await connect(page, warehouse.url("reader"));
  await page.getByRole("link", { name: "Change" }).click();
  await page.getByLabel("Name").fill("Snowfall");
  await page.getByLabel("Tags").fill("gold, , GOLD, core");
  await page.getByRole("button", { name: "Save details" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Snowfall" })).toBeVisible();
  await expect(page.getByRole("list", { name: "Tags" })).toHaveText("GOLDcore");

  await page.getByRole("link", { name: "Change" }).click();
  await expect(page.getByLabel("PostgreSQL URL")).toHaveValue(
    `postgres://reader@127.0.0.1:${warehouse.port}/warehouse?sslmode=prefer`,
  );
  await page.getByLabel("Password").fill("wrong");
  await page.getByRole("button", { name: "Save connection" }).click();
  await expect(main(page)).toContainText("The server refused the user or the password.");
  await expect(page.getByLabel("Password")).toBeFocused();
  await page.getByLabel("Password").fill(readersPassword);
  await page.getByRole("button", { name: "Save connection" }).click();
  await expect(main(page)).toContainText("The source is read from there from now on.");
});

test("every page of a source is accessible, also on a small phone @script", async ({ page }) => {
  await signUp(page);
  await connect(page, "postgres://reader@169.254.169.254/w");
  await expect(main(page)).toContainText("No database may be reached");
  await expectAccessible(page);
  await connect(page, warehouse.url("reader"), "The warehouse of everything that was ever sold or sent");
  await expect(main(page)).toContainText("The source is connected.");
  const source = new URL(page.url()).pathname;
  for (const path of [
    "/sources",
    source,
    `${source}?q=orders`,
    `${source}?q=nothing`,
    `${source}/edit`,
    `${source}/delete`,
  ]) {
    await page.goto(path);
    await expectAccessible(page);
  }
  await page.goto(source);
  await comeAlive(page);
  await page.getByRole("link", { name: "Delete source" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessible(page);
  await page.goto(`${source}?q=orders`);
  await page.getByRole("link", { name: "sales.orders" }).click();
  await expectAccessible(page);
});
