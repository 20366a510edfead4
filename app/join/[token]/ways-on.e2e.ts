import { type Browser, expect, type Page, test } from "@playwright/test";
import {
  anotherBrowser,
  expectAccessible,
  inviteTyped,
  join,
  joinPath,
  letExpire,
  mailTo,
  makeOwner,
  password,
  pressRow,
  signUp,
  someone,
} from "@/lib/testing/journey";

// No press on the join page ends nowhere: what came of it is said, and the next press is there.
type Scripted = boolean | undefined;

const invited = async (page: Page, organization = "Acme", email = someone("nora")) => {
  const owner = await signUp(page, organization);
  await inviteTyped(page, email);
  return { owner, email, path: await joinPath(page, email) };
};
const visit = async (browser: Browser, scripted: Scripted, path: string) => {
  const page = await anotherBrowser(browser, scripted);
  await page.goto(path);
  return page;
};
const fill = async (page: Page, typed = password) => {
  await page.getByLabel("Your name").fill("Nora New");
  await page.getByLabel("Password", { exact: true }).fill(typed);
};
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const heading = (page: Page, name: string, level = 1) => page.getByRole("heading", { level, name, exact: true });
const main = (page: Page) => page.getByRole("main");
const accessible = async (page: Page, scripted: Scripted) => {
  if (scripted !== false) await expectAccessible(page);
};
const copiedLink = async (page: Page, email: string, scripted: Scripted) => {
  await pressRow(page, email, "Copy link", { scripted });
  return new URL(await page.locator("code").innerText()).pathname;
};
const askForCode = async (page: Page, button = "Send me a code") => {
  await page.getByLabel("I can read the mail to n•••@example.org.").check();
  await press(page, button);
};

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
  await expect(main(open)).not.toContainText("Ada Gone");
  await accessible(open, javaScriptEnabled);
  await theirs.goto(adas);
  await expect(main(theirs)).toContainText("Ask Olive Owner to re-activate you.");
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

test("signing in from a used invite leads on to its organization; whoever is signed in otherwise may switch", async ({
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
  await press(other, "Switch account");
  await main(other).getByRole("link", { name: "Sign in" }).click();
  await other.getByLabel("Email").fill(email);
  await other.getByLabel("Password", { exact: true }).fill(password);
  await press(other, "Sign in");
  await expect(heading(other, "You're already in Acme")).toBeVisible();
  await press(other, "Go to Acme");
  await expect(other.getByRole("banner")).toContainText("Acme");
});

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
  javaScriptEnabled,
}) => {
  const { email, path } = await invited(page);
  await letExpire(email);
  await page.goto(path);
  await expect(heading(page, "This invite has expired")).toBeVisible();
  await expect(main(page)).toContainText("You invited n•••@example.org to Acme.");
  await accessible(page, javaScriptEnabled);
  await page.getByRole("link", { name: "Open it in User Management" }).click();
  await expect(page.getByRole("button", { name: "Resend invite" })).toBeVisible();
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
  await expect(main(theirs)).not.toContainText("Only an Owner");
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
  await press(three, "Go on");
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
