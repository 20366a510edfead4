import { expect, type Page, test } from "@playwright/test";
import { comeAlive, inviteTyped, letExpire, signUp, someone } from "@/lib/testing/journey";
import { actionsFor, deafen, rowOf } from "@/lib/testing/rows";

test("a press on a row that another has used meanwhile is refused by name", async ({ page }) => {
  await signUp(page);
  const ada = someone("ada");
  await inviteTyped(page, ada);
  await letExpire(ada);
  await deafen(page);
  await page.goto("/account/users?status=pending");
  const another = await page.context().newPage();
  await another.goto("/account/users?status=pending");
  await rowOf(another, ada).getByRole("button", { name: "Resend invite" }).click();
  await expect(another.getByRole("status")).toContainText("Invite sent again");
  await rowOf(page, ada).getByRole("button", { name: "Resend invite" }).click();
  await expect(page.getByRole("status")).toContainText(new RegExp(`Resend invite, ${ada}: .*again in \\d+ minutes`));
});

test("revoking from a menu by keyboard alone: Escape comes back to it, and after a row goes focus is on the next @script", async ({
  page,
}) => {
  await signUp(page);
  const [abe, bea, cid] = [someone("abe"), someone("bea"), someone("cid")];
  await inviteTyped(page, `${abe}, ${bea}, ${cid}`);
  await page.goto("/account/users?status=pending&sort=name");
  await actionsFor(page, abe).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "View" })).toBeFocused();
  await page.keyboard.press("End");
  await expect(page.getByRole("menuitem", { name: "Revoke invite" })).toBeFocused();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: `Revoke the invite for ${abe}?` });
  await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(actionsFor(page, abe)).toBeFocused();

  await page.keyboard.press("Enter");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status")).toContainText(`The invite for ${abe} is revoked.`);
  await expect(rowOf(page, abe)).toHaveCount(0);
  await expect(actionsFor(page, bea)).toBeFocused();
});

test("a press that changes a row and leaves it there keeps focus on its menu @script", async ({ page }) => {
  await signUp(page);
  const ada = someone("ada");
  await inviteTyped(page, ada);
  await page.goto("/account/users");
  await actionsFor(page, ada).click();
  await page.getByRole("menuitem", { name: "Copy link" }).click();
  await expect(page.getByRole("status")).toContainText(`This is the link for ${ada}.`);
  await expect(actionsFor(page, ada)).toBeFocused();
});

test("sending one of several expired invites again leaves focus in its own row, also when it is refused @script", async ({
  page,
}) => {
  await signUp(page);
  const [abe, bea] = [someone("abe"), someone("bea")];
  await inviteTyped(page, `${abe}, ${bea}`);
  await letExpire(abe);
  await letExpire(bea);
  const [first, second] = [page, await page.context().newPage()];
  await deafen(second);
  for (const tab of [first, second]) {
    await tab.goto("/account/users?status=pending&sort=name");
    await comeAlive(tab);
  }
  const resendTo = (tab: Page, email: string) => rowOf(tab, email).getByRole("button", { name: "Resend invite" });
  await resendTo(first, bea).click();
  await expect(first.getByRole("status")).toContainText(`Invite sent again to ${bea}.`);
  await expect(actionsFor(first, bea)).toBeFocused();
  await resendTo(second, bea).click();
  await expect(second.getByRole("status")).toContainText(`Resend invite, ${bea}:`);
  await expect(actionsFor(second, bea)).toBeFocused();
  await expect(resendTo(second, abe)).toBeVisible();
});
