import { expect, type Page, test } from "@playwright/test";
import { comeAlive, signUp } from "@/lib/testing/journey";
import { letDomainBe, letSourceBe } from "@/lib/testing/seeds";

const main = (page: Page) => page.getByRole("main");

test("a refused save is said where a saved one was, and not both", async ({ page }) => {
  const olive = await signUp(page);
  await letSourceBe(olive, "Snowflake", { sales: [] });
  await page.goto("/sources");
  await page.getByRole("link", { name: "Snowflake" }).click();
  await page.getByRole("link", { name: "sales" }).click();
  const save = async (tags: string) => {
    await page.getByRole("textbox", { name: "Tags" }).fill(tags);
    await page.getByRole("button", { name: "Save details" }).click();
  };
  await save("gold");
  await expect(main(page)).toContainText("Your changes are saved.");
  await save(Array.from({ length: 21 }, (_, at) => `tag${at}`).join());
  await expect(page.getByRole("textbox", { name: "Tags" })).toHaveAccessibleDescription(/Use at most 20 tags/);
  await expect(main(page)).not.toContainText("Your changes are saved.");
  await save("silver");
  await expect(main(page)).toContainText("Your changes are saved.");
  await expect(page.getByRole("list", { name: "Tags" })).toHaveText("silver");
});

test("a press by somebody signed out meanwhile says so, with the way to sign in @script", async ({ page }) => {
  const olive = await signUp(page);
  await letSourceBe(olive, "Snowflake", { sales: [] });
  await page.goto("/sources");
  await page.getByRole("link", { name: "Snowflake" }).click();
  await comeAlive(page);
  await page.context().clearCookies();
  await page.getByRole("link", { name: "Disable" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Disable source" }).click();
  await expect(page.getByRole("status")).toContainText("You are signed out, and nothing was changed.");
  await expect(page.getByRole("status").getByRole("link", { name: "Sign in (opens a new tab)" })).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Disable" })).toBeFocused();
});

test("Escape gives focus back to what asked whether to delete @script", async ({ page }) => {
  const olive = await signUp(page);
  await letSourceBe(olive, "Snowflake", { sales: [] });
  await letDomainBe(olive, "Finance");
  for (const [list, name, press] of [
    ["/sources", "Snowflake", "Delete source"],
    ["/domains", "Finance", "Delete domain"],
  ] as const) {
    await page.goto(list);
    await page.getByRole("link", { name }).click();
    await comeAlive(page);
    const link = page.getByRole("link", { name: press });
    await link.click();
    await expect(page.getByRole("dialog").getByRole("button", { name: "Cancel" })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(link).toBeFocused();
  }
});

test("an address of a page that nothing stands on any more shows the first one", async ({ page }) => {
  const olive = await signUp(page);
  await letSourceBe(olive, "Snowflake", { sales: [] });
  await letDomainBe(olive, "Finance");
  const gone = "after=zzzz~ffffffff-ffff-4fff-bfff-ffffffffffff";
  for (const [list, name] of [
    ["/sources", "Snowflake"],
    ["/domains", "Finance"],
  ] as const) {
    await page.goto(`${list}?${gone}`);
    await expect(page.getByRole("link", { name, exact: true })).toBeVisible();
    await expect(main(page)).not.toContainText("No access yet");
  }
  await page.goto("/sources");
  await page.getByRole("link", { name: "Snowflake" }).click();
  await page.goto(`${new URL(page.url()).pathname}?${gone}`);
  await expect(page.getByRole("link", { name: "sales" })).toBeVisible();
});
