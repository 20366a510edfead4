import { expect, type Page, test } from "@playwright/test";
import { accessible, copiedLink, fill, heading, invited, press, visit } from "@/lib/testing/joining";
import { anotherBrowser, join, letExpire, mailTo, pressRow, signUp, someone } from "@/lib/testing/journey";

// What is asked for by mail comes and leads back; what has ended says who can help.

const main = (page: Page) => page.getByRole("main");
const askForCode = async (page: Page, button = "Send me a code") => {
  await page.getByLabel("I can read the mail to n•••@example.org.").check();
  await press(page, button);
};

test("a password forgotten on the join page: the mailed link leads back to the invite", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const peter = await signUp(await anotherBrowser(browser, javaScriptEnabled), "Initech", someone("peter"));
  const { path } = await invited(page, "Acme", peter);
  const theirs = await visit(browser, javaScriptEnabled, path);
  await theirs.getByRole("link", { name: "Forgot password?" }).click();
  await expect(heading(theirs, "Forgot password")).toBeVisible();
  await accessible(theirs, javaScriptEnabled);
  await press(theirs, "Send reset link");
  await expect(theirs.getByText("Tick the box if you want a new password.").filter({ visible: true })).toBeVisible();
  await theirs.getByLabel("I forgot my password.").check();
  await press(theirs, "Send reset link");
  await expect(heading(theirs, "Check your mail", 2)).toBeVisible();
  if (javaScriptEnabled !== false) await expect(heading(theirs, "Check your mail", 2)).toBeFocused();
  await accessible(theirs, javaScriptEnabled);

  let reset = "";
  await expect(async () => {
    const { links } = await mailTo(page, peter);
    reset = new URL(links.find((link) => link.includes("/reset-password/")) ?? "").pathname;
  }).toPass();
  // Mails are read on another device than the one that asked.
  const phone = await visit(browser, javaScriptEnabled, `${reset}.`);
  await phone.getByLabel("New password", { exact: true }).fill("plum harbour quilt");
  await press(phone, "Change password");
  await expect(heading(phone, "Join Acme")).toBeVisible();
  if (javaScriptEnabled !== false) await expect(heading(phone, "Join Acme")).toBeFocused();
  await expect(main(phone)).toContainText("Your password is changed and you are signed out everywhere.");
  await accessible(phone, javaScriptEnabled);
  await phone.getByLabel("Password", { exact: true }).fill("plum harbour quilt");
  await press(phone, "Sign in and join");
  await expect(phone.getByRole("banner")).toContainText("Acme");
});

test("a code is sent only when the box is ticked; after five a day the page says so", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const { email } = await invited(page);
  const theirs = await visit(browser, javaScriptEnabled, await copiedLink(page, email, javaScriptEnabled));
  for (let submitted = 0; submitted < 6; submitted++) {
    await press(theirs, "Send me a code");
    await expect(theirs.getByText("Tick the box if you can read the mail").filter({ visible: true })).toBeVisible();
  }
  await accessible(theirs, javaScriptEnabled);
  await askForCode(theirs);
  await expect(theirs).toHaveURL(/code=/);
  for (let more = 0; more < 4; more++) {
    const before = theirs.url();
    await askForCode(theirs, "Send another code");
    await expect(theirs).not.toHaveURL(before);
  }
  await accessible(theirs, javaScriptEnabled);
  await askForCode(theirs, "Send another code");
  await expect(main(theirs)).toContainText(
    "5 codes were sent there within a day. You can ask for another in 24 hours.",
  );
});

test("asking twice for a new invite in two tabs is no problem and not done twice", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const { email, path } = await invited(page);
  await letExpire(email);
  const [one, two] = [await visit(browser, javaScriptEnabled, path), await visit(browser, javaScriptEnabled, path)];
  for (const each of [one, two]) {
    await each.getByLabel("I'd like to join Acme.").check();
    await press(each, "Ask for a new invite");
    await expect(main(each)).toContainText("You can ask again in 24 hours.");
    await expect(main(each)).not.toContainText(/Done|Too many/);
  }
});

