import { expect, test } from "@playwright/test";
import {
  anotherBrowser,
  expectAccessible,
  inviteTyped,
  join,
  joinPath,
  letMailBe,
  mailTo,
  signUp,
  someone,
} from "@/lib/testing/journey";
import { rowOf, view } from "@/lib/testing/rows";

test("a bounce is mended on its row: the wrong address is corrected, and whoever has the right one joins", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  await signUp(page);
  const [wrong, right] = [someone("adda"), someone("ada")];
  await inviteTyped(page, wrong);
  await mailTo(page, wrong);
  await letMailBe(wrong, "bounced", "The mailbox does not exist.");
  await page.goto("/account/users?status=pending");
  await expect(rowOf(page, wrong)).toContainText("Bounced");
  await rowOf(page, wrong).getByRole("link", { name: "Correct the address" }).click();
  await expect(page.getByRole("heading", { name: "Correct the address" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("The mailbox does not exist.");
  const field = page.getByLabel("Right address");
  await expect(field).toHaveValue(wrong);
  const press = page.getByRole("button", { name: "Invite this address instead" });
  await press.click();
  await expect(page.getByText("This is the address it went to. Enter the right one.").last()).toBeVisible();
  await expect(field).toHaveValue(wrong);
  await field.fill("ada at home");
  await press.click();
  await expect(page.getByText("This is not an email address.").last()).toBeVisible();
  await expect(field).toHaveValue("ada at home");
  await field.fill(right);
  await press.click();
  const done = `${right} is invited, and the invite for ${wrong} is revoked.`;
  await expect(page.getByRole("status").filter({ hasText: done })).toBeVisible();
  await expect(page.getByRole("heading", { name: right })).toBeVisible();
  await expect(page.getByText(`Invited, in place of ${wrong}, by Olive Owner`)).toBeVisible();

  await page.goto("/account/users?status=history");
  await expect(rowOf(page, wrong)).toContainText("Revoked");
  const theirs = await anotherBrowser(browser, javaScriptEnabled);
  await join(theirs, await joinPath(page, right), "Ada Lovelace");
});

test("an address that belongs to somebody here is refused, and what was typed stays", async ({
  page,
  javaScriptEnabled,
}) => {
  const olive = await signUp(page);
  const [wrong, other] = [someone("adda"), someone("other")];
  await inviteTyped(page, `${wrong}, ${other}`);
  await page.goto("/account/users?status=pending");
  await view(page, wrong, javaScriptEnabled);
  await page.getByRole("link", { name: "Correct the address" }).click();
  for (const [typed, words] of [
    [olive, "Whoever has this address is a member already."],
    [other, "This address has an open invite already."],
  ] as const) {
    await page.getByLabel("Right address").fill(typed);
    await page.getByRole("button", { name: "Invite this address instead" }).click();
    await expect(page.getByRole("main")).toContainText(words);
    await expect(page.getByLabel("Right address")).toHaveValue(typed);
  }
  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(page.getByRole("main")).toContainText("Pending");
});

test("a slip in the name of a mail service is pointed out, and taken over by one press @script", async ({ page }) => {
  await signUp(page);
  const wrong = `${someone("ada").split("@")[0]}@gmial.com`;
  await inviteTyped(page, wrong);
  await page.goto("/account/users?status=pending");
  await view(page, wrong);
  await page.getByRole("link", { name: "Correct the address" }).click();
  await expect(page.getByText("Did you mean gmail.com?")).toBeVisible();
  await expectAccessible(page);
  const meant = wrong.replace("gmial", "gmail");
  await page.getByRole("button", { name: `Change it to ${meant}` }).click();
  await expect(page.getByLabel("Right address")).toHaveValue(meant);
  await expect(page.getByLabel("Right address")).toBeFocused();
  await expect(page.getByText("Did you mean")).toHaveCount(0);
  await page.getByRole("button", { name: "Invite this address instead" }).click();
  await expect(page.getByRole("status").filter({ hasText: `${meant} is invited` })).toBeVisible();
});

test("a slip that was not seen is asked about before anything is sent, and taken when it is meant", async ({
  page,
  javaScriptEnabled,
}) => {
  await signUp(page);
  const wrong = someone("adda");
  await inviteTyped(page, wrong);
  await page.goto("/account/users?status=pending");
  await view(page, wrong, javaScriptEnabled);
  await page.getByRole("link", { name: "Correct the address" }).click();
  const slip = `${wrong.split("@")[0]}@gmial.com`;
  const press = page.getByRole("button", { name: "Invite this address instead" });
  await page.getByLabel("Right address").fill(slip);
  await press.click();
  await expect(page.getByLabel("Right address")).toHaveAccessibleDescription(
    /Did you mean \S+@gmail\.com\? If \S+@gmial\.com is right/,
  );
  await expect(page.getByLabel("Right address")).toHaveValue(slip);
  await press.click();
  await expect(page.getByRole("status").filter({ hasText: `${slip} is invited` })).toBeVisible();
});

test("mail that failed is tried again from its row", async ({ page }) => {
  await signUp(page);
  const ada = someone("ada");
  await inviteTyped(page, ada);
  await mailTo(page, ada);
  await letMailBe(ada, "failed", "The provider did not take it.");
  await page.goto("/account/users?status=pending");
  await expect(rowOf(page, ada)).toContainText("Failed");
  await expect(rowOf(page, ada)).toContainText("Last try");
  await rowOf(page, ada).getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("status").filter({ hasText: `The mail to ${ada} is tried again.` })).toBeVisible();
  await expect(async () => {
    await page.goto("/account/users?status=pending");
    await expect(rowOf(page, ada)).not.toContainText("Failed");
    await expect(rowOf(page, ada)).toContainText("Sent");
  }).toPass();
});
