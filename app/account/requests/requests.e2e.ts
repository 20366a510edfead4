import { randomUUID } from "node:crypto";
import { expect, type Page, test } from "@playwright/test";
import { letThereBeGroup } from "@/lib/testing/groups";
import {
  anotherBrowser,
  expectAccessible,
  inviteTyped,
  join,
  joinPath,
  mailTo,
  sendInvites,
  signUp,
  someone,
} from "@/lib/testing/journey";
import { letPeopleJoin } from "@/lib/testing/seeds";
import { readersPassword, startWarehouse, type Warehouse } from "@/lib/testing/warehouse";

let warehouse: Warehouse;
test.beforeAll(async () => {
  warehouse = await startWarehouse();
  await warehouse.run(`create role reader login password '${readersPassword.replaceAll("'", "''")}'`);
  await warehouse.run("create database warehouse");
  await warehouse.run(
    `create schema sales; create schema staff; drop schema public;
    create table sales.orders (id bigint primary key); create table staff.pay (id int);
    grant usage on schema sales, staff to reader; grant select on all tables in schema sales, staff to reader`,
    "warehouse",
  );
});
test.afterAll(() => warehouse.stop());

const main = (page: Page) => page.getByRole("main");
const press = (page: Page, name: string) => page.getByRole("button", { name }).click();

