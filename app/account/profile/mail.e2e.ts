import { expect, test } from "@playwright/test";
import { accessible, invited, press, visit } from "@/lib/testing/joining";
import { anotherBrowser, inviteTyped, join, joinPath, mailTo, someone } from "@/lib/testing/journey";
import { seed } from "@/lib/testing/seeds";

test("a sponsor reads who has joined, until they turn such mail off in their profile", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const { owner, email, path } = await invited(page);
  await join(await anotherBrowser(browser, javaScriptEnabled), path);
  const news = await mailTo(page, owner);
  expect(news.subject).toBe(`${email} has joined Acme`);
  expect(news.text).toContain("You can turn these mails off in your profile.");

  await page.goto("/account/profile");
  const choice = page.getByRole("checkbox", { name: /^Tell me by mail when an invite I sent/ });
  await expect(choice).toBeChecked();
  await expect(page.getByText("Whatever follows within a day comes together in one more mail.")).toBeVisible();
  await choice.uncheck();
  await press(page, "Save mail setting");
  await expect(page.getByText("Your mail setting is saved.")).toBeVisible();
  await expect(choice).not.toBeChecked();
  await accessible(page, javaScriptEnabled);
  await page.reload();
  await expect(choice).not.toBeChecked();

  const ben = someone("ben");
  await inviteTyped(page, ben);
  const theirs = await visit(browser, javaScriptEnabled, await joinPath(page, ben));
  await theirs.getByLabel("I don't want to join Acme.").check();
  await press(theirs, "Decline");
  await expect(theirs.getByRole("heading", { name: "You declined this invite" })).toBeVisible();
  // The next news would wait for the day to be over; none is promised at all.
  const promised = await seed(owner, (sql) => sql`select id from outbox where to_email = ${owner}`);
  expect(promised).toMatchObject([{ id: news.id }]);
  await page.goto("/account/profile");
  await choice.check();
  await press(page, "Save mail setting");
  await page.reload();
  await expect(choice).toBeChecked();
});
