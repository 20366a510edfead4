import { expect, test } from "@playwright/test";
import {
  anotherBrowser,
  expectAccessible,
  inviteTyped,
  join,
  joinPath,
  mailTo,
  password,
  signUp,
  someone,
} from "@/lib/testing/journey";

test("an administrator invites, the mail arrives, the invitee joins and sees No access yet", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const owner = await signUp(page);
  const email = someone("nora");
  await inviteTyped(page, email);
  await expect(page.getByRole("heading", { name: "1 invite sent" })).toBeVisible();

  const mail = await mailTo(page, email);
  expect(mail.subject).toBe("Olive Owner invited you to join Acme");
  const theirs = await anotherBrowser(browser, javaScriptEnabled);
  await theirs.goto(await joinPath(page, email));
  await expect(theirs.getByRole("heading", { level: 1, name: "Join Acme" })).toBeVisible();
  await expect(theirs.getByText(email)).toBeVisible();
  await expect(theirs.getByLabel("Password", { exact: true })).toHaveAccessibleDescription(
    "At least 12 characters. A few words nobody would put together are good.",
  );
  await expect(theirs.getByText("You'll be signed in right away.")).toBeVisible();
  await join(theirs, await joinPath(page, email));
  await expect(theirs.getByText("You've joined Acme.", { exact: true })).toBeVisible();
  await expect(theirs.getByRole("heading", { name: "No access yet" })).toBeVisible();
  await expect(
    theirs.getByText("You've joined Acme, but nobody has given you access to any sources or domains yet."),
  ).toBeVisible();
  await expect(theirs.getByText("Olive Owner").first()).toBeVisible();
  await theirs.goto("/domains");
  await expect(theirs.getByRole("heading", { name: "No access yet" })).toBeVisible();

  await page.goto("/account/users");
  await expect(page.getByRole("row", { name: new RegExp(email) })).toContainText("Active");
  await expect(page.getByRole("row", { name: new RegExp(owner) })).toContainText("You");
});

test("the link opens again after joining and says so", async ({ page, browser, javaScriptEnabled }) => {
  await signUp(page, "Globex");
  const email = someone("nora");
  await inviteTyped(page, email);
  const path = await joinPath(page, email);
  const theirs = await anotherBrowser(browser, javaScriptEnabled);
  await join(theirs, path);
  await theirs.goto(path);
  await expect(theirs.getByRole("heading", { name: "You're already in Globex" })).toBeVisible();
  const stranger = await anotherBrowser(browser, javaScriptEnabled);
  await stranger.goto(path);
  await expect(stranger.getByRole("heading", { name: "This invite was already used" })).toBeVisible();
});

test("an existing account joins by its password on the same page", async ({ page, browser, javaScriptEnabled }) => {
  const theirs = await anotherBrowser(browser, javaScriptEnabled);
  const email = await signUp(theirs, "Initech", someone("peter"));
  await signUp(page, "Acme");
  await inviteTyped(page, email);
  const elsewhere = await anotherBrowser(browser, javaScriptEnabled);
  await elsewhere.goto(await joinPath(page, email));
  await elsewhere.getByLabel("Password", { exact: true }).fill("not the password at all");
  await elsewhere.getByRole("button", { name: "Sign in and join" }).click();
  await expect(elsewhere.getByText("This isn't the password of this account.").filter({ visible: true })).toBeVisible();
  await elsewhere.getByLabel("Password", { exact: true }).fill(password);
  await elsewhere.getByRole("button", { name: "Sign in and join" }).click();
  await expect(elsewhere).toHaveURL(/\/sources/);
  await expect(elsewhere.getByRole("banner")).toContainText("Acme");
});

test("the signed-in invited person joins by one press", async ({ page, browser, javaScriptEnabled }) => {
  const theirs = await anotherBrowser(browser, javaScriptEnabled);
  const email = await signUp(theirs, "Initech", someone("peter"));
  await signUp(page, "Acme");
  await inviteTyped(page, email);
  await theirs.goto(await joinPath(page, email));
  await theirs.getByRole("button", { name: "Join your organization" }).click();
  await expect(theirs).toHaveURL(/\/sources/);
  await expect(theirs.getByRole("banner")).toContainText("Acme");
});

