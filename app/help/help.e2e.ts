import { expect, type Locator, type Page, test } from "@playwright/test";
import {
  anotherBrowser,
  expectAccessible,
  inviteTyped,
  join,
  joinPath,
  letExpire,
  mailTo,
  signUp,
  someone,
  tabTo,
} from "@/lib/testing/journey";
import { seed } from "@/lib/testing/seeds";

/** Opens Help from wherever this page is; gives where its answers stand. */
const openHelp = async (page: Page, scripted: boolean): Promise<Locator> => {
  const help = page.getByRole("complementary", { name: "Help" });
  await help.getByRole(scripted ? "button" : "link", { name: "Help", exact: true }).click();
  if (!scripted) await expect(page).toHaveURL(/\/help$/);
  const answers = scripted ? help : page.getByRole("main");
  await expect(answers.getByRole("heading", { name: "Help" })).toBeVisible();
  return answers;
};

/** The answer to a question: in the panel one is opened after the other, on the page all stand open. */
const answerTo = async (answers: Locator, question: string): Promise<Locator> => {
  const answer = answers.getByRole("group").filter({ hasText: question });
  if ((await answer.getAttribute("open")) === null) await answer.getByText(question).click();
  return answer;
};

test("an owner reads what became of the mail, and one press sends an invite that has expired again", async ({
  page,
  javaScriptEnabled,
}) => {
  const [ada, bob] = [someone("ada"), someone("bob")];
  await signUp(page);
  await inviteTyped(page, `${ada}, ${bob}`);
  for (const email of [ada, bob]) await mailTo(page, email);
  await letExpire(bob);
  await page.goto("/domains");
  const answers = await openHelp(page, javaScriptEnabled !== false);

  const inviting = await answerTo(answers, "I can't invite anyone");
  await expect(inviting).toContainText("You can: you hold Manage access for organization (Create).");
  await expect(inviting.getByRole("link", { name: "Invite Users" })).toHaveAttribute("href", "/account/users/invite");

  const mail = await answerTo(answers, "They didn't get the email");
  await expect(mail).toContainText("Have them look in the spam folder, for mail from gatehouse@localhost.");
  await expect(mail.getByRole("listitem")).toHaveText([new RegExp(`${ada}.*Sent`)]);
  await expect(mail.getByRole("link", { name: ada })).toBeVisible();

  const expired = await answerTo(answers, "The link has expired");
  await expect(expired.getByRole("listitem")).toHaveText([new RegExp(`${bob}.*Expired`)]);
  await expired.getByRole("button", { name: `Resend invite for ${bob}` }).click();
  await expect(expired).toContainText(`Invite sent again to ${bob}.`);
  await expect(expired.getByRole("listitem")).toHaveCount(0);
  await page.goto(`/account/users?q=${encodeURIComponent(bob)}`);
  await expect(page.getByRole("row", { name: new RegExp(bob) })).toContainText("Pending");
  if (javaScriptEnabled !== false) return;
  await page.goto("/help");
  await page.getByLabel("Another address").fill(ada);
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByRole("row", { name: new RegExp(ada) })).toBeVisible();
});

test("a member without rights reads what is missing and whom to ask, and nothing of others' invites", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const [nora, ada] = [someone("nora"), someone("ada")];
  await signUp(page);
  await inviteTyped(page, `${nora}, ${ada}`);
  const theirs = await anotherBrowser(browser, javaScriptEnabled);
  await join(theirs, await joinPath(page, nora));
  const answers = await openHelp(theirs, javaScriptEnabled !== false);
  const inviting = await answerTo(answers, "I can't invite anyone");
  await expect(inviting).toContainText("You need Manage access for organization (Create). Ask an Owner: Olive Owner.");
  const mail = await answerTo(answers, "They didn't get the email");
  await expect(mail).toContainText("Manage access for organization (Read-only). Ask Olive Owner.");
  await expect(mail.getByRole("listitem")).toHaveCount(0);
  const expired = await answerTo(answers, "The link has expired");
  await expect(expired).toContainText("presses Ask for a new invite");
  await expect(answers).toContainText("Something else? Ask an Owner: Olive Owner.");
  expect(await theirs.content()).not.toContain(ada);
});

