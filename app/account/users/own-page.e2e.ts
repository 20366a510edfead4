import { expect, test } from "@playwright/test";
import { anotherBrowser, inviteTyped, join, joinPath, password, signUp, someone } from "@/lib/testing/journey";
import { confirm, rowOf, view } from "@/lib/testing/rows";
import { letHold } from "@/lib/testing/seeds";

test("an invite is revoked on its own page after a question, and its history tells so", async ({
  page,
  javaScriptEnabled,
}) => {
  await signUp(page);
  const ada = someone("ada");
  await inviteTyped(page, ada);
  await page.goto("/account/users?status=pending");
  await view(page, ada, javaScriptEnabled);
  await expect(page.getByText("Olive Owner").first()).toBeVisible();
  await page.getByRole("button", { name: "Revoke invite" }).click();
  await confirm(page, `Revoke the invite for ${ada}?`, "Revoke invite", javaScriptEnabled);
  await expect(page.getByRole("status")).toContainText(`The invite for ${ada} is revoked.`);
  await expect(page.getByText("Revoked, by Olive Owner")).toBeVisible();
  await expect(page.getByRole("button", { name: "Revoke invite" })).toHaveCount(0);
  await page.getByRole("link", { name: "Back to User Management" }).click();
  await expect(page).toHaveURL(/status=pending/);
  await page.getByRole("link", { name: "History 1" }).click();
  await expect(rowOf(page, ada)).toContainText("Revoked");
  await inviteTyped(page, ada);
  await expect(rowOf(page, ada)).toContainText("Invited");
});

test("the link of an invite is shown once asked for; sending again at once is refused with the time", async ({
  page,
  javaScriptEnabled,
}) => {
  await signUp(page);
  const ada = someone("ada");
  await inviteTyped(page, ada);
  await page.goto("/account/users");
  await view(page, ada, javaScriptEnabled);
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect(page.getByRole("status")).toContainText(`This is the link for ${ada}.`);
  await expect(page.getByRole("status").getByText(/\/join\//)).toBeVisible();
  await expect(page.getByText("Link shown, by Olive Owner")).toBeVisible();
  await page.getByRole("button", { name: "Resend invite" }).click();
  await expect(page.getByRole("status")).toContainText(
    /This invite was sent a moment ago\. You can send it again in \d+ minutes?\./,
  );
});

test("own pages carry the name in their title, and whoever signs in first comes back to exactly that page", async ({
  page,
  javaScriptEnabled,
}) => {
  const olive = await signUp(page);
  const ada = someone("ada");
  await inviteTyped(page, ada);
  const titles = { [olive]: "Olive Owner – User Management – Acme", [ada]: `${ada} – User Management – Acme` };
  for (const [email, title] of Object.entries(titles)) {
    await page.goto("/account/users?sort=-joined");
    await view(page, email, javaScriptEnabled);
    await expect(page).toHaveTitle(title);
    const address = page.url();
    await page.context().clearCookies();
    await page.goto(address);
    await expect(page).toHaveURL(/\/signin\?next=/);
    await expect(page).not.toHaveTitle(new RegExp(email));
    await page.getByLabel("Email").fill(olive);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL(address);
    await expect(page).toHaveTitle(title);
  }
});

test("a member is deactivated and re-activated; they are out at their next request", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  await signUp(page);
  const nora = someone("nora");
  await inviteTyped(page, nora);
  const theirs = await anotherBrowser(browser, javaScriptEnabled);
  await join(theirs, await joinPath(page, nora));
  await page.goto("/account/users");
  await view(page, nora, javaScriptEnabled);
  await page.getByRole("button", { name: "Deactivate user" }).click();
  await expect(page.getByText(/^Nora New \(\S+\) will be out of Acme right away on every device/)).toBeVisible();
  await confirm(page, "Deactivate Nora New?", "Deactivate user", javaScriptEnabled);
  await expect(page.getByRole("status")).toContainText("Nora New is deactivated.");
  await theirs.goto("/sources");
  await expect(theirs.getByRole("button", { name: "Sign out" })).toHaveCount(0);
  await page.getByRole("button", { name: "Re-activate user" }).click();
  await expect(page.getByRole("status")).toContainText("Nora New is active again");
  await expect(page.getByText("Deactivate Nora New?")).toHaveCount(0);
  await page.goto("/account/users?status=inactive");
  await expect(page.getByText("Nobody is inactive.")).toBeVisible();
});

test("your own page says why you can't be deactivated; ids that lead nowhere are answered 404 in words", async ({
  page,
  javaScriptEnabled,
}) => {
  const olive = await signUp(page);
  await page.goto("/account/users");
  await view(page, olive, javaScriptEnabled);
  await expect(page.getByText("The last active owner can't be deactivated.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Deactivate user" })).toHaveCount(0);
  const own = new URL(page.url()).pathname.split("/").at(-1);
  const random = "00000000-0000-4000-8000-000000000000";
  for (const path of ["nonsense", random, `invitations/${random}`, `invitations/${own}`]) {
    const answer = await page.goto(`/account/users/${path}`);
    expect(answer?.status(), path).toBe(404);
    await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
  }
});

test("Cancel and Escape on a row's own page give focus back to the button that asked @script", async ({ page }) => {
  await signUp(page);
  const ada = someone("ada");
  await inviteTyped(page, ada);
  await page.goto("/account/users");
  await view(page, ada);
  const revoke = page.getByRole("main").getByRole("button", { name: "Revoke invite" }).first();
  for (const way of ["Escape", "Enter"]) {
    await revoke.focus();
    await page.keyboard.press("Space");
    await expect(page.getByRole("dialog").getByRole("button", { name: "Cancel" })).toBeFocused();
    await page.keyboard.press(way);
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(revoke).toBeFocused();
  }
});

test("of the last owner, another member reads that only owners decide; and without a right which one is missing", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const olive = await signUp(page);
  const nora = someone("nora");
  await inviteTyped(page, nora);
  const theirs = await anotherBrowser(browser, javaScriptEnabled);
  await join(theirs, await joinPath(page, nora));
  await page.goto("/account/users");
  await view(page, olive, javaScriptEnabled);
  const { pathname } = new URL(page.url());
  await letHold(olive, nora, ["groups.edit"]);
  const answer = await theirs.goto(`${pathname}/groups`);
  expect(answer?.status()).toBe(403);
  await expect(theirs.getByRole("main")).toContainText("You need Manage access for organization (Read-only).");
  await expect(theirs.getByRole("link", { name: "Olive Owner" })).toBeVisible();
  await letHold(olive, nora, ["access.edit"]);
  await theirs.goto(pathname);
  await expect(theirs.getByText("This is an owner: only an owner can deactivate or re-activate them.")).toBeVisible();
  await expect(theirs.getByText("Make somebody else an owner first.")).toHaveCount(0);
});