test("somebody else's session accepts nothing, and Switch account comes back to the invitation", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  await signUp(page, "Acme");
  const email = someone("nora");
  await inviteTyped(page, email);
  const other = await anotherBrowser(browser, javaScriptEnabled);
  const otherEmail = await signUp(other, "Hooli", someone("gavin"));
  await other.goto(await joinPath(page, email));
  await expect(other.getByRole("heading", { name: "This invite is for n•••@example.org" })).toBeVisible();
  await expect(other.getByText(otherEmail)).toBeVisible();
  await expect(other.locator("body")).not.toContainText(email);
  await other.getByRole("button", { name: "Switch account" }).click();
  await expect(other.getByRole("heading", { name: "Join Acme" })).toBeVisible();
  await page.goto("/account/users?status=pending");
  await expect(page.getByRole("row", { name: new RegExp(email) })).toContainText("Olive Owner");
});

test("what was typed comes back with a sentence, except the password", async ({ page, browser, javaScriptEnabled }) => {
  await signUp(page);
  const email = someone("nora");
  await inviteTyped(page, email);
  const theirs = await anotherBrowser(browser, javaScriptEnabled);
  await theirs.goto(await joinPath(page, email));
  await theirs.getByLabel("Your name").fill("Nora New");
  await theirs.getByLabel("Password", { exact: true }).fill("short");
  await theirs.getByRole("button", { name: "Join your organization" }).click();
  await expect(theirs.getByLabel("Password", { exact: true })).toHaveAccessibleDescription(
    /Use at least 12 characters\./,
  );
  await expect(theirs.getByLabel("Your name")).toHaveValue("Nora New");
  await expect(theirs.getByLabel("Password", { exact: true })).toHaveValue("");
});

test("how strong a new password is stands below it in words, and it can be shown @script", async ({
  page,
  browser,
}) => {
  await signUp(page);
  const email = someone("nora");
  await inviteTyped(page, email);
  const theirs = await anotherBrowser(browser, true);
  await theirs.goto(await joinPath(page, email));
  const typed = theirs.getByLabel("Password", { exact: true });
  const show = theirs.getByRole("button", { name: "Show password" });
  await expect(typed).toHaveAttribute("type", "password");
  for (const [words, said] of [
    ["elevenchars", "Too short: 1 more character."],
    ["short", "Too short: 7 more characters."],
    ["a quiet gate", "Long enough."],
    [password, "Long enough, and longer is stronger."],
  ] as const) {
    await typed.fill(words);
    await expect(theirs.getByText(said, { exact: true })).toBeVisible();
  }
  await show.click();
  await expect(typed).toHaveAttribute("type", "text");
  await expect(typed).toHaveValue(password);
  await theirs.getByRole("button", { name: "Hide password" }).click();
  await expect(typed).toHaveAttribute("type", "password");
  await expect(show).toBeVisible();
});

test("a link that isn't genuine is told so, in words and with 404", async ({ page }) => {
  const answer = await page.goto("/join/this-is-not-a-link");
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "We can't find this invite" })).toBeVisible();
});

test("every state of joining is accessible @script", async ({ page, browser }) => {
  const theirs = await anotherBrowser(browser, true);
  const known = await signUp(theirs, "Initech", someone("peter"));
  await signUp(page, "Acme");
  const email = someone("nora");
  await inviteTyped(page, `${email}, ${known}`);
  const [path, knownPath] = [await joinPath(page, email), await joinPath(page, known)];
  const fresh = await anotherBrowser(browser, true);
  for (const [reader, address] of [
    [fresh, path],
    [fresh, knownPath],
    [theirs, knownPath],
    [theirs, path],
    [fresh, "/join/damaged"],
  ] as const) {
    await reader.goto(address);
    await expectAccessible(reader);
  }
  await join(fresh, path);
  await expectAccessible(fresh);
  for (const used of [path, "/account/profile"]) {
    await fresh.goto(used);
    await expectAccessible(fresh);
  }
});
