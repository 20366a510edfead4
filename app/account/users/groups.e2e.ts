import { expect, type Page, test } from "@playwright/test";
import { groupsOf, letThereBeGroup } from "@/lib/testing/groups";
import { anotherBrowser, expectAccessible, inviteTyped, join, joinPath, signUp, someone } from "@/lib/testing/journey";
import { letHold, letPeopleJoin } from "@/lib/testing/seeds";

/** An organization with a group of analysts, and one that allows more. */
const begin = async (page: Page) => {
  const olive = await signUp(page);
  await letThereBeGroup(olive, "Data Analyst", [{ schema: "sales", of: "Snowflake" }]);
  await letThereBeGroup(olive, "Administrator", ["access.create", "access.edit", "groups.edit"]);
  return olive;
};

/** Goes to the groups of a row by its menu, or without script by the row's own page. */
const openGroups = async (page: Page, email: string, item: string, scripted: boolean | undefined) => {
  await page.goto(`/account/users?q=${encodeURIComponent(email)}`);
  const name = `Actions for ${email}`;
  if (scripted ?? true) {
    await page.getByRole("button", { name }).click();
    await page.getByRole("menuitem", { name: item }).click();
  } else {
    await page.getByRole("link", { name }).click();
    await page.getByRole("link", { name: item }).click();
  }
  await expect(page.getByRole("heading", { level: 1, name: item })).toBeVisible();
};

const tick = (page: Page, name: string) => page.getByRole("checkbox", { name });
const save = (page: Page) => page.getByRole("button", { name: "Save groups" }).click();

test("the groups of an invite are changed, its history says so, and the link that is out gives the new ones", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  await begin(page);
  const ada = someone("ada");
  await inviteTyped(page, ada);
  await openGroups(page, ada, "Change groups", javaScriptEnabled);
  await expect(page.getByText("New users can't see any sources or domains")).toBeVisible();
  await tick(page, "Data Analyst").check();
  await save(page);
  await expect(page.getByRole("status")).toContainText(`${ada} will join Data Analyst.`);
  await expect(tick(page, "Data Analyst")).toBeChecked();
  await page.getByRole("link", { name: "Back", exact: true }).click();
  await expect(page.getByText("Groups changed (Data Analyst), by Olive Owner")).toBeVisible();

  const theirs = await anotherBrowser(browser, javaScriptEnabled);
  const path = await joinPath(page, ada);
  await theirs.goto(path);
  await expect(theirs.getByText("see schema sales of Snowflake")).toBeVisible();
  await join(theirs, path, "Ada Analyst");
  expect(await groupsOf(ada)).toEqual(["Data Analyst"]);
});

test("the groups of an invite that has ended can't be changed any more", async ({ page, javaScriptEnabled }) => {
  await begin(page);
  const ada = someone("ada");
  await inviteTyped(page, ada);
  await openGroups(page, ada, "Change groups", javaScriptEnabled);
  const own = new URL(page.url());
  own.pathname = own.pathname.replace("/groups", "");
  own.searchParams.set("ask", "revoke");
  const other = await page.context().newPage();
  await other.goto(own.href);
  const question = other.getByRole("region", { name: `Revoke the invite for ${ada}?` });
  await question.getByRole("button", { name: "Revoke invite" }).click();
  await expect(other.getByText("is revoked").first()).toBeVisible();
  await tick(page, "Data Analyst").check();
  await save(page);
  await expect(page.getByText("This invite is no longer open").first()).toBeVisible();
  expect(await groupsOf(ada)).toEqual([]);
});

test("a member is put into groups and taken out, and their page says what they can do and through which group", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  await begin(page);
  const nora = someone("nora");
  await inviteTyped(page, nora);
  await join(await anotherBrowser(browser, javaScriptEnabled), await joinPath(page, nora));
  await page.goto("/account/users?group=none");
  await expect(page.getByRole("row").filter({ hasText: nora })).toContainText("No group");
  await openGroups(page, nora, "Manage groups", javaScriptEnabled);
  await tick(page, "Data Analyst").check();
  await tick(page, "Administrator").check();
  await save(page);
  await expect(page.getByRole("status")).toContainText("Nora New is in Administrator and Data Analyst.");
  await page.getByRole("link", { name: "Back", exact: true }).click();
  const line = page.getByRole("table", { name: "Effective access" }).getByRole("row");
  await expect(line.filter({ hasText: "See schema sales of Snowflake" })).toContainText("Data Analyst");
  await expect(line.filter({ hasText: "See users and invitations" })).toContainText("Administrator");
  await openGroups(page, nora, "Manage groups", javaScriptEnabled);
  await tick(page, "Administrator").uncheck();
  await tick(page, "Data Analyst").uncheck();
  await save(page);
  await expect(page.getByRole("status")).toContainText("Nora New is in no group. They see no sources or domains now.");
  expect(await groupsOf(nora)).toEqual([]);
});

