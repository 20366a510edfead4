import { expect, test } from "@playwright/test";
import { accessible, fill, heading, invited, press, said, visit } from "@/lib/testing/joining";
import {
  anotherBrowser,
  expectAccessible,
  inviteTyped,
  join,
  joinPath,
  letExpire,
  password,
  pressRow,
  signUp,
  someone,
} from "@/lib/testing/journey";

// Old links, kept forms, two accounts, the back button, double clicks: everybody reads what happened and what to do.

test("a form left open until somebody else has used the link says that it was used", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const { path } = await invited(page);
  const open = await visit(browser, javaScriptEnabled, path);
  await join(await anotherBrowser(browser, javaScriptEnabled), path);
  await fill(open, "some other words entirely");
  await press(open, "Join your organization");
  await expect(heading(open, "This invite was already used")).toBeVisible();
  await expect(open.getByRole("main").getByRole("link", { name: "Sign in" })).toBeVisible();
  await accessible(open, javaScriptEnabled);
});

test("a form left open until the invite was declined says so, and offers to ask for a new one", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const { path } = await invited(page);
  const open = await visit(browser, javaScriptEnabled, path);
  const other = await visit(browser, javaScriptEnabled, path);
  await other.getByLabel("I don't want to join Acme.").check();
  await press(other, "Decline");
  await expect(heading(other, "You declined this invite")).toBeVisible();
  await fill(open);
  await press(open, "Join your organization");
  await expect(heading(open, "You declined this invite")).toBeVisible();
  await expect(open.getByRole("button", { name: "Ask for a new invite" })).toBeVisible();
});

test("the press to decline an invite that has expired or was joined meanwhile declines nothing and says which", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const { email, path } = await invited(page);
  const [one, two] = [await visit(browser, javaScriptEnabled, path), await visit(browser, javaScriptEnabled, path)];
  await letExpire(email);
  await one.getByLabel("I don't want to join Acme.").check();
  await press(one, "Decline");
  await expect(heading(one, "This invite has expired")).toBeVisible();
  await pressRow(page, email, "Resend invite", { scripted: javaScriptEnabled });
  await expect(page.getByText("Invite sent again to")).toBeVisible();
  await join(one, path);
  await two.getByLabel("I don't want to join Acme.").check();
  await press(two, "Decline");
  await expect(heading(two, "This invite was already used")).toBeVisible();
});

test("asking for a new invite works once a day: whoever comes back reads when the next is possible", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const { email, path } = await invited(page);
  await letExpire(email);
  const [one, two] = [await visit(browser, javaScriptEnabled, path), await visit(browser, javaScriptEnabled, path)];
  await expect(heading(one, "This invite has expired")).toBeVisible();
  for (const each of [one, two]) {
    await each.getByLabel("I'd like to join Acme.").check();
    await press(each, "Ask for a new invite");
    await expect(each.getByText(/in 24 hours\./).first()).toBeVisible();
  }
  await accessible(two, javaScriptEnabled);
  await one.goto(path);
  await expect(one.getByText("You can ask again in 24 hours.")).toBeVisible();
});

test("the link of an invite that was revoked stays dead when the address is invited again; the new one works", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const { email, path } = await invited(page);
  await pressRow(page, email, "Revoke invite", { asks: true, scripted: javaScriptEnabled });
  await expect(page.getByText("Its links no longer work")).toBeVisible();
  await inviteTyped(page, email);
  let fresh = path;
  await expect(async () => {
    fresh = await joinPath(page, email);
    expect(fresh).not.toBe(path);
  }).toPass();
  const theirs = await visit(browser, javaScriptEnabled, path);
  await expect(heading(theirs, "This invite is no longer available")).toBeVisible();
  await expect(theirs.getByRole("link", { name: "Write to Olive Owner" })).toBeVisible();
  await join(theirs, fresh);
});

test("half of a genuine link is told so, in words and with 404", async ({ page, browser, javaScriptEnabled }) => {
  const { path } = await invited(page);
  const theirs = await anotherBrowser(browser, javaScriptEnabled);
  const answer = await theirs.goto(path.slice(0, -10));
  expect(answer?.status()).toBe(404);
  await expect(heading(theirs, "We can't find this invite")).toBeVisible();
  await expect(theirs.getByText("Check that the whole link was copied")).toBeVisible();
  await accessible(theirs, javaScriptEnabled);
});

