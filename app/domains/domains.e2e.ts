import { randomUUID } from "node:crypto";
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
import { letSee, letSourceBe } from "@/lib/testing/seeds";

const main = (page: Page) => page.getByRole("main");
const catalogue = { sales: ["orders", "returns"], staff: ["pay"] };

const create = async (page: Page, name = "Finance", description = "") => {
  await page.goto("/domains");
  await page.getByRole("link", { name: "Create domain" }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Description").fill(description);
  await page.getByRole("button", { name: "Create domain" }).click();
};

const add = async (page: Page, ...names: string[]) => {
  await page.getByRole("link", { name: "Add schemas and tables" }).click();
  for (const name of names) await page.getByRole("checkbox", { name, exact: true }).check();
  await page.getByRole("button", { name: "Add to domain" }).click();
  await expect(main(page)).toContainText("belongs to the domain now");
};

test("a domain is made, filled by search, described, emptied and deleted", async ({ page, javaScriptEnabled }) => {
  const owner = await signUp(page);
  await letSourceBe(owner, "Warehouse", catalogue);
  await page.goto("/domains");
  await expect(page.getByRole("heading", { name: "No domains yet" })).toBeVisible();
  await create(page, "Finance", "Money in and out");
  await expect(page.getByRole("heading", { level: 1, name: "Finance" })).toBeVisible();
  await expect(main(page)).toContainText("The domain is made.");
  await expect(main(page)).toContainText("Money in and out");
  await expect(main(page)).toContainText("You can see no schema or table in this domain. Add what belongs here");
  await expect(page).toHaveTitle("Finance – Domains – Acme");

  await page.getByRole("link", { name: "Add schemas and tables" }).click();
  await page.getByRole("button", { name: "Add to domain" }).click();
  await expect(main(page)).toContainText("Tick at least one schema or table.");
  await page.getByRole("checkbox", { name: "sales", exact: true }).check();
  await page.getByLabel("Schema, table, description or source").fill("PAY");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(main(page)).toContainText("1 schema or table matches “PAY”.");
  await expect(page.getByRole("checkbox")).toHaveCount(2);
  await expect(page.getByRole("checkbox", { name: "sales", exact: true })).toBeChecked();
  await page.getByRole("checkbox", { name: "sales", exact: true }).uncheck();
  await page.getByRole("checkbox", { name: "staff.pay" }).check();
  await page.getByRole("button", { name: "Add to domain" }).click();
  await expect(main(page)).toContainText("You can see 1 table in it.");
  await add(page, "sales");
  await expect(main(page)).toContainText("You can see 1 schema and 3 tables in it.");
  await expect(page.getByRole("link", { name: "sales.orders" })).toHaveCount(0);
  await page.getByLabel("Schema, table, description or source").fill("orders");
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("link", { name: "sales.orders" }).click();
  await expect(main(page)).toContainText("Table in sales of Warehouse");
  await page.goBack();
  await page.getByRole("link", { name: "Clear search" }).click();

  if (javaScriptEnabled !== false) await comeAlive(page);
  const removing = async (name: string) => {
    await page.getByRole("link", { name: `Remove ${name}` }).click();
    const title = `Remove ${name} from Finance?`;
    const asking = javaScriptEnabled === false ? page.getByRole("region", { name: title }) : page.getByRole("dialog");
    await expect(asking.getByRole("heading", { name: title })).toBeVisible();
    await expect(asking).toContainText("In its source everything stays as it is, and it can be added again.");
    return asking;
  };
  const kept = await removing("sales");
  await expect(kept).toContainText("The tables it brought go with it.");
  await kept.getByText("Cancel").click();
  await expect(page.getByRole("heading", { name: "Remove sales from Finance?" })).toHaveCount(0);
  await (await removing("sales")).getByRole("button", { name: "Remove from domain" }).click();
  await expect(main(page)).toContainText("sales is out of the domain.");
  await expect(page.getByRole("heading", { name: "Remove sales from Finance?" })).toHaveCount(0);
  if (javaScriptEnabled !== false) await expect(page.getByRole("link", { name: "Remove staff.pay" })).toBeFocused();
  const last = await removing("staff.pay");
  await expect(last).not.toContainText("The tables it brought");
  await last.getByRole("button", { name: "Remove from domain" }).click();
  await expect(main(page)).toContainText("staff.pay is out of the domain.");
  if (javaScriptEnabled !== false) await expect(page.getByRole("heading", { level: 1 })).toBeFocused();

  await page.getByRole("link", { name: "Change" }).click();
  await page.getByLabel("Name").fill("Money");
  await page.getByRole("button", { name: "Save details" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Money" })).toBeVisible();
  await create(page, "MONEY", "typed in vain?");
  await expect(main(page)).toContainText("A domain with this name exists already.");
  await expect(page.getByLabel("Description")).toHaveValue("typed in vain?");

  await page.goto("/domains");
  await expect(page.getByRole("row", { name: /Money/ })).toContainText("No schema or table");
  await page.getByRole("link", { name: "Money" }).click();
  if (javaScriptEnabled !== false) await comeAlive(page);
  await page.getByRole("link", { name: "Delete domain" }).click();
  await expect(page.getByRole("heading", { name: "Delete Money?" })).toBeVisible();
  const question = javaScriptEnabled === false ? main(page) : page.getByRole("dialog");
  await expect(question).toContainText("No group has a policy on it.");
  await question.getByRole("button", { name: "Delete domain" }).click();
  await expect(page).toHaveURL(/\/domains\?after=deleted$/);
  await expect(main(page)).toContainText("The domain is deleted.");
});

test("while no source is connected nothing is offered to be added: connecting one comes first", async ({ page }) => {
  await signUp(page);
  await create(page);
  await expect(main(page)).toContainText("there is nothing to add yet: schemas and tables come from sources");
  await expect(page.getByRole("link", { name: "Add schemas and tables" })).toHaveCount(0);
  await expect(main(page).getByRole("link", { name: "Connect source" })).toBeVisible();
  await page.goto(`${new URL(page.url()).pathname}/add`);
  await expect(page.getByRole("heading", { name: "Nothing to add" })).toBeVisible();
  await expect(main(page)).toContainText("No source is connected yet.");
  await expect(main(page)).not.toContainText("Asset details");
  await page.getByRole("link", { name: "Back to the domain" }).click();
  await main(page).getByRole("link", { name: "Connect source" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Connect source" })).toBeVisible();
});

test("an owner to whom nothing is offered reads why: the sources show nothing, or all of it is in", async ({
  page,
}) => {
  const owner = await signUp(page);
  await letSourceBe(owner, "Attic", {});
  await create(page);
  await expect(main(page)).toContainText("The domain is made.");
  const domain = new URL(page.url()).pathname;
  await page.goto(`${domain}/add`);
  await expect(main(page)).toContainText("Your sources show no schema or table: they may be disabled, or empty.");
  await letSourceBe(owner, "Warehouse", { sales: ["orders"] });
  await page.goto(domain);
  await add(page, "sales");
  await page.goto(`${domain}/add`);
  await expect(main(page)).toContainText("Every schema and table that your sources show is in this domain already.");
});

test("a member sees of a domain what they see of its sources, and an administrator sees who sees it and why", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const owner = await signUp(page);
  await letSourceBe(owner, "Warehouse", catalogue);
  const addressOf = async (name: string) => {
    await create(page, name);
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    return new URL(page.url()).pathname;
  };
  const finance = await addressOf("Finance");
  await add(page, "sales", "staff");
  const secret = await addressOf("Secret plans");
  const [ana, bob] = [someone("ana"), someone("bob")];
  await inviteTyped(page, `${ana}, ${bob}`);
  const [hers, his] = [
    await anotherBrowser(browser, javaScriptEnabled),
    await anotherBrowser(browser, javaScriptEnabled),
  ];
  await join(hers, await joinPath(page, ana), "Ana Analyst");
  await join(his, await joinPath(page, bob), "Bob Blind");
  await hers.goto("/domains");
  await expect(hers.getByRole("heading", { name: "No access yet" })).toBeVisible();
  await letSee(ana, "Analysts", { domain: "Finance", schema: "sales" });
  await letSee(bob, "Readers", { domain: "Finance" });

  await hers.goto("/domains");
  await expect(main(hers)).not.toContainText("Secret plans");
  await expect(hers.getByRole("link", { name: "Create domain" })).toHaveCount(0);
  await hers.getByRole("link", { name: "Finance" }).click();
  await expect(main(hers)).toContainText("You can see 1 schema and 2 tables in it.");
  await expect(main(hers)).not.toContainText("staff");
  await expect(hers.getByRole("heading", { name: "Who can see this" })).toHaveCount(0);
  await expect(main(hers).getByText(/^(Add schemas and tables|Change|Delete domain|Remove)/)).toHaveCount(0);
  await his.goto(finance);
  await expect(main(his)).toContainText("You can see no schema or table in this domain.");
  await expect(main(his)).not.toContainText(/sales|staff|Warehouse/);

  const pageOf = async (path: string) => {
    const answer = await hers.goto(path);
    return { status: answer?.status(), words: await main(hers).textContent() };
  };
  const nothing = await pageOf(`/domains/${randomUUID()}`);
  expect(nothing.status).toBe(404);
  for (const path of [secret, "/domains/no-id", `${secret}/edit`, `${secret}/add`, `${secret}/delete`])
    expect(await pageOf(path)).toEqual(nothing);
  for (const path of [`${finance}/edit`, `${finance}/add`, `${finance}/delete`, "/domains/new"]) {
    const denied = await pageOf(path);
    expect(denied.status).toBe(403);
    expect(denied.words).toMatch(/You need (Domain|Manage domains) \((Edit|Delete|Create)\)/);
  }

  await page.goto(finance);
  const who = page.getByRole("table", { name: "Who can see this" }).getByRole("row");
  await expect(who).toHaveCount(4);
  await expect(who.nth(1)).toContainText(/Olive Owner.*Owners: everything/);
  await expect(who.nth(2)).toContainText(/Ana Analyst.*Analysts: see this domain/);
  await expect(who.nth(3)).toContainText(/Bob Blind.*Readers: see this domain/);
  await page.getByRole("link", { name: "Warehouse" }).first().click();
  await expect(who).toHaveCount(3);
  await expect(who.nth(2)).toContainText(/Ana Analyst.*Analysts: see schema sales/);
  await hers.context().close();
  await his.context().close();
});

test("every page of a domain is accessible, also on a small phone @script", async ({ page }) => {
  const owner = await signUp(page);
  await letSourceBe(owner, "The warehouse of everything that was ever sold or sent", catalogue);
  await page.goto("/domains");
  await expectAccessible(page);
  await create(page, "");
  await expect(main(page)).toContainText("Enter a name for the domain.");
  await expectAccessible(page);
  await create(page, "Incomprehensibilities of interdepartmental responsibilities", "What nobody knows.");
  await expect(main(page)).toContainText("The domain is made.");
  const domain = new URL(page.url()).pathname;
  await expectAccessible(page);
  await add(page, "sales", "staff.pay");
  for (const path of [
    "/domains",
    domain,
    `${domain}?q=orders`,
    `${domain}?q=nothing`,
    `${domain}/edit`,
    `${domain}/add`,
    `${domain}/delete`,
  ]) {
    await page.goto(path);
    await expectAccessible(page);
  }
  await page.goto(domain);
  await comeAlive(page);
  await page.getByRole("link", { name: "Delete domain" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessible(page);
});
