import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, inviteTyped, mailTo, signUp, someone } from "@/lib/testing/journey";

const main = (page: Page) => page.getByRole("main");

test("an invitation is found in the mailbox, read in both forms, and followed", async ({ page }) => {
  await signUp(page);
  const email = someone("bob");
  await inviteTyped(page, email);
  await mailTo(page, email);

  await page.getByRole("link", { name: "open the mailbox" }).click();
  await page.getByLabel("To").fill(email);
  await page.getByRole("button", { name: "Show" }).click();
  await main(page).getByRole("link", { name: "Olive Owner invited you to join Acme" }).click();
  await expect(main(page).getByRole("heading", { level: 1 })).toHaveText("Olive Owner invited you to join Acme");
  await expect(main(page)).toContainText("Not expecting it? You can ignore this email.");
  const framed = page.frameLocator("iframe").getByRole("link", { name: "Join your organization" });
  await expect(framed).toHaveAttribute("target", "_blank");

  await page.context().clearCookies();
  await main(page)
    .getByRole("link", { name: /\/join\// })
    .click();
  await expect(main(page).getByRole("heading", { level: 1 })).toContainText("Join Acme");
});

test("nothing found says so and offers all mail; an unknown mail is a 404 in words", async ({ page }) => {
  await page.goto("/dev/mailbox?to=nobody@example.org");
  await expect(main(page)).toContainText("No mail to nobody@example.org");
  await main(page).getByRole("link", { name: "Show all mail" }).click();
  await expect(page).toHaveURL("/dev/mailbox");
  for (const id of ["nonsense", "00000000-0000-4000-8000-000000000000"]) {
    const answer = await page.goto(`/dev/mailbox/${id}`);
    expect(answer?.status()).toBe(404);
    await expect(main(page)).toContainText("There is nothing here");
  }
});

test("list and mail are accessible @script", async ({ page }) => {
  await signUp(page);
  const email = someone("bob");
  await inviteTyped(page, email);
  const { id } = await mailTo(page, email);
  await page.goto(`/dev/mailbox?to=${email}`);
  await expectAccessible(page);
  await page.goto(`/dev/mailbox/${id}`);
  await expectAccessible(page);
});
