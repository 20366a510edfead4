import { expect, test } from "@playwright/test";
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

test("a new organization says that it is just you, and offers to invite", async ({ page }) => {
  await signUp(page);
  await page.goto("/account/users");
  await expect(page.getByText("It's just you so far. Invite people to your organization.")).toBeVisible();
  await page.getByRole("link", { name: "Invite Users" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Invite Users" })).toBeVisible();
  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(page).toHaveURL(/\/account\/users$/);
});

test("good addresses go out, bad ones stay in the form, and mending them sends the rest", async ({
  page,
  javaScriptEnabled,
}) => {
  await signUp(page);
  const [ada, bob] = [someone("ada"), someone("bob")];
  await inviteTyped(page, `Ada Lovelace <${ada}>, bob@@example.org`);
  await expect(page.getByRole("heading", { name: "1 invite sent, 1 needs attention" })).toBeVisible();
  await expect(page.getByRole("row", { name: /bob@@example\.org/ })).toContainText("Not an email address");
  await page.getByText("Invite more").click();
  await expect(page.locator("[name=addresses]")).toHaveValue("bob@@example.org");
  if (javaScriptEnabled !== false) await page.getByRole("button", { name: /^bob@@example\.org/ }).click();
  await page.getByLabel("Email addresses").fill(bob);
  await page.getByRole("button", { name: sendInvites }).click();
  await expect(page.getByRole("heading", { name: "1 invite sent", exact: true })).toBeVisible();
  await page.goto("/account/users");
  await expect(page.getByRole("row", { name: new RegExp(ada) })).toBeVisible();
  await expect(page.getByRole("row", { name: new RegExp(bob) })).toBeVisible();
});

test("an empty form is refused with a sentence", async ({ page }) => {
  await signUp(page);
  await page.goto("/account/users/invite");
  await page.getByRole("button", { name: "Send invites" }).click();
  await expect(page.getByLabel("Email addresses")).toHaveAccessibleDescription(/Type at least one email address\./);
});

test("inviting somebody twice says Already invited", async ({ page }) => {
  await signUp(page);
  const ada = someone("ada");
  await inviteTyped(page, ada);
  await inviteTyped(page, ada);
  await expect(page.getByRole("heading", { name: "No invites sent, 1 needs attention" })).toBeVisible();
  await expect(page.getByRole("row", { name: new RegExp(ada) })).toContainText("Already invited");
});

test("who may not invite sees no button, and is told which permission is missing and whom to ask", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  await signUp(page);
  const email = someone("nora");
  await inviteTyped(page, email);
  const theirs = await anotherBrowser(browser, javaScriptEnabled);
  await join(theirs, await joinPath(page, email));
  await theirs.goto("/account");
  await expect(theirs).toHaveURL(/\/account\/profile/);
  await expect(theirs.getByRole("link", { name: "User Management" })).toHaveCount(0);
  for (const [address, permission] of [
    ["/account/users", "Manage access for organization (Read-only)"],
    ["/account/users/invite", "Manage access for organization (Create)"],
  ] as const) {
    const answer = await theirs.goto(address);
    expect(answer?.status()).toBe(403);
    await expect(theirs.getByRole("main")).toContainText(`You need ${permission}. Ask an Owner: Olive Owner.`);
  }
});

test("whoever is signed out is asked to sign in, and comes back", async ({ page }) => {
  await page.goto("/account/users");
  await expect(page).toHaveURL(/\/signin\?next=/);
});

test("the pages of User Management are accessible @script", async ({ page }) => {
  await signUp(page);
  await page.goto("/account/users");
  await expectAccessible(page);
  await page.goto("/account/users/invite");
  await expectAccessible(page);
  await inviteTyped(page, `${someone("ada")}, nonsense, ${someone("bob")}`);
  await expectAccessible(page);
  await page.goto("/account/users");
  await expectAccessible(page);
});

test("inviting works by keyboard alone, and the result is where focus goes @script", async ({ page }) => {
  await signUp(page);
  await page.goto("/account/users");
  const invite = page.getByRole("link", { name: "Invite Users" });
  for (
    let presses = 0;
    presses < 30 && !(await invite.evaluate((link) => link === document.activeElement));
    presses++
  ) {
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Email addresses")).toBeVisible();
  const field = page.getByLabel("Email addresses");
  for (let presses = 0; presses < 30 && !(await field.evaluate((box) => box === document.activeElement)); presses++) {
    await page.keyboard.press("Tab");
  }
  await page.keyboard.type(someone("ada"));
  const send = page.getByRole("button", { name: "Send 1 invite", exact: true });
  for (let presses = 0; presses < 10 && !(await send.evaluate((one) => one === document.activeElement)); presses++) {
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "1 invite sent" })).toBeFocused();
});
