import { expect, type Page, test } from "@playwright/test";
import { copiedLink, expectFound, heading, invited, press, said, visit } from "@/lib/testing/joining";
import { anotherBrowser, inviteTyped, mailTo, signUp } from "@/lib/testing/journey";

const main = (page: Page) => page.getByRole("main");
const blockPath = async (page: Page, email: string) => {
  const { links } = await mailTo(page, email);
  return new URL(links.find((link) => link.includes("/block/")) ?? "").pathname;
};
const stop = async (page: Page, from: string) => {
  await page.getByLabel(from).check();
  await page.getByLabel("I don't want these invitations.").check();
  await press(page, "Stop invitations");
};

test("whoever reads the mail stops invitations from one organization, and allows them again", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const { email } = await invited(page);
  const theirs = await visit(browser, javaScriptEnabled, await blockPath(page, email));
  await expectFound(theirs, "Stop invitations", javaScriptEnabled);
  await expect(main(theirs)).toContainText("n•••@example.org");
  await expect(main(theirs)).not.toContainText(email);

  await press(theirs, "Stop invitations");
  await expect(said(theirs, "Tick the box if you want no more invitations.")).toBeVisible();
  await stop(theirs, "From Acme");
  await expectFound(theirs, "Invitations are stopped", javaScriptEnabled);
  if (javaScriptEnabled !== false) await expect(heading(theirs, "Invitations are stopped")).toBeFocused();
  await expect(main(theirs)).toContainText("No more invitations are sent to n•••@example.org from Acme.");
  await theirs.reload();
  await expect(heading(theirs, "Invitations are stopped")).toBeVisible();

  await press(theirs, "Allow invitations again");
  await expect(said(theirs, "Tick the box if you want to be invited again.")).toBeVisible();
  await theirs.getByLabel("I want to be invited again.").check();
  await press(theirs, "Allow invitations again");
  await expectFound(theirs, "Invitations are allowed again", javaScriptEnabled);
});

test("stopped from every organization, another one's invite is not mailed there", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const { email } = await invited(page);
  const before = await mailTo(page, email);
  const theirs = await visit(browser, javaScriptEnabled, await blockPath(page, email));
  await stop(theirs, "From every organization");
  await expect(main(theirs)).toContainText("whichever organization they come from");

  const globex = await anotherBrowser(browser, javaScriptEnabled);
  await signUp(globex, "Globex");
  await inviteTyped(globex, email);
  // Once nothing is on its way there any more, the newest mail is still the first.
  expect((await mailTo(page, email)).id).toBe(before.id);
});

test("a long name beside a choice takes nothing from its circle", async ({ page, browser, javaScriptEnabled }) => {
  const { email } = await invited(page, "The interdepartmental society for incomprehensibilities and more");
  const theirs = await visit(browser, javaScriptEnabled, await blockPath(page, email));
  await theirs.setViewportSize({ width: 320, height: 800 });
  for (const radio of await theirs.getByRole("radio").all()) {
    const box = await radio.boundingBox();
    expect(box?.width).toBe(box?.height);
  }
  await expect(theirs.getByRole("radio", { name: /^From The interdepartmental/ })).toBeChecked();
});

test("a copied link, or one that isn't ours, stops nothing", async ({ page, browser, javaScriptEnabled }) => {
  const { email } = await invited(page);
  const copied = (await copiedLink(page, email, javaScriptEnabled)).replace("/join/", "/block/");
  const told = new Set<string>();
  for (const path of [copied, "/block/this-is-not-a-link"]) {
    const theirs = await anotherBrowser(browser, javaScriptEnabled);
    expect((await theirs.goto(path))?.status()).toBe(404);
    await expectFound(theirs, "This link can't stop invitations", javaScriptEnabled);
    await expect(main(theirs)).toContainText("Nothing has been stopped.");
    told.add(await main(theirs).innerText());
  }
  expect(told.size).toBe(1);
});

test("a page with a link from a mail is not kept, not indexed, and loads nothing from elsewhere", async ({ page }) => {
  const { email } = await invited(page);
  const path = await blockPath(page, email);
  const asked = new Set<string>();
  page.on("request", (request) => asked.add(new URL(request.url()).origin));
  const answer = await page.goto(path, { waitUntil: "networkidle" });
  expect([...asked]).toEqual([new URL(page.url()).origin]);
  const policy = answer?.headers()["content-security-policy"] ?? "";
  for (const what of ["default-src 'self'", "img-src 'self' data:"]) expect(policy).toContain(what);
  expect(answer?.headers()).toMatchObject({
    "referrer-policy": "strict-origin",
    "cache-control": expect.stringContaining("no-store"),
    "x-robots-tag": "noindex",
  });
});
