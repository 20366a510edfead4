import { expect, type Page, test } from "@playwright/test";
import { anotherBrowser, expectAccessible, mailTo, password, signUp, someone } from "@/lib/testing/journey";

const main = (page: Page) => page.getByRole("main");
const box = (page: Page, label: string) => page.getByLabel(label, { exact: true });
const press = (page: Page, name: string) => main(page).getByRole("button", { name, exact: true }).click();

const signIn = async (page: Page, email: string, typed: string) => {
  await box(page, "Email").fill(email);
  await box(page, "Password").fill(typed);
  await press(page, "Sign in");
};

test("a sign-up that is refused says why and keeps what was typed but the password", async ({ page }) => {
  await page.goto("/signup");
  await box(page, "Organization name").fill("Acme");
  await box(page, "Work email").fill("ada at example");
  await box(page, "Password").fill("short");
  await press(page, "Create organization");
  await expect(main(page)).toContainText("3 fields need attention.");
  await expect(main(page)).toContainText("Enter an email address like name@example.com.");
  await expect(box(page, "Organization name")).toHaveValue("Acme");
  await expect(box(page, "Work email")).toHaveValue("ada at example");
  await expect(box(page, "Password")).toHaveValue("");
});

test("signing in: one message for every failure, then the page that was asked for; signing out ends the cookie", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const email = await signUp(page);
  const other = await anotherBrowser(browser, javaScriptEnabled);
  await other.goto("/account/profile");
  await expect(other).toHaveURL("/signin?next=%2Faccount%2Fprofile");
  for (const [who, typed] of [
    [email, "not the password"],
    [someone("nobody"), password],
  ] as const) {
    await signIn(other, who, typed);
    await expect(main(other)).toContainText("Email or password is incorrect.");
    await expect(box(other, "Email")).toHaveValue(who);
    await expect(box(other, "Password")).toHaveValue("");
  }
  await signIn(other, email, password);
  await expect(other).toHaveURL("/account/profile");

  const kept = await other.context().cookies();
  await other.getByRole("banner").getByRole("button", { name: "Sign out" }).click();
  await expect(other).toHaveURL("/signin");
  await other.context().addCookies(kept);
  await other.goto("/sources");
  await expect(other).toHaveURL(/\/signin\?next=/);
  await page.goto("/sources");
  await expect(page).toHaveURL("/sources");
});

test("next= to elsewhere stays here", async ({ page, browser, javaScriptEnabled }) => {
  const email = await signUp(page);
  const other = await anotherBrowser(browser, javaScriptEnabled);
  await other.goto("/signin?next=/.//evil.test");
  await signIn(other, email, password);
  await expect(other).toHaveURL("/sources");
});

test("the profile: a new name, a new password, and the other browser is out", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const email = await signUp(page);
  const other = await anotherBrowser(browser, javaScriptEnabled);
  await other.goto("/signin");
  await signIn(other, email, password);
  await expect(other).toHaveURL("/sources");

  await page.goto("/account/profile");
  await expect(main(page).getByRole("listitem")).toHaveCount(2);
  await expect(main(page)).toContainText("This device");
  await box(page, "Your name").fill("Olive Byron");
  await press(page, "Save name");
  await expect(main(page)).toContainText("Your name is saved.");

  await box(page, "Current password").fill("not the password");
  await box(page, "New password").fill("plum harbour quilt");
  await press(page, "Change password");
  await expect(main(page)).toContainText("This isn't your current password.");
  await box(page, "Current password").fill(password);
  await box(page, "New password").fill("plum harbour quilt");
  await press(page, "Change password");
  await expect(main(page)).toContainText("Your password is changed");
  await expect(main(page).getByRole("listitem")).toHaveCount(1);
  await other.goto("/account/profile");
  await expect(other).toHaveURL(/\/signin/);
  await signIn(other, email, "plum harbour quilt");
  await expect(other).toHaveURL("/account/profile");

  await expect(main(other)).toContainText("This device is signed out too.");
  await press(other, "Sign out everywhere");
  await expect(main(other)).toContainText("You are signed out on every device.");
  await page.goto("/account/profile");
  await expect(page).toHaveURL(/\/signin/);
});

test("one other session can be signed out alone", async ({ page, browser, javaScriptEnabled }) => {
  const email = await signUp(page);
  const other = await anotherBrowser(browser, javaScriptEnabled);
  await other.goto("/signin?next=/account/profile");
  await signIn(other, email, password);
  const elsewhere = main(other).getByRole("listitem").filter({ hasNotText: "This device" });
  await elsewhere.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(main(other)).toContainText("That device is signed out.");
  await expect(main(other).getByRole("listitem")).toHaveCount(1);
  await page.goto("/sources");
  await expect(page).toHaveURL(/\/signin/);
});

test("a forgotten password: the same words for everyone, a link that works once, then signing in", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const email = await signUp(page);
  const other = await anotherBrowser(browser, javaScriptEnabled);
  for (const who of [someone("nobody"), email]) {
    await other.goto("/signin");
    await other.getByRole("link", { name: "Forgot password?" }).click();
    await box(other, "Email").fill(who);
    await press(other, "Send reset link");
    await expect(main(other)).toContainText(
      `If ${who} has an account here, a link to choose a new password is on its way.`,
    );
  }
  const { links } = await mailTo(page, email);
  const path = new URL(links.find((link) => link.includes("/reset-password/")) ?? "").pathname;

  await other.goto(path);
  await press(other, "Change password");
  await expect(main(other)).toContainText("Choose a password.");
  await box(other, "New password").fill("plum harbour quilt");
  await press(other, "Change password");
  await expect(main(other)).toContainText("Your password is changed and you are signed out everywhere.");
  await page.goto("/sources");
  await expect(page).toHaveURL(/\/signin/);
  await other.goto(path);
  await expect(main(other)).toContainText("This link can't be used any more");
  await other.goto("/signin");
  await signIn(other, email, "plum harbour quilt");
  await expect(other).toHaveURL("/sources");
});

test("damaged links say so, with 404", async ({ page }) => {
  for (const path of ["/reset-password/nothing", "/signup/nothing", "/signup/7b0f8f0e-0000-4000-8000-000000000000"]) {
    const answer = await page.goto(path);
    expect(answer?.status()).toBe(404);
    await expect(main(page)).not.toBeEmpty();
  }
});

for (const path of ["/signup", "/signin", "/forgot-password", "/reset-password/nothing"]) {
  test(`${path} can be read by everyone @script`, async ({ page }) => {
    await page.goto(path);
    await expectAccessible(page);
  });
}

test("a refused sign-up can be read by everyone @script", async ({ page }) => {
  await page.goto("/signup");
  await press(page, "Create organization");
  await expect(main(page)).toContainText("4 fields need attention.");
  await expectAccessible(page);
});

test("the profile can be read by everyone @script", async ({ page }) => {
  await signUp(page);
  await page.goto("/account/profile");
  await expectAccessible(page);
});
