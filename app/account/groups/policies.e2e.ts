import { type Browser, expect, type Page, test } from "@playwright/test";
import { anotherBrowser, expectAccessible, inviteTyped, join, joinPath, signUp, someone } from "@/lib/testing/journey";
import { letHold, letPeopleJoin, letSourceBe } from "@/lib/testing/seeds";

const createGroup = async (page: Page, name: string, member = "Olive Owner"): Promise<string> => {
  await page.goto("/account/groups/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("checkbox", { name: member }).check();
  await page.getByRole("button", { name: "Create group" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  return new URL(page.url()).pathname;
};

const allow = async (page: Page, group: string, box: RegExp) => {
  await page.goto(`${group}/policies/administrative`);
  await page.getByRole("checkbox", { name: box }).check();
  await page.getByRole("button", { name: "See what changes" }).click();
  await page.getByRole("button", { name: "Save policies" }).click();
  await expect(page.getByRole("status").getByText("The policies are saved.")).toBeVisible();
};

/** Another person's browser, who has joined and holds these rights alone. */
const joined = async (page: Page, browser: Browser, olive: string, scripted: boolean | undefined, rights: string[]) => {
  const nora = someone("nora");
  await inviteTyped(page, nora);
  const hers = await anotherBrowser(browser, scripted);
  await join(hers, await joinPath(page, nora));
  await letHold(olive, nora, rights);
  return hers;
};

test("whoever may only add policies sees those there are ticked and fixed, and adds one", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const olive = await signUp(page);
  const group = await createGroup(page, "Data Analyst");
  await allow(page, group, /see and export the audit log/);
  const hers = await joined(page, browser, olive, javaScriptEnabled, ["groups.create"]);
  await hers.goto(group);
  await hers.getByRole("link", { name: "Add administrative policies" }).click();
  await expect(hers.getByText("You may add policies. What the group has already stays")).toBeVisible();
  const fixed = hers.getByRole("checkbox", { name: /see and export the audit log/ });
  await expect(fixed).toBeChecked();
  await expect(fixed).toBeDisabled();
  await expect(hers.getByRole("checkbox", { name: /invite users/ })).toBeDisabled();
  await hers.getByRole("checkbox", { name: /see groups/ }).check();
  await hers.getByRole("button", { name: "See what changes" }).click();
  await expect(hers.getByRole("heading", { name: "The group will allow" })).toBeVisible();
  await hers.getByRole("button", { name: "Save policies" }).click();
  await expect(hers.getByRole("status").getByText("The policies are saved.")).toBeVisible();
  for (const words of ["See groups", "See and export the audit log"])
    await expect(hers.getByRole("listitem").filter({ hasText: words })).toBeVisible();
  await hers.context().close();
});

test("whoever may only remove policies is asked first, and told whom it touches", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const olive = await signUp(page);
  await letPeopleJoin(olive, ["Ada Analyst"]);
  const group = await createGroup(page, "Data Analyst", "Ada Analyst");
  await allow(page, group, /see and export the audit log/);
  const hers = await joined(page, browser, olive, javaScriptEnabled, ["groups.delete"]);
  await hers.goto(group);
  await expect(hers.getByRole("link", { name: /Add|Change/ })).toHaveCount(0);
  await hers.getByRole("link", { name: "Remove policy See and export the audit log" }).click();
  await expect(hers).toHaveTitle("Remove policy – Data Analyst – Group Management – Acme");
  await expect(hers.getByRole("heading", { level: 1 })).toHaveText("Remove a policy from Data Analyst?");
  await expect(hers.getByRole("main")).toContainText("will no longer allow this: See and export the audit log");
  await expect(hers.getByRole("main")).toContainText("1 person loses at once:");
  if (javaScriptEnabled !== false) await expectAccessible(hers);
  await hers.getByRole("button", { name: "Remove policy" }).click();
  await expect(hers.getByRole("status").getByText("The policy is taken away.")).toBeVisible();
  await expect(hers.getByText("None yet: being in this group lets nobody see or do anything.")).toBeVisible();
  await hers.context().close();
});

test("policies on more than fits are searched for, and what is ticked or cleared out of sight is saved too", async ({
  page,
}) => {
  const olive = await signUp(page);
  await letPeopleJoin(olive, ["Ada Analyst"]);
  const tables = Array.from({ length: 60 }, (_, n) => `day_${n + 10}`);
  const source = await letSourceBe(olive, "Snowflake", { sales: tables });
  const group = await createGroup(page, "Data Analyst");
  const editor = `${group}/policies/sources/${source}`;
  const find = async (words: string) => {
    await page.getByLabel("Find schemas and tables").fill(words);
    await page.getByRole("button", { name: "Search" }).click();
    await expect(page.getByText(`match “${words}”`)).toBeVisible();
  };
  const read = (name: string) => page.getByRole("checkbox", { name: new RegExp(`^sales\\.${name}, Read-only`) });
  await page.goto(editor);
  await find("sales.day_1");
  for (let n = 10; n < 20; n++) await read(`day_${n}`).check();
  await find("sales.day_2");
  for (let n = 20; n < 30; n++) await read(`day_${n}`).check();
  await page.getByRole("button", { name: "See what changes" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "And 12 more" })).toBeVisible();
  await page.getByRole("button", { name: "Save policies" }).click();
  await expect(page.getByRole("status").getByText("The policies are saved.")).toBeVisible();

  await page.goto(editor);
  await expect(page.getByText("5 more have something ticked and are not shown.")).toBeVisible();
  await find("day_29");
  await read("day_29").uncheck();
  await find("day_6");
  await expect(read("day_29")).not.toBeChecked();
  await page.getByRole("button", { name: "See what changes" }).click();
  await expect(page.getByRole("heading", { name: "The group will no longer allow" })).toBeVisible();
  await page.getByRole("button", { name: "Save policies" }).click();
  await expect(page.getByRole("status").getByText("The policies are saved.")).toBeVisible();
  await page.goto(`${group}/policies`);
  await expect(page.getByText("19 policies.")).toBeVisible();
  await page.getByLabel("Source, schema, table, domain or what is allowed").fill("day_28");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "See table sales.day_28 of Snowflake" })).toBeVisible();
  await expect(page.getByText("1 policy with “day_28”.")).toBeVisible();
});

test("the list of policies and an editor of a disabled source are accessible @script", async ({ page }) => {
  test.slow();
  const olive = await signUp(page);
  const source = await letSourceBe(olive, "Snowflake", { sales: ["orders"] });
  const group = await createGroup(page, "Data Analyst");
  await allow(page, group, /see and export the audit log/);
  await page.goto(`${group}/policies`);
  await expectAccessible(page);
  await page.goto(`${group}/policies/sources/${source}`);
  await expectAccessible(page);
  await page.goto("/account/groups/new");
  await page.getByLabel("Name or address").fill("olive");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByText("1 person matches “olive”.")).toBeVisible();
  await expectAccessible(page);
});
