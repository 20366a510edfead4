import { expect, test } from "@playwright/test";
import { letThereBeGroup } from "@/lib/testing/groups";
import {
  anotherBrowser,
  comeAlive,
  expectAccessible,
  join,
  joinPath,
  mailTo,
  sendInvites,
  signUp,
  someone,
} from "@/lib/testing/journey";

test("a group that an open invite names is deleted: it is said before, stands on the invite, and is told when it is accepted", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const olive = await signUp(page);
  const group = await letThereBeGroup(olive, "Data Analyst", [{ schema: "sales", of: "Snowflake" }]);
  await letThereBeGroup(olive, "Readers");
  const ada = someone("ada");
  await page.goto("/account/users/invite");
  await page.getByRole("checkbox", { name: "Data Analyst" }).check();
  await page.getByRole("checkbox", { name: "Readers" }).check();
  await page.getByLabel("Email addresses").fill(ada);
  await page.getByRole("button", { name: sendInvites }).click();
  await expect(page.getByRole("heading", { name: "1 invite sent" })).toBeVisible();

  await page.goto(`/account/groups/${group}`);
  if (javaScriptEnabled !== false) await comeAlive(page);
  await page.getByRole("link", { name: "Delete group", exact: true }).click();
  const question =
    javaScriptEnabled === false ? page.getByRole("region", { name: /^Delete/ }) : page.getByRole("dialog");
  await expect(question).toContainText("1 open invite names this group. It goes on without it");
  if (javaScriptEnabled !== false) await expectAccessible(page);
  await question.getByRole("button", { name: "Delete group" }).click();
  await expect(page).toHaveURL(/\/account\/groups\?after=deleted$/);

  await page.goto(`/account/users?status=pending&q=${encodeURIComponent(ada)}`);
  await page.goto((await page.locator("[data-row]").first().getAttribute("data-row").then(ownPage)) ?? "");
  await expect(page.getByText("Data Analyst was deleted since, and is left out.")).toBeVisible();
  await expect(page.getByText("A group was deleted, and is left out (Data Analyst), by Olive Owner")).toBeVisible();
  if (javaScriptEnabled !== false) await expectAccessible(page);
  const own = page.url();

  const theirs = await anotherBrowser(browser, javaScriptEnabled);
  await join(theirs, await joinPath(page, ada), "Ada Analyst");
  await page.goto(own);
  await expect(page.getByText("Accepted, without Data Analyst, which had been deleted,")).toBeVisible();
  await page.getByRole("link", { name: "View member" }).click();
  await expect(page.getByText("Joined (Readers), without Data Analyst, which had been deleted")).toBeVisible();
  const mail = await mailTo(page, olive, `${ada} joined Acme without all of their groups`);
  expect(mail.text).toContain(`${ada}: Data Analyst (deleted)`);
});

const ownPage = (id: string | null) => id && `/account/users/invitations/${id}`;

test("whoever is made an owner reads by whom, and finds the owners by the mail's link", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  await signUp(page);
  const ada = someone("ada");
  await page.goto("/account/users/invite");
  await page.getByLabel("Email addresses").fill(ada);
  await page.getByRole("button", { name: sendInvites }).click();
  const theirs = await anotherBrowser(browser, javaScriptEnabled);
  await join(theirs, await joinPath(page, ada), "Ada Analyst");
  await page.goto("/account/groups");
  await page.getByRole("link", { name: "Owners" }).click();
  await page.getByRole("checkbox", { name: /^Ada Analyst/ }).check();
  await page.getByRole("button", { name: "Add to group" }).click();
  await expect(page.getByRole("status")).toContainText("In the group now: Ada Analyst.");

  const { links } = await mailTo(page, ada, "Olive Owner made you an owner of Acme");
  const link = links.at(0) ?? "";
  await theirs.goto(`${new URL(link).pathname}${new URL(link).search}`);
  await expect(theirs.getByRole("heading", { level: 1, name: "Owners" })).toBeVisible();
  await expect(theirs.getByRole("main")).toContainText("Olive Owner");
});
