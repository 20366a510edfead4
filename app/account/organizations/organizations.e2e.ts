import { type Browser, expect, type Page, test } from "@playwright/test";
import {
  anotherBrowser,
  expectAccessible,
  inviteTyped,
  joinPath,
  mailTo,
  password,
  pressRow,
  sendInvites,
  signUp,
  someone,
} from "@/lib/testing/journey";

/** Somebody who owns Acme and is a member of Globex, standing in Globex; and the browser of Globex's owner. */
const inTwo = async (page: Page, browser: Browser, javaScriptEnabled: boolean | undefined) => {
  const email = await signUp(page, "Acme");
  const globex = await anotherBrowser(browser, javaScriptEnabled);
  await signUp(globex, "Globex");
  await inviteTyped(globex, email);
  await page.goto(await joinPath(globex, email));
  await page.getByRole("button", { name: "Join your organization" }).click();
  await expect(page.getByRole("banner")).toContainText("Globex");
  return { email, globex };
};
const idOf = async (page: Page): Promise<string> => {
  await page.goto("/account/users/invite");
  return (await page.locator("input[name=organization]").first().getAttribute("value")) ?? "";
};

test("somebody in one organization is offered no switch", async ({ page }) => {
  await signUp(page);
  await expect(page.getByRole("link", { name: "Switch organization" })).toHaveCount(0);
  await page.goto("/account/organizations");
  await expect(page.getByRole("main")).toContainText("You are here");
  await expect(page.getByRole("button", { name: /Switch to/ })).toHaveCount(0);
});

test("one press on the header's link and one on Switch to lead from one organization to the other", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  await inTwo(page, browser, javaScriptEnabled);
  await page.getByRole("link", { name: "Switch organization" }).click();
  await page.getByRole("button", { name: "Switch to Acme" }).click();
  await expect(page).toHaveURL(/\/sources/);
  await expect(page.getByRole("banner")).toContainText("Acme");
  await expect(page.getByRole("link", { name: "Switch organization" })).toBeVisible();
  if (javaScriptEnabled === false) return;
  await page.goto("/account/organizations");
  await expectAccessible(page);
});

test("a link that belongs to the other organization offers the way there, and arrives where it led", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const { globex } = await inTwo(page, browser, javaScriptEnabled);
  await page.goto("/account/organizations");
  await page.getByRole("button", { name: "Switch to Acme" }).click();
  await expect(page.getByRole("banner")).toContainText("Acme");
  const acme = await idOf(page);
  const strangers = await idOf(globex);
  await page.goto("/account/organizations");
  await page.getByRole("button", { name: "Switch to Globex" }).click();
  await expect(page.getByRole("banner")).toContainText("Globex");

  const answer = await page.goto(`/account/users?status=pending&in=${acme}`);
  expect(answer?.status()).toBe(200);
  await expect(page.getByRole("heading", { level: 1, name: "This page is in Acme" })).toBeVisible();
  if (javaScriptEnabled !== false) await expectAccessible(page);
  await page.getByRole("button", { name: "Switch to Acme" }).click();
  await expect(page).toHaveURL(/\/account\/users\?status=pending&in=/);
  await expect(page.getByRole("banner")).toContainText("Acme");
  await expect(page.getByRole("heading", { level: 1, name: "User Management" })).toBeVisible();
  for (const nowhere of [crypto.randomUUID(), "nonsense"]) {
    expect((await page.goto(`/sources?in=${nowhere}`))?.status()).toBe(404);
  }
  expect((await globex.goto(`/sources?in=${acme}`))?.status()).toBe(404);
  expect((await page.goto(`/sources?in=${strangers}`))?.status()).toBe(200);
});

test("whoever is signed out comes back to the very address, organization and all", async ({ page }) => {
  const email = await signUp(page);
  const id = await idOf(page);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/signin/);
  await page.goto(`/account/users?q=ada&in=${id}`);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(new RegExp(`/account/users\\?q=ada&in=${id}`));
});

