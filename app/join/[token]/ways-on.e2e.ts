import { expect, type Page, test } from "@playwright/test";
import { accessible, fill, heading, invited, press, visit } from "@/lib/testing/joining";
import {
  anotherBrowser,
  inviteTyped,
  join,
  joinPath,
  makeOwner,
  password,
  pressRow,
  signUp,
  someone,
} from "@/lib/testing/journey";

// No press on the join page ends nowhere: what came of it is said, and the next press is there.

const main = (page: Page) => page.getByRole("main");

test("two invites in two tabs: the second form says it is for somebody else, names who is signed in and lets them switch", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const { path } = await invited(page);
  const ben = someone("ben");
  await inviteTyped(page, ben);
  const second = await visit(browser, javaScriptEnabled, await joinPath(page, ben));
  await fill(second);
  const first = await second.context().newPage();
  await join(first, path);
  await press(second, "Join your organization");
  await expect(heading(second, "This invite is for b•••@example.org")).toBeVisible();
  await expect(main(second)).toContainText("Nothing has been accepted or declined.");
  await press(second, "Switch account");
  await expect(heading(second, "Join Acme")).toBeVisible();
});

test("a kept form can't decline for somebody else either", async ({ page, browser, javaScriptEnabled }) => {
  const { path } = await invited(page);
  const open = await visit(browser, javaScriptEnabled, path);
  await signUp(await open.context().newPage(), "Hooli", someone("gavin"));
  await open.getByLabel("I don't want to join Acme.").check();
  await press(open, "Decline");
  await expect(heading(open, "This invite is for n•••@example.org")).toBeVisible();
  await press(open, "Switch account");
  await expect(heading(open, "Join Acme")).toBeVisible();
});

test("once the sponsor has left, an owner is who can be asked", async ({ page, browser, javaScriptEnabled }) => {
  await signUp(page);
  const ada = someone("ada");
  await inviteTyped(page, ada);
  const theirs = await anotherBrowser(browser, javaScriptEnabled);
  const adas = await joinPath(page, ada);
  await join(theirs, adas, "Ada Gone");
  await makeOwner(ada);
  const email = someone("nora");
  await inviteTyped(theirs, email);
  const open = await visit(browser, javaScriptEnabled, await joinPath(page, email));
  await expect(main(open)).toContainText("Ada Gone invited");
  await pressRow(page, ada, "Deactivate user", { asks: true, scripted: javaScriptEnabled });
  await expect(page.getByText("is deactivated")).toBeVisible();
  await open.reload();
  await expect(heading(open, "This invite is no longer available")).toBeVisible();
  await expect(open.getByRole("link", { name: "Write to Olive Owner" })).toBeVisible();
  await expect(main(open).getByText("Olive Owner")).toHaveCount(1);
  await expect(main(open)).toContainText("A new invite has a link of its own");
  await expect(main(open)).not.toContainText("Ada Gone");
  await accessible(open, javaScriptEnabled);
  await theirs.goto(adas);
  await expect(main(theirs)).toContainText("Ask an owner to re-activate you.");
  await expect(theirs.getByRole("link", { name: "Write to Olive Owner" })).toBeVisible();
  await expect(main(theirs).getByText("Olive Owner")).toHaveCount(1);
});

test("an account made by another invite meanwhile joins by what was typed, when that is its password", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const { email, path } = await invited(page);
  const open = await visit(browser, javaScriptEnabled, path);
  await fill(open);
  const other = await anotherBrowser(browser, javaScriptEnabled);
  await join(other, (await invited(await anotherBrowser(browser, javaScriptEnabled), "Globex", email)).path);
  await press(open, "Join your organization");
  await expect(open).toHaveURL(/\/sources/);
  await expect(open.getByRole("banner")).toContainText("Acme");
});

test("an account made meanwhile: a form that no longer fits gives way to the one that does, and says why", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const { email, path } = await invited(page);
  const globex = (await invited(await anotherBrowser(browser, javaScriptEnabled), "Globex", email)).path;
  const [one, two] = [await visit(browser, javaScriptEnabled, path), await visit(browser, javaScriptEnabled, path)];
  for (const open of [one, two]) await fill(open, "some other words entirely");
  await join(await anotherBrowser(browser, javaScriptEnabled), globex);
  await press(one, "Join your organization");
  await expect(main(one)).toContainText(
    "Nothing has been accepted yet, and no new password was set: this address has an account by now.",
  );
  await accessible(one, javaScriptEnabled);
  const beside = await two.context().newPage();
  await beside.goto("/signin");
  await beside.getByLabel("Email").fill(email);
  await beside.getByLabel("Password", { exact: true }).fill(password);
  await press(beside, "Sign in");
  await expect(beside).toHaveURL(/\/sources/);
  await press(two, "Join your organization");
  await expect(main(two)).toContainText("you are signed in to it. One press joins.");
  await press(two, "Join your organization");
  await expect(two.getByRole("banner")).toContainText("Acme");
});

test("signed out in another tab: the press says so and asks for the password", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const theirs = await anotherBrowser(browser, javaScriptEnabled);
  const peter = await signUp(theirs, "Initech", someone("peter"));
  const { path } = await invited(page, "Acme", peter);
  await theirs.goto(path);
  const beside = await theirs.context().newPage();
  await beside.goto("/sources");
  await press(beside, "Sign out");
  await expect(beside).toHaveURL(/\/signin/);
  await press(theirs, "Join your organization");
  await expect(main(theirs)).toContainText("Nothing has been accepted yet: you are not signed in any more.");
  await accessible(theirs, javaScriptEnabled);
  await theirs.getByLabel("Password", { exact: true }).fill("not the password at all");
  await press(theirs, "Sign in and join");
  await expect(theirs.getByLabel("Password", { exact: true })).toHaveAccessibleDescription(
    /This isn't the password of this account\./,
  );
  await theirs.getByLabel("Password", { exact: true }).fill(password);
  await press(theirs, "Sign in and join");
  await expect(theirs.getByRole("banner")).toContainText("Acme");
});

test("signing in from a used invite leads on to its organization; whoever is signed in otherwise is led to it as well", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const { email, path } = await invited(page);
  const theirs = await anotherBrowser(browser, javaScriptEnabled);
  await join(theirs, path);
  await theirs.goto((await invited(await anotherBrowser(browser, javaScriptEnabled), "Globex", email)).path);
  await press(theirs, "Join your organization");
  await expect(theirs.getByRole("banner")).toContainText("Globex");
  const other = await anotherBrowser(browser, javaScriptEnabled);
  const gavin = await signUp(other, "Hooli", someone("gavin"));
  await other.goto(path);
  await expect(heading(other, "This invite was already used")).toBeVisible();
  await expect(main(other)).toContainText(gavin);
  await accessible(other, javaScriptEnabled);
  await press(other, "Sign in");
  await other.getByLabel("Email").fill(email);
  await other.getByLabel("Password", { exact: true }).fill(password);
  await press(other, "Sign in");
  await expect(heading(other, "You're already in Acme")).toBeVisible();
  await press(other, "Go to Acme");
  await expect(other.getByRole("banner")).toContainText("Acme");
});