test("what somebody else did to a member's groups since the form was opened stands", async ({
  page,
  javaScriptEnabled,
}) => {
  const olive = await begin(page);
  const [nora = ""] = await letPeopleJoin(olive, ["Nora New"]);
  const other = await page.context().newPage();
  for (const tab of [page, other]) await openGroups(tab, nora, "Manage groups", javaScriptEnabled);
  await tick(other, "Administrator").check();
  await save(other);
  await expect(other.getByRole("status")).toContainText("Nora New is in Administrator.");
  await tick(page, "Data Analyst").check();
  await save(page);
  await expect(page.getByRole("status")).toContainText("Nora New is in Administrator and Data Analyst.");
  await expect(tick(page, "Administrator")).toBeChecked();
  expect(await groupsOf(nora)).toEqual(["Administrator", "Data Analyst"]);
});

test("a group that an invite was given meanwhile, and that whoever saves can't hand out, is named, and then shown to be cleared", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const olive = await begin(page);
  await letThereBeGroup(olive, "Empty");
  const [ada, mia] = [someone("ada"), someone("mia")];
  await inviteTyped(page, `${ada}, ${mia}`);
  const hers = await anotherBrowser(browser, javaScriptEnabled);
  await join(hers, await joinPath(page, mia), "Mia Manager");
  await letHold(olive, mia, ["access.read", "groups.edit"]);
  await openGroups(hers, ada, "Change groups", javaScriptEnabled);
  await expect(tick(hers, "Administrator")).toHaveCount(0);
  await openGroups(page, ada, "Change groups", javaScriptEnabled);
  await tick(page, "Administrator").check();
  await save(page);
  await expect(page.getByRole("status")).toContainText(`${ada} will join Administrator.`);

  await tick(hers, "Empty").check();
  await save(hers);
  const refusal = "Administrator allows more than you may do yourself, so you can't hand it out.";
  await expect(hers.getByRole("main")).toContainText(refusal);
  expect(await groupsOf(ada)).toEqual(["Administrator"]);
  for (const name of ["Administrator", "Empty"]) await expect(tick(hers, name)).toBeChecked();
  await tick(hers, "Administrator").uncheck();
  await save(hers);
  await expect(hers.getByRole("status")).toContainText(`${ada} will join Empty.`);
  expect(await groupsOf(ada)).toEqual(["Empty"]);
});

test("somebody who manages groups is offered those alone that allow no more than they may do, and Owners stay", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const olive = await begin(page);
  await letThereBeGroup(olive, "Empty");
  const nora = someone("nora");
  await inviteTyped(page, nora);
  const theirs = await anotherBrowser(browser, javaScriptEnabled);
  await join(theirs, await joinPath(page, nora));
  await openGroups(page, nora, "Manage groups", javaScriptEnabled);
  await tick(page, "Administrator").check();
  await save(page);
  await expect(page.getByRole("status")).toContainText("Nora New is in Administrator.");
  await openGroups(theirs, olive, "Manage groups", javaScriptEnabled);
  await expect(theirs.getByRole("checkbox")).toHaveCount(3);
  await expect(tick(theirs, "Owners")).toBeDisabled();
  await expect(tick(theirs, "Data Analyst")).toHaveCount(0);
  await tick(theirs, "Empty").check();
  await save(theirs);
  await expect(theirs.getByRole("status")).toContainText("is in Owners and Empty.");
  expect(await groupsOf(olive)).toEqual(["Empty", "Owners"]);
});

test("the forms of groups and a member's access are accessible @script", async ({ page, browser }) => {
  await begin(page);
  const nora = someone("nora");
  await inviteTyped(page, nora);
  await openGroups(page, nora, "Change groups", true);
  await expectAccessible(page);
  await join(await anotherBrowser(browser, true), await joinPath(page, nora));
  await page.setViewportSize({ width: 1280, height: 800 });
  await openGroups(page, nora, "Manage groups", true);
  await tick(page, "Administrator").check();
  await save(page);
  await expect(page.getByRole("status")).toContainText("Nora New is in Administrator.");
  await expectAccessible(page);
  await page.getByRole("link", { name: "Back", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Effective access" })).toBeVisible();
  await expectAccessible(page);
});