test("whoever stands in no organization reads so, and whom to ask", async ({ page, browser, javaScriptEnabled }) => {
  const olive = await signUp(page);
  const nora = someone("nora");
  await inviteTyped(page, nora);
  const theirs = await anotherBrowser(browser, javaScriptEnabled);
  await join(theirs, await joinPath(page, nora));
  // As it is for a moment between being deactivated and being signed out.
  await seed(olive, (sql) => sql`update memberships set deactivated_at = now() where email = ${nora}`);
  await theirs.goto("/account/profile");
  const answers = await openHelp(theirs, javaScriptEnabled !== false);
  await expect(answers).toContainText("You're not in an organization here, so there is nobody you could invite.");
  await expect(answers).toContainText("Something else? Ask whoever runs this server.");
  await expect(answers.getByRole("group")).toHaveCount(0);
});

test("Help stands at the same place of every signed-in page, and on no page with a token", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  await signUp(page);
  const ada = someone("ada");
  await inviteTyped(page, ada);
  for (const path of [
    "/sources",
    "/domains",
    "/account/profile",
    "/account/users",
    "/account/organizations",
    "/help",
  ]) {
    await page.goto(path);
    const help = page.getByRole("complementary", { name: "Help" });
    await expect(help.getByRole(javaScriptEnabled !== false ? "button" : "link")).toHaveText("Help");
    const box = await help.boundingBox();
    const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
    expect({
      right: width - (box?.x ?? 0) - (box?.width ?? 0),
      bottom: height - (box?.y ?? 0) - (box?.height ?? 0),
    }).toEqual({
      right: 16,
      bottom: 16,
    });
  }
  const theirs = await anotherBrowser(browser, javaScriptEnabled);
  for (const path of [await joinPath(page, ada), "/reset-password/none"]) {
    await theirs.goto(path);
    await expect(theirs.getByRole("complementary", { name: "Help" })).toHaveCount(0);
  }
  await expect(theirs.getByText("Need help?")).toBeVisible();
});

test("by keyboard: it opens with Enter, is read out, Escape closes it, and it goes when focus does @script", async ({
  page,
}) => {
  await signUp(page);
  await page.goto("/account/users");
  const button = page.getByRole("button", { name: "Help", exact: true });
  const answers = page.getByRole("heading", { level: 2, name: "Help" });
  await tabTo(page, button);
  await page.keyboard.press("Enter");
  await expect(answers).toBeFocused();
  await expect(button).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("Escape");
  await expect(answers).toHaveCount(0);
  await expect(button).toBeFocused();

  await page.keyboard.press("Enter");
  await expect(answers).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(answers).toHaveCount(0);
  await expect(button).toBeFocused();

  await page.keyboard.press("Enter");
  await expect(answers).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await expect(button).toBeFocused();
  await expect(answers).toBeVisible();
  await page.keyboard.press("Shift+Tab");
  await expect(answers).toHaveCount(0);
  await expect(button).not.toBeFocused();
});

test("nothing of it is read before it is opened @script", async ({ page }) => {
  await signUp(page);
  const asked: string[] = [];
  page.on("request", (request) => request.method() === "POST" && asked.push(request.url()));
  const answer = await page.goto("/account/profile");
  expect(await answer?.text()).not.toContain("spam folder");
  await expect(page.getByRole("button", { name: "Help", exact: true })).toBeVisible();
  expect(asked).toEqual([]);
  await openHelp(page, true);
  expect(asked).toHaveLength(1);
});

test("whoever is signed out meanwhile is led to sign in @script", async ({ page }) => {
  await signUp(page);
  await page.context().clearCookies();
  await page.getByRole("button", { name: "Help", exact: true }).click();
  await expect(page).toHaveURL(/\/signin\?next=%2Fhelp/);
});

test("open or not, nothing is wrong with it for a reader, and it fits 320 px @script", async ({ page }) => {
  const ada = someone("a-rather-long-name-of-somebody-invited");
  await signUp(page);
  await inviteTyped(page, ada);
  await letExpire(ada);
  await page.goto("/help");
  await expectAccessible(page);
  await page.goto("/account/users");
  const answers = await openHelp(page, true);
  await answerTo(answers, "The link has expired"); // the page has shown the others
  await expectAccessible(page);
});