test("a form left open in another organization writes nothing, says so, and goes through after switching back", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const { globex } = await inTwo(page, browser, javaScriptEnabled);
  await page.goto("/account/organizations");
  await page.getByRole("button", { name: "Switch to Acme" }).click();
  await expect(page.getByRole("banner")).toContainText("Acme");
  // They may invite in both, so that only the form's own organization stands between the two.
  const ada = someone("ada");
  await page.goto("/account/users/invite");
  await page.getByLabel("Email addresses").fill(ada);
  const other = await page.context().newPage();
  await other.goto("/account/organizations");
  await other.getByRole("button", { name: "Switch to Globex" }).click();
  await expect(other.getByRole("banner")).toContainText("Globex");

  await page.getByRole("button", { name: sendInvites }).click();
  if (javaScriptEnabled === false) {
    // Without script the whole page is drawn anew, and they stand in Globex.
    await expect(page.getByRole("heading", { level: 1, name: "This form is for Acme" })).toBeVisible();
    await expect(page.getByRole("main")).toContainText("You are in Globex now, so nothing was sent.");
    await expect(page.getByText("You had typed:")).toHaveCount(1);
    await expect(page.getByRole("main")).toContainText(`You had typed:${ada}`);
    await page.getByRole("button", { name: "Switch to Acme" }).click();
    await expect(page.getByLabel("Email addresses")).toBeVisible();
    await expect(page.getByRole("banner")).toContainText("Acme");
  } else {
    const told = page.getByText(/This form is for Acme, but you have switched to Globex\. Nothing was changed\./);
    await expect(told).toBeVisible();
    await expect(page.getByRole("link", { name: /Your organizations/ })).toBeVisible();
    await page.getByRole("button", { name: sendInvites }).click();
    await expect(told).toBeVisible();
  }
  await globex.goto("/account/users?status=pending");
  await expect(globex.getByRole("main")).not.toContainText(ada);
  if (javaScriptEnabled === false) return;

  await other.goto("/account/organizations");
  await other.getByRole("button", { name: "Switch to Acme" }).click();
  await expect(other.getByRole("banner")).toContainText("Acme");
  await page.getByRole("button", { name: sendInvites }).click();
  await expect(page.getByRole("heading", { name: "1 invite sent" })).toBeVisible();
  expect((await mailTo(page, ada)).subject).toContain("Acme");
});

test("a press on a row left open in another organization is refused with the way back @script", async ({
  page,
  browser,
}) => {
  await inTwo(page, browser, true);
  await page.goto("/account/organizations");
  await page.getByRole("button", { name: "Switch to Acme" }).click();
  await expect(page.getByRole("banner")).toContainText("Acme");
  const ada = someone("ada");
  await inviteTyped(page, ada);
  await page.goto("/account/users?status=pending");
  const other = await page.context().newPage();
  await other.goto("/account/organizations");
  await other.getByRole("button", { name: "Switch to Globex" }).click();
  await expect(other.getByRole("banner")).toContainText("Globex");
  await page.getByRole("button", { name: `Actions for ${ada}` }).click();
  await page.getByRole("menuitem", { name: "Copy link" }).click();
  const told = page.getByRole("main").getByRole("status");
  await expect(told).toContainText("This form is for Acme, but you have switched to Globex. Nothing was changed.");
  await expect(told.getByText(/\/join\//)).toHaveCount(0);
  await expect(told.getByRole("link", { name: /Your organizations/ })).toBeVisible();
});

test("whoever is deactivated where they stand reads that they were moved, from where and why, until they have", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const { email, globex } = await inTwo(page, browser, javaScriptEnabled);
  await pressRow(globex, email, "Deactivate user", { asks: true, scripted: javaScriptEnabled !== false });
  await expect(globex.getByRole("main").getByRole("status")).toContainText("is deactivated");
  await page.goto("/account/profile");
  await expect(page.getByRole("banner")).toContainText("Acme");
  const told = page.getByText("Your account in Globex was deactivated, so you are in Acme now.");
  await expect(told).toBeVisible();
  if (javaScriptEnabled !== false) await expectAccessible(page);
  await page.goto("/sources");
  await expect(told).toBeVisible();
  await page.getByRole("button", { name: "Got it" }).click();
  await expect(told).toHaveCount(0);
  if (javaScriptEnabled !== false) await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await page.goto("/account/profile");
  await expect(told).toHaveCount(0);
});