test("a double click joins once and lands; going back says that one is in already", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const { email, path } = await invited(page);
  const theirs = await visit(browser, javaScriptEnabled, path);
  await fill(theirs);
  await theirs.getByRole("button", { name: "Join your organization" }).dblclick();
  await expect(theirs).toHaveURL(/\/sources/);
  await expect(theirs.getByRole("heading", { name: "No access yet" })).toBeVisible();
  await theirs.goBack();
  await expect(heading(theirs, "You're already in Acme")).toBeVisible();
  await press(theirs, "Go to Acme");
  await expect(theirs).toHaveURL(/\/sources/);
  await page.goto("/account/users");
  await expect(page.getByRole("row", { name: new RegExp(email) })).toHaveCount(1);
});

test("a form kept open while another account signed in beside it accepts nothing, and says for whom the invite is", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const { email, path } = await invited(page);
  const open = await visit(browser, javaScriptEnabled, path);
  await fill(open);
  await signUp(await open.context().newPage(), "Hooli", someone("gavin"));
  await press(open, "Join your organization");
  await expect(heading(open, "This invite is for n•••@example.org")).toBeVisible();
  await accessible(open, javaScriptEnabled);
  await press(open, "Switch account");
  await expect(heading(open, "Join Acme")).toBeVisible();
  await page.goto("/account/users?status=pending");
  await expect(page.getByRole("row", { name: new RegExp(email) })).toHaveCount(1);
  await join(open, path);
});

test("a member who is signed in elsewhere than here is asked to sign in, and then is in", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const { email, path } = await invited(page);
  await join(await anotherBrowser(browser, javaScriptEnabled), path);
  const phone = await visit(browser, javaScriptEnabled, path);
  await expect(heading(phone, "This invite was already used")).toBeVisible();
  await phone.getByRole("main").getByRole("link", { name: "Sign in" }).click();
  await phone.getByLabel("Email").fill(email);
  await phone.getByLabel("Password", { exact: true }).fill(password);
  await press(phone, "Sign in");
  await expect(heading(phone, "You're already in Acme")).toBeVisible();
  await press(phone, "Go to Acme");
  await expect(phone.getByRole("banner")).toContainText("Acme");
});

test("what is refused on the join page is accessible @script", async ({ page, browser }) => {
  const known = await anotherBrowser(browser, true);
  const peter = await signUp(known, "Initech", someone("peter"));
  const { path } = await invited(page);
  await inviteTyped(page, peter);
  const theirs = await visit(browser, true, path);
  await press(theirs, "Join your organization");
  await expect(said(theirs, "2 fields need attention.")).toBeVisible();
  await expectAccessible(theirs);
  await theirs.goto(path);
  await press(theirs, "Decline");
  await expect(said(theirs, "Tick the box if you want to decline.")).toBeVisible();
  await expectAccessible(theirs);
  await theirs.getByLabel("I don't want to join Acme.").check();
  await press(theirs, "Decline");
  await press(theirs, "Ask for a new invite");
  await expect(said(theirs, "Tick the box if you want to ask.")).toBeVisible();
  await expectAccessible(theirs);
  await theirs.goto(await joinPath(page, peter));
  await theirs.getByLabel("Password", { exact: true }).fill("not the password at all");
  await press(theirs, "Sign in and join");
  await expect(said(theirs, "This isn't the password of this account.")).toBeVisible();
  await expectAccessible(theirs);
});

test("back from what came of a press shows what is, not the form as it was", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const { path, email } = await invited(page);
  const open = await visit(browser, javaScriptEnabled, path);
  await fill(open);
  await pressRow(page, email, "Revoke invite", { asks: true, scripted: javaScriptEnabled !== false });
  await expect(page.getByRole("status").filter({ hasText: "is revoked" })).toBeVisible();
  await press(open, "Join your organization");
  await expect(heading(open, "This invite is no longer available")).toBeVisible();
  await open.goBack();
  await expect(heading(open, "This invite is no longer available")).toBeVisible();
  await expect(open.getByRole("button", { name: "Join your organization" })).toHaveCount(0);
});

test("a link in the summary of errors leads to its field, and the page isn't drawn anew @script", async ({
  page,
  browser,
}) => {
  const { path } = await invited(page);
  const open = await visit(browser, true, path);
  await press(open, "Join your organization");
  const summary = open.getByRole("listitem").getByRole("link");
  await expect(summary).toHaveCount(2);
  const drawn: string[] = [];
  open.on("request", (request) => request.url().includes("/join/") && drawn.push(request.url()));
  await summary.last().click();
  await expect(open).toHaveURL(/#/);
  await open.waitForTimeout(1000);
  expect(drawn).toEqual([]);
});