test("whoever sent an invite and opens its link later is led to where they can mend it", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const { email, path } = await invited(page);
  const open = async (title: string) => {
    await page.goto(path);
    await expect(heading(page, title)).toBeVisible();
    await expect(main(page)).toContainText("You invited n•••@example.org to Acme.");
    await expect(main(page).getByRole("link", { name: "See what people ask about invites" })).toBeVisible();
    await accessible(page, javaScriptEnabled);
    await page.getByRole("link", { name: "Open it in User Management" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText(email);
  };
  await letExpire(email);
  await open("This invite has expired");
  await page.getByRole("button", { name: "Resend invite" }).click();
  await expect(page.getByText("Invite sent again to")).toBeVisible();
  const theirs = await visit(browser, javaScriptEnabled, path);
  await theirs.getByLabel("I don't want to join Acme.").check();
  await press(theirs, "Decline");
  await expect(heading(theirs, "You declined this invite")).toBeVisible();
  await open("This invite was declined");
});

test("whoever took an invite back and opens its link is not asked to write to themselves", async ({
  page,
  javaScriptEnabled,
}) => {
  const { email, path } = await invited(page);
  await pressRow(page, email, "Revoke invite", { asks: true, scripted: javaScriptEnabled });
  await expect(page.getByText("Its links no longer work")).toBeVisible();
  await page.goto(path);
  await expect(heading(page, "This invite is no longer available")).toBeVisible();
  await expect(main(page)).toContainText("You invited n•••@example.org to Acme.");
  await expect(main(page)).not.toContainText("Write to");
  await expect(page.getByRole("link", { name: "See what people ask about invites" })).toBeVisible();
  await accessible(page, javaScriptEnabled);
  await page.getByRole("link", { name: "Open it in User Management" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(email);
});

test("whoever is inactive somewhere reads whom to ask there", async ({ page, browser, javaScriptEnabled }) => {
  const { email, path } = await invited(page);
  const theirs = await anotherBrowser(browser, javaScriptEnabled);
  await join(theirs, path);
  const globex = await anotherBrowser(browser, javaScriptEnabled);
  await theirs.goto((await invited(globex, "Globex", email)).path);
  await press(theirs, "Join your organization");
  await expect(theirs.getByRole("banner")).toContainText("Globex");
  await pressRow(page, email, "Deactivate user", { asks: true, scripted: javaScriptEnabled });
  await expect(page.getByText("is deactivated")).toBeVisible();
  await theirs.goto("/account/organizations");
  await expect(main(theirs)).toContainText("Ask Olive Owner to re-activate you.");
  await expect(main(theirs).getByRole("button", { name: "Switch to Acme" })).toHaveCount(0);
});

test("joining is greeted once, not again on a reload", async ({ page, browser, javaScriptEnabled }) => {
  const { path } = await invited(page);
  const theirs = await anotherBrowser(browser, javaScriptEnabled);
  await join(theirs, path);
  await expect(theirs.getByText("You've joined Acme.", { exact: true })).toBeVisible();
  await theirs.reload();
  await expect(heading(theirs, "Sources")).toBeVisible();
  await expect(theirs.getByText("You've joined Acme.", { exact: true })).toHaveCount(0);
});

test("a link with what a mail client left hanging on it opens all the same", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const { path } = await invited(page);
  for (const hanging of [".", ">", "%3E", ").", ",", "%E2%80%9D"]) {
    const theirs = await anotherBrowser(browser, javaScriptEnabled);
    const answer = await theirs.goto(path + hanging);
    expect(answer?.status(), hanging).toBe(200);
    await expect(heading(theirs, "Join Acme")).toBeVisible();
  }
  const theirs = await anotherBrowser(browser, javaScriptEnabled);
  await join(theirs, `${path}.`);
});

test("where a press turns the page into another, focus goes to the heading that says what it is @script", async ({
  page,
  browser,
}) => {
  const { email, path } = await invited(page);
  const link = await copiedLink(page, email, true);
  const [one, two, three] = [
    await visit(browser, true, path),
    await visit(browser, true, path),
    await visit(browser, true, link),
  ];
  await askForCode(three);
  await expect(heading(three, "Check your mail", 2)).toBeFocused();
  const { text } = await mailTo(page, email);
  await three.getByLabel("Code").fill(/^\d{6}$/m.exec(text)?.[0] ?? "");
  await press(three, "Continue");
  await expect(main(three)).toContainText("That was the right code: the mailbox is yours.");
  await expect(heading(three, "Join Acme")).toBeFocused();

  await one.getByLabel("I don't want to join Acme.").check();
  await press(one, "Decline");
  await expect(heading(one, "You declined this invite")).toBeFocused();
  await expect(one.getByRole("status")).toHaveCount(0);
  await one.getByLabel("I'd like to join Acme.").check();
  await press(one, "Ask for a new invite");
  await expect(heading(one, "You have asked for a new invite", 2)).toBeFocused();
  await fill(two);
  await press(two, "Join your organization");
  await expect(heading(two, "You declined this invite")).toBeFocused();
});
