import { expect, type Page, test } from "@playwright/test";
import { anotherBrowser, comeAlive, joinPath, password, signUp, someone, tabTo } from "@/lib/testing/journey";

const menuOf = (page: Page, email: string) => page.getByRole("button", { name: `Actions for ${email}` });

/** Opens a row's menu, goes to its last item and presses it: what takes something away is asked about first. */
const askLast = async (page: Page, email: string, item: string) => {
  await expect(menuOf(page, email)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "View" })).toBeFocused();
  await page.keyboard.press("End");
  await expect(page.getByRole("menuitem", { name: item })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog").getByRole("button", { name: "Cancel" })).toBeFocused();
};
const confirm = async (page: Page, item: string) => {
  await page.keyboard.press("Shift+Tab");
  await expect(page.getByRole("dialog").getByRole("button", { name: item })).toBeFocused();
  await page.keyboard.press("Enter");
};

test("without a mouse: invite three, mend one, hear the result, revoke, join and deactivate @script", async ({
  page,
  browser,
}) => {
  const olive = await signUp(page);
  const [ada, bob, cy] = [someone("ada"), someone("bob"), someone("cy")];
  await page.goto("/account/users");
  await tabTo(page, page.getByRole("link", { name: "Invite Users" }).first());
  await page.keyboard.press("Enter");
  const field = page.getByLabel("Email addresses");
  await tabTo(page, field);
  await comeAlive(page);
  await page.keyboard.type(`${ada}, bob@@example.org ${cy}`);
  await page.keyboard.press("Enter");
  await expect(page.getByText("3 addresses added, 1 needs attention.")).toBeVisible();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await expect(field).toHaveValue("bob@@example.org");
  await page.keyboard.press("Control+a");
  await page.keyboard.type(`${bob},`);
  await tabTo(page, page.getByRole("button", { name: "Send 3 invites" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "3 invites sent", exact: true })).toBeFocused();

  await tabTo(page, page.getByRole("link", { name: "Back to User Management" }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("link", { name: "Pending 3" }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("link", { name: "Address" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("columnheader", { name: "Address" })).toHaveAttribute("aria-sort", "ascending");
  await tabTo(page, menuOf(page, bob));
  await askLast(page, bob, "Revoke invite");
  await page.keyboard.press("Escape");
  await askLast(page, bob, "Revoke invite");
  await page.keyboard.press("Enter"); // Cancel
  await askLast(page, bob, "Revoke invite");
  await confirm(page, "Revoke invite");
  await expect(page.getByRole("status")).toContainText(`The invite for ${bob} is revoked.`);
  await expect(menuOf(page, bob)).toHaveCount(0);
  // The next row's menu, and after the last row the heading.
  await askLast(page, cy, "Revoke invite");
  await confirm(page, "Revoke invite");
  await expect(menuOf(page, cy)).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();

  const theirs = await anotherBrowser(browser, true);
  await theirs.goto(await joinPath(page, ada));
  await tabTo(theirs, theirs.getByLabel("Your name"));
  await theirs.keyboard.type("Ada Lovelace");
  await tabTo(theirs, theirs.getByLabel("Password", { exact: true }));
  await theirs.keyboard.type("short");
  await theirs.keyboard.press("Enter");
  // Only the refusal empties the field, and it is focused already: what is typed before the answer would be lost with it.
  await expect(theirs.getByLabel("Password", { exact: true })).toHaveAccessibleDescription(
    /Use at least 12 characters\./,
  );
  await expect(theirs.getByLabel("Password", { exact: true })).toBeFocused();
  await theirs.keyboard.type(password);
  await theirs.keyboard.press("Enter");
  await expect(theirs).toHaveURL(/\/sources/);

  await page.goto("/account/users?status=active&sort=name");
  await tabTo(page, menuOf(page, ada));
  await askLast(page, ada, "Deactivate user");
  await confirm(page, "Deactivate user");
  await expect(page.getByRole("status")).toContainText("Ada Lovelace is deactivated.");
  await expect(menuOf(page, olive)).toBeFocused();
});