/** Makes a group that lets its members see one schema of the warehouse, through the pages. */
const groupThatSees = async (page: Page, name: string, schema: string) => {
  await page.goto("/account/groups/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("checkbox", { name: /^Olive Owner/ }).check();
  await press(page, "Create group");
  await page.getByRole("link", { name: "Change source-based policies" }).click();
  await page.getByRole("link", { name: "Warehouse" }).click();
  await page.getByRole("checkbox", { name: new RegExp(`^${schema}, Read-only`) }).check();
  await press(page, "See what changes");
  await press(page, "Save policies");
  await expect(page.getByText(`See schema ${schema} of Warehouse`)).toBeVisible();
};

const statusOf = async (page: Page, path: string) => (await page.goto(path))?.status();

/** Opens the one request that waits, from the list. */
const openRequest = async (page: Page, name: string) => {
  await page.getByRole("link", { name: "My Account" }).click();
  await page.getByRole("link", { name: "Access requests" }).click();
  await page.getByRole("link", { name: `Decide about the request of ${name}` }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Access for ${name}` })).toBeVisible();
};

test("an analyst who joins sees one schema and nothing else, can say why, asks for more, and is given it", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  test.slow();
  await signUp(page);
  await page.goto("/sources/new");
  await page.getByLabel("Name").fill("Warehouse");
  await page.getByLabel("PostgreSQL URL").fill(warehouse.url("reader"));
  await press(page, "Connect source");
  await expect(main(page)).toContainText("You can see 2 schemas and 2 tables.");
  const source = new URL(page.url()).pathname;
  const staff = await page.getByRole("link", { name: "staff", exact: true }).getAttribute("href");
  await groupThatSees(page, "Data Analyst", "sales");
  await groupThatSees(page, "Payroll", "staff");

  const email = someone("ana");
  await page.goto("/account/users/invite");
  await page.getByLabel("Email addresses").fill(email);
  await page.getByRole("checkbox", { name: "Data Analyst" }).check();
  await page.getByRole("button", { name: sendInvites }).click();
  await expect(page.getByRole("heading", { name: "1 invite sent" })).toBeVisible();
  const theirs = await anotherBrowser(browser, javaScriptEnabled);
  await join(theirs, await joinPath(page, email), "Ana Analyst");

  await theirs.getByRole("link", { name: "Warehouse" }).click();
  await expect(main(theirs)).toContainText("You can see 1 schema and 1 table.");
  await expect(theirs.getByRole("link", { name: "sales", exact: true })).toBeVisible();
  await expect(main(theirs)).not.toContainText("staff");
  for (const nowhere of [staff ?? "", `${source}/${randomUUID()}`, "/account/groups", "/account/requests"])
    expect(await statusOf(theirs, nowhere), nowhere).toBe(nowhere.startsWith("/account") ? 403 : 404);

  await theirs.getByRole("link", { name: "My Account" }).click();
  await theirs.getByRole("link", { name: "Your access" }).click();
  const line = theirs.getByRole("table", { name: "Effective access" }).getByRole("row");
  await expect(line).toHaveCount(2);
  await expect(line.filter({ hasText: "See schema sales of Warehouse" })).toContainText("Data Analyst");

  await theirs.goto("/sources");
  await theirs.getByRole("link", { name: "Request access" }).click();
  await theirs.getByLabel("Note (optional)").fill("Staff, to plan the\nsummer");
  await press(theirs, "Request access");
  await expect(theirs.getByRole("status").getByText("Your request is sent.")).toBeVisible();
  await expect(main(theirs)).toContainText("Nobody has decided yet. The answer will appear here");
  await expect(theirs.getByRole("button", { name: "Request access" })).toHaveCount(0);

  const asked = await mailTo(page, await ownerOf(page));
  expect(asked.subject).toBe("Ana Analyst asks for access in Acme");
  await page.goto(new URL(asked.links[0] ?? "").pathname);
  await expect(page.getByRole("table", { name: "Waiting for an answer" })).toContainText("Staff, to plan the");
  await openRequest(page, "Ana Analyst");
  await expect(page.getByRole("checkbox", { name: "Data Analyst" })).toHaveAccessibleDescription(
    "See schema sales of Warehouse. They are in it already.",
  );
  await expect(page.getByRole("checkbox", { name: "Owners" })).toHaveAccessibleDescription(
    /changing or removing your access/,
  );
  await page.getByLabel("Answer (optional)").fill("Until September");
  await press(page, "Grant access");
  const none = page.getByText("Choose at least one group, or refuse the request.").filter({ visible: true });
  await expect(none).toHaveCount(1);
  await expect(page.getByRole("group", { name: "Groups" })).toBeFocused();
  await expect(page.getByLabel("Answer (optional)")).toHaveValue("Until September");
  await page.getByRole("checkbox", { name: "Payroll" }).check();
  await press(page, "Grant access");
  await expect(page.getByRole("status")).toContainText("Ana Analyst has the access of Payroll now.");
  await expect(page.getByRole("heading", { name: "Nobody is waiting" })).toBeVisible();
  await expect(page.getByRole("table", { name: "Decided" })).toContainText("Granted");

  const decided = await mailTo(page, email);
  expect(decided.subject).toBe("You have been given access in Acme");
  expect(decided.text).toContain("Payroll: See schema staff of Warehouse");
  await theirs.goto(new URL(decided.links[0] ?? "").pathname);
  await theirs.getByRole("link", { name: "Warehouse" }).click();
  await expect(main(theirs)).toContainText("You can see 2 schemas and 2 tables.");
  expect(await statusOf(theirs, staff ?? "")).toBe(200);
  await theirs.goto("/account/access");
  await expect(main(theirs)).toContainText("Olive Owner put you into Payroll");
  await expect(main(theirs)).toContainText("Until September");
  await expect(line.filter({ hasText: "See schema staff of Warehouse" })).toContainText("Payroll");
});

const ownerOf = async (page: Page): Promise<string> => {
  await page.goto("/account/profile");
  return (await main(page).textContent())?.match(/olive\.[0-9a-f]+@example\.org/)?.[0] ?? "";
};

test("No access yet: asked once, refused with words that stand there, and asked again", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  await signUp(page);
  const email = someone("nora");
  await inviteTyped(page, email);
  const theirs = await anotherBrowser(browser, javaScriptEnabled);
  await join(theirs, await joinPath(page, email));
  await expect(theirs.getByRole("heading", { name: "No access yet" })).toBeVisible();
  const second = await theirs.context().newPage();
  await second.goto("/domains");
  await theirs.getByLabel("Note (optional)").fill("The sales figures");
  await press(theirs, "Request access");
  await expect(theirs.getByRole("status").getByText("Your request is sent.")).toBeVisible();
  await second.getByLabel("Note (optional)").fill("And the domains");
  await press(second, "Request access");
  await expect(second.getByText("You have asked already, and nobody has decided yet.")).toBeVisible();
  await expect(second.getByText("And the domains")).toBeVisible();
  await expect(second.getByText("The sales figures")).toBeVisible();

  await page.goto("/sources");
  await openRequest(page, "Nora New");
  const tab = await page.context().newPage();
  await tab.goto(page.url());
  await page.getByLabel("Answer (optional)").fill("Ask me in May");
  await press(page, "Refuse");
  await expect(page.getByRole("status")).toContainText("The request of Nora New is refused.");
  await tab.getByRole("checkbox", { name: "Owners" }).check();
  await press(tab, "Grant access");
  await expect(tab.getByText("You refused this request already, so nothing was changed.")).toBeVisible();
  await expect(tab.getByText("Ask me in May")).toBeVisible();

  await theirs.goto("/sources");
  await expect(main(theirs)).toContainText("Olive Owner refused it");
  await expect(main(theirs)).toContainText("Ask me in May");
  await press(theirs, "Request access");
  await expect(main(theirs)).toContainText("Nobody has decided yet. The answer will appear here");
  await page.goto(`/account/users?q=${encodeURIComponent(email)}`);
  const row = `Actions for ${email}`;
  if (javaScriptEnabled ?? true) {
    await page.getByRole("button", { name: row }).click();
    await page.getByRole("menuitem", { name: "View" }).click();
  } else await page.getByRole("link", { name: row }).click();
  await expect(main(page)).toContainText("Refused the access they had asked for, by Olive Owner");
});

test("the pages of asking and deciding are accessible @script", async ({ page, browser }) => {
  test.slow();
  const olive = await signUp(page);
  await letThereBeGroup(olive, "Data Analyst", [{ schema: "sales", of: "Snowflake" }]);
  await letPeopleJoin(olive, ["Ada Analyst"]);
  await page.goto("/account/requests");
  await expectAccessible(page);
  const email = someone("nora");
  await inviteTyped(page, email);
  const theirs = await anotherBrowser(browser, true);
  await join(theirs, await joinPath(page, email));
  await expectAccessible(theirs);
  await theirs.goto("/account/access");
  await expectAccessible(theirs);
  await theirs.getByLabel("Note (optional)").fill("The sales figures");
  await press(theirs, "Request access");
  await expect(theirs.getByRole("status").getByText("Your request is sent.")).toBeVisible();
  await expectAccessible(theirs);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto("/sources");
  await openRequest(page, "Nora New");
  await expectAccessible(page);
  await page.getByRole("checkbox", { name: "Data Analyst" }).check();
  await press(page, "Grant access");
  await expect(page.getByRole("status")).toContainText("Nora New has the access of Data Analyst now.");
  await expectAccessible(page);
  await theirs.setViewportSize({ width: 1280, height: 800 });
  await theirs.goto("/sources");
  await expect(theirs.getByText("Missing something?")).toBeVisible();
  await expectAccessible(theirs);
});
