import { expect, type Page, test } from "@playwright/test";
import { comeAlive, signUp } from "@/lib/testing/journey";
import { letPeopleJoin } from "@/lib/testing/seeds";

// What came of a press on a group is said, the latest alone, and focus stays where it was pressed.

const createGroup = async (page: Page, name: string) => {
  await page.goto("/account/groups/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("checkbox", { name: /^Olive Owner/ }).check();
  await page.getByRole("button", { name: "Create group" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
};
const add = (page: Page) => page.getByRole("button", { name: "Add to group" });

test("a later press is what is said, not one that was refused before @script", async ({ page }) => {
  await letPeopleJoin(await signUp(page), ["Ada Analyst"]);
  await createGroup(page, "Data Analyst");
  await comeAlive(page);
  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  await page.getByRole("link", { name: "Delete group" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete group" }).click();
  await expect(page.getByRole("status").first()).toContainText("You are signed out, and nothing was changed.");
  await expect(page.getByRole("link", { name: "Sign in (opens a new tab)" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Delete group" })).toBeFocused();
  await page.context().addCookies(cookies);
  await page.getByRole("checkbox", { name: /^Ada Analyst/ }).check();
  await add(page).click();
  await expect(page.getByRole("status").first()).toContainText("In the group now: Ada Analyst.");
  await expect(page.getByText("You are signed out")).toHaveCount(0);
});

test("Escape and Cancel give focus back to what asked @script", async ({ page }) => {
  await signUp(page);
  await createGroup(page, "Data Analyst");
  await comeAlive(page);
  for (const name of ["Delete group", "Remove Olive Owner"]) {
    for (const way of ["Escape", "Enter"]) {
      await page.getByRole("link", { name }).click();
      await expect(page.getByRole("dialog").getByRole("button", { name: "Cancel" })).toBeFocused();
      await page.keyboard.press(way);
      await expect(page.getByRole("dialog")).toHaveCount(0);
      await expect(page.getByRole("link", { name })).toBeFocused();
    }
  }
});

test("details that are refused are not called saved, whatever the address says", async ({ page }) => {
  await signUp(page);
  await createGroup(page, "Data Analyst");
  const save = async (name: string) => {
    await page.getByLabel("Name", { exact: true }).fill(name);
    await page.getByRole("button", { name: "Save details" }).click();
  };
  await save("Analysts");
  await expect(page.getByText("The details are saved.")).toBeVisible();
  await save("owners");
  await expect(page.getByLabel("Name", { exact: true })).toHaveAccessibleDescription(/name/);
  await expect(page.getByText("The details are saved.")).toHaveCount(0);
  await save("Scientists");
  await expect(page.getByRole("heading", { level: 1, name: "Scientists" })).toBeVisible();
  await expect(page.getByText("The details are saved.")).toBeVisible();
});

test("adding nobody says so beside the boxes", async ({ page }) => {
  await letPeopleJoin(await signUp(page), ["Ada Analyst"]);
  await createGroup(page, "Data Analyst");
  await add(page).click();
  await expect(page.getByRole("group", { name: "People who aren't in the group" })).toHaveAccessibleDescription(
    /Tick at least one person\./,
  );
});

test("who was taken out and is put back is not asked about again", async ({ page, javaScriptEnabled }) => {
  await signUp(page);
  await createGroup(page, "Data Analyst");
  await page.getByRole("link", { name: "Remove Olive Owner" }).click();
  await page.getByRole("button", { name: "Remove from group" }).click();
  await expect(page.getByRole("status").first()).toContainText("Olive Owner is out of the group.");
  if (javaScriptEnabled === false) await expect(page).toHaveURL(/ask=/);
  await page.getByRole("checkbox", { name: /^Olive Owner/ }).check();
  await add(page).click();
  await expect(page.getByRole("status").first()).toContainText("In the group now: Olive Owner.");
  await expect(page.getByRole("heading", { name: /^Remove Olive Owner from/ })).toHaveCount(0);
});

test("Enter in the name makes the group, in the search it searches @script", async ({ page }) => {
  await letPeopleJoin(await signUp(page), ["Ada Analyst"]);
  await page.goto("/account/groups/new");
  await page.getByLabel("Name or address").fill("ada");
  await page.keyboard.press("Enter");
  await expect(page.getByText("1 person matches “ada”.")).toBeVisible();
  await page.getByRole("checkbox", { name: /^Ada Analyst/ }).check();
  await page.getByLabel("Name", { exact: true }).fill("Data Analyst");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Data Analyst" })).toBeVisible();
});
