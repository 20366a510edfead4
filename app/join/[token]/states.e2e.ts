import { expect, test } from "@playwright/test";
import { accessible, expectFound, heading, invited, visit } from "@/lib/testing/joining";
import {
  anotherBrowser,
  inviteTyped,
  join,
  joinPath,
  letExpire,
  mailTo,
  password,
  pressRow,
  signUp,
  someone,
} from "@/lib/testing/journey";

test("declining takes an empty box that has to be ticked; then the page offers to ask again, and the sponsor is told", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const { email, path } = await invited(page);
  const theirs = await visit(browser, javaScriptEnabled, path);
  await theirs.getByRole("button", { name: "Decline" }).click();
  await expect(theirs.getByText("Tick the box if you want to decline.").filter({ visible: true })).toBeVisible();
  await theirs.getByLabel("I don't want to join Acme.").check();
  await theirs.getByRole("button", { name: "Decline" }).click();
  await expectFound(theirs, "You declined this invite", javaScriptEnabled);

  await theirs.getByRole("button", { name: "Ask for a new invite" }).click();
  await expect(theirs.getByText("Tick the box if you want to ask.").filter({ visible: true })).toBeVisible();
  await theirs.getByLabel("I'd like to join Acme.").check();
  await theirs.getByRole("button", { name: "Ask for a new invite" }).click();
  await expect(theirs.getByText("We'll tell Acme that you would like a new invite.")).toBeVisible();
  await expect(theirs.getByRole("button", { name: "Ask for a new invite" })).toHaveCount(0);
  await accessible(theirs, javaScriptEnabled);
  await theirs.goto(path);
  await expect(theirs.getByText("You can ask again in 24 hours.")).toBeVisible();

  const owner = /olive\.[^@]+@example\.org/.exec((await mailTo(page, email)).text)?.[0] ?? "";
  const mail = await mailTo(page, owner);
  expect(mail.subject).toBe("Somebody asks for a new invite to Acme");
  expect(mail.text).toContain(email);
});

test("an invite that has run out says until when it was good, and lets its holder ask for a new one", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const { email, path } = await invited(page);
  const open = await visit(browser, javaScriptEnabled, path);
  await letExpire(email);
  await open.getByLabel("Your name").fill("Nora New");
  await open.getByLabel("Password", { exact: true }).fill(password);
  await open.getByRole("button", { name: "Join your organization" }).click();
  await expectFound(open, "This invite has expired", javaScriptEnabled);
  await open.getByLabel("I'd like to join Acme.").check();
  await open.getByRole("button", { name: "Ask for a new invite" }).click();
  await expect(open.getByText("We'll tell Acme that you would like a new invite.")).toBeVisible();
  await pressRow(page, email, "Resend invite", { scripted: javaScriptEnabled });
  await expect(page.getByText("Invite sent again to")).toBeVisible();
  await join(open, path);
});

test("a revoked invite says so, also to whoever has its form open", async ({ page, browser, javaScriptEnabled }) => {
  const { email, path } = await invited(page);
  const open = await visit(browser, javaScriptEnabled, path);
  await pressRow(page, email, "Revoke invite", { asks: true, scripted: javaScriptEnabled });
  await expect(page.getByText("Its links no longer work")).toBeVisible();
  await open.getByLabel("Your name").fill("Nora New");
  await open.getByLabel("Password", { exact: true }).fill(password);
  await open.getByRole("button", { name: "Join your organization" }).click();
  await expectFound(open, "This invite is no longer available", javaScriptEnabled);
  await expect(open.getByRole("link", { name: "Write to Olive Owner" })).toBeVisible();
  await inviteTyped(page, email);
  await expect(page.getByRole("heading", { name: "1 invite sent" })).toBeVisible();
});

test("a used invite sends its person in, others to sign in", async ({ page, browser, javaScriptEnabled }) => {
  const { path } = await invited(page);
  const theirs = await anotherBrowser(browser, javaScriptEnabled);
  await join(theirs, path);
  await theirs.goto(path);
  await expectFound(theirs, "You're already in Acme", javaScriptEnabled);
  await theirs.getByRole("button", { name: "Go to Acme" }).click();
  await expect(theirs).toHaveURL(/\/sources/);
  const stranger = await visit(browser, javaScriptEnabled, path);
  await expectFound(stranger, "This invite was already used", javaScriptEnabled);
  await expect(stranger.getByRole("link", { name: "Sign in" })).toBeVisible();
});

test("an inactive member reads that no invite changes that", async ({ page, browser, javaScriptEnabled }) => {
  const { email, path } = await invited(page);
  const theirs = await anotherBrowser(browser, javaScriptEnabled);
  await join(theirs, path);
  await pressRow(page, email, "Deactivate user", { asks: true, scripted: javaScriptEnabled });
  await expect(page.getByText("is deactivated")).toBeVisible();
  await theirs.goto(path);
  await expectFound(theirs, "Your account in Acme is inactive", javaScriptEnabled);
});

test("a copied link goes on after the code that was mailed to the invited address", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const { email } = await invited(page);
  await pressRow(page, email, "Copy link", { scripted: javaScriptEnabled });
  const link = await page.locator("code").innerText();
  const theirs = await visit(browser, javaScriptEnabled, new URL(link).pathname);
  await expect(heading(theirs, "Join Acme")).toBeVisible();
  await expect(theirs.locator("body")).not.toContainText(email);
  await expect(theirs.getByLabel("Password")).toHaveCount(0);
  await accessible(theirs, javaScriptEnabled);
  await theirs.getByLabel("I can read the mail to n•••@example.org.").check();
  await theirs.getByRole("button", { name: "Send me a code" }).click();
  await theirs.getByLabel("Code").fill("12");
  await theirs.getByRole("button", { name: "Continue" }).click();
  await expect(theirs.getByText("Enter the 6 digits of the code.").filter({ visible: true })).toBeVisible();
  await accessible(theirs, javaScriptEnabled);
  let code = "";
  await expect(async () => {
    const { subject, text } = await mailTo(page, email);
    expect(subject).toBe("Your code to join your organization");
    code = /^\d{6}$/m.exec(text)?.[0] ?? "";
  }).toPass();
  await theirs.getByLabel("Code").fill(code);
  await theirs.getByRole("button", { name: "Continue" }).click();
  await expect(theirs.getByText(email)).toBeVisible();
  await theirs.getByLabel("Your name").fill("Nora New");
  await theirs.getByLabel("Password", { exact: true }).fill(password);
  await theirs.getByRole("button", { name: "Join your organization" }).click();
  await expect(theirs).toHaveURL(/\/sources/);
});

test("somebody with an account, signed in, reads what joining will let them see", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const theirs = await anotherBrowser(browser, javaScriptEnabled);
  const email = await signUp(theirs, "Initech", someone("peter"));
  await signUp(page);
  await inviteTyped(page, email);
  await theirs.goto(await joinPath(page, email));
  await expectFound(theirs, "Join Acme", javaScriptEnabled);
  await expect(theirs.getByText("You won't see any sources or domains until")).toBeVisible();
  await expect(theirs.getByRole("button", { name: "Decline" })).toBeVisible();
  await theirs.getByRole("button", { name: "Join your organization" }).click();
  await expect(theirs).toHaveURL(/\/sources/);
});
