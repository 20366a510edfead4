import { expect, type Page, test } from "@playwright/test";
import { groupsOf, letThereBeGroup } from "@/lib/testing/groups";
import {
  anotherBrowser,
  expectAccessible,
  inviteTyped,
  join,
  joinPath,
  sendInvites,
  signUp,
  someone,
} from "@/lib/testing/journey";

const nothingYet = (page: Page) =>
  page.getByText("New users can't see any sources or domains until a group gives them access.");

/** An organization with a group of analysts, and the invite form in sight. */
const formOf = async (page: Page) => {
  const olive = await signUp(page);
  await letThereBeGroup(olive, "Data Analyst", [{ schema: "sales", of: "Snowflake" }, "access.create"]);
  await page.goto("/account/users/invite");
  return olive;
};

test("groups are chosen with the invite, each with what it lets people see", async ({ page }) => {
  await formOf(page);
  const groups = page.getByRole("group", { name: "Groups (optional)" });
  await expect(groups.getByRole("checkbox")).toHaveCount(2);
  await expect(groups.getByRole("checkbox", { name: "Owners" })).toHaveAccessibleDescription(
    /Everything in this organization.*changing or removing your access/,
  );
  const analysts = groups.getByRole("checkbox", { name: "Data Analyst" });
  await expect(analysts).toHaveAccessibleDescription("See schema sales of Snowflake and invite users");
  await expect(nothingYet(page)).toBeVisible();
  await analysts.check();
  await expect(nothingYet(page)).toBeHidden();
  const ada = someone("ada");
  await page.getByLabel("Email addresses").fill(ada);
  await page.getByRole("button", { name: sendInvites }).click();
  await expect(page.getByRole("heading", { name: "1 invite sent" })).toBeVisible();
  expect(await groupsOf(ada)).toEqual(["Data Analyst"]);
});

test("what was ticked is still ticked after a refusal, and behind Invite more", async ({ page }) => {
  await formOf(page);
  await page.getByRole("checkbox", { name: "Data Analyst" }).check();
  await page.getByRole("button", { name: sendInvites }).click();
  await expect(page.getByText("Type at least one email address.").filter({ visible: true }).first()).toBeVisible();
  await expect(page.getByRole("checkbox", { name: "Data Analyst" })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: "Owners" })).not.toBeChecked();
  await page.getByLabel("Email addresses").fill(`${someone("ada")}, bob@@example.org`);
  await page.getByRole("button", { name: sendInvites }).click();
  await page.getByText("Invite more").click();
  await expect(page.getByRole("checkbox", { name: "Data Analyst" })).toBeChecked();
});

test("what was ticked survives a reload @script", async ({ page }) => {
  await formOf(page);
  await page.getByRole("checkbox", { name: "Data Analyst" }).check();
  await page.reload();
  await expect(page.getByRole("checkbox", { name: "Data Analyst" })).toBeChecked();
});

test("who may invite and not hand out groups is offered none, and told what that means", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const olive = await formOf(page);
  await letThereBeGroup(olive, "Recruiters", ["access.create", "access.read"]);
  await page.reload();
  const nora = someone("nora");
  await page.getByLabel("Email addresses").fill(nora);
  await page.getByRole("checkbox", { name: "Recruiters" }).check();
  await page.getByRole("button", { name: sendInvites }).click();
  await expect(page.getByRole("heading", { name: "1 invite sent" })).toBeVisible();
  const theirs = await anotherBrowser(browser, javaScriptEnabled);
  await join(theirs, await joinPath(page, nora));
  await theirs.goto("/account/users/invite");
  await expect(nothingYet(theirs)).toBeVisible();
  await expect(theirs.getByRole("checkbox")).toHaveCount(0);
  const bob = someone("bob");
  await inviteTyped(theirs, bob);
  expect(await groupsOf(bob)).toEqual([]);
});

test("the form with groups is accessible @script", async ({ page }) => {
  await formOf(page);
  await expectAccessible(page);
});
