import { expect, type Page, test } from "@playwright/test";
import {
  anotherBrowser,
  expectAccessible,
  inviteTyped,
  join,
  joinPath,
  mailTo,
  sendInvites,
  signUp,
  someone,
} from "@/lib/testing/journey";

const openForm = async (page: Page) => {
  await page.goto("/account/users/invite");
  return page.getByLabel("Email addresses");
};
const chips = (page: Page) => page.getByRole("list", { name: "Added" }).getByRole("listitem");

test("a message and an expiry go along with the invite", async ({ page }) => {
  await signUp(page);
  const ada = someone("ada");
  await (await openForm(page)).fill(ada);
  await page.getByLabel("Personal message (optional)").fill("Hello Ada,\nsee https://evil.example");
  await page.getByLabel("30 days").check();
  await page.getByRole("button", { name: sendInvites }).click();
  await expect(page.getByRole("heading", { name: "1 invite sent" })).toBeVisible();
  const mail = await mailTo(page, ada);
  expect(mail.text).toContain("Hello Ada,");
  expect(mail.text).not.toContain("https://evil.example");
  const day = new Date(Date.now() + 30 * 86_400_000).getUTCDate();
  expect(mail.text).toMatch(new RegExp(`\\b${day} \\w+ \\d{4} at`));
});

test("what is refused loses nothing: list, message and expiry are still there", async ({ page }) => {
  await signUp(page);
  const many = Array.from({ length: 201 }, (_, index) => `p${index}@example.org`).join("\n");
  await (await openForm(page)).fill(many);
  await page.getByLabel("Personal message (optional)").fill("Hello");
  await page.getByLabel("14 days").check();
  await page.getByRole("button", { name: sendInvites }).click();
  await expect(page.getByLabel("Email addresses")).toHaveAccessibleDescription(
    /Type at most 200 addresses at a time\./,
  );
  await expect(page.locator("[name=addresses]")).toHaveValue(many);
  await expect(page.getByLabel("Personal message (optional)")).toHaveValue("Hello");
  await expect(page.getByLabel("14 days")).toBeChecked();
});

test("Invite more keeps what failed, with its message and expiry", async ({ page }) => {
  await signUp(page);
  await (await openForm(page)).fill(`${someone("ada")}, bob@@example.org`);
  await page.getByLabel("Personal message (optional)").fill("Hello");
  await page.getByLabel("1 day", { exact: true }).check();
  await page.getByRole("button", { name: sendInvites }).click();
  await expect(page.getByRole("heading", { name: "1 invite sent, 1 needs attention" })).toBeVisible();
  await page.getByRole("link", { name: "Invite more" }).click();
  await expect(page.locator("[name=addresses]")).toHaveValue("bob@@example.org");
  await expect(page.getByLabel("Personal message (optional)")).toHaveValue("Hello");
  await expect(page.getByLabel("1 day", { exact: true })).toBeChecked();
});

test("somebody invited already is one press from a new mail, which says when it is too soon", async ({
  page,
  javaScriptEnabled,
}) => {
  await signUp(page);
  const ada = someone("ada");
  await inviteTyped(page, ada);
  await inviteTyped(page, ada);
  const row = page.getByRole("row", { name: new RegExp(ada) });
  await expect(row).toContainText("Already invited");
  if (javaScriptEnabled === false) {
    await row.getByRole("link", { name: "Resend invite" }).click();
    await expect(page).toHaveURL(/\/account\/users\/invitations\//);
    return;
  }
  await row.getByRole("button", { name: "Resend invite" }).click();
  await expect(row).toContainText(/again in \d minutes/);
});

test("somebody inactive is one press from being active again", async ({ page, browser, javaScriptEnabled }) => {
  await signUp(page);
  const nora = someone("nora");
  await inviteTyped(page, nora);
  await join(await anotherBrowser(browser, javaScriptEnabled), await joinPath(page, nora));
  await page.goto("/account/users?q=nora");
  await page
    .getByRole("link", { name: `Actions for ${nora}` })
    .or(page.getByRole("button", { name: `Actions for ${nora}` }))
    .click();
  const deactivate = page
    .getByRole("menuitem", { name: "Deactivate user" })
    .or(page.getByRole("link", { name: "Deactivate user" }));
  await deactivate.first().click();
  await page.getByRole("button", { name: "Deactivate user" }).last().click();
  await expect(page.getByText(/is deactivated/).first()).toBeVisible();
  await inviteTyped(page, nora);
  const row = page.getByRole("row", { name: new RegExp(nora) });
  await expect(row).toContainText("Inactive");
  await row.getByRole(javaScriptEnabled === false ? "link" : "button", { name: "Re-activate user" }).click();
  if (javaScriptEnabled !== false) await expect(row).toContainText("They are active again");
});

test("addresses become chips at Enter, comma, semicolon, Tab and paste; the button counts the good ones @script", async ({
  page,
}) => {
  await signUp(page);
  const field = await openForm(page);
  await field.pressSequentially("Ada@Example.org,");
  await field.pressSequentially("Bob Builder <bob@example.org>;");
  await field.pressSequentially('"Lovelace, Byron" <byron@example.org>');
  await field.press("Enter");
  await field.pressSequentially("nonsense");
  await field.press("Tab");
  await expect(chips(page)).toHaveText([
    "ada@example.org×",
    "bob@example.org×",
    "byron@example.org×",
    "nonsensenot an email address×",
  ]);
  await expect(page.getByText("4 addresses added, 1 needs attention.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Send 3 invites" })).toBeVisible();
  await field.focus();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData("text", "cy@example.org\nADA@example.org dora@example.org");
    document.activeElement?.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
    );
  });
  await expect(
    page.getByText("6 addresses added, 1 needs attention. ada@example.org was there already."),
  ).toBeVisible();
  await expect(page.getByRole("button", { name: "Send 5 invites" })).toBeVisible();
});

test("chips are walked, mended and removed by keyboard, and Escape throws nothing away @script", async ({ page }) => {
  await signUp(page);
  const field = await openForm(page);
  await field.pressSequentially("ada@example.org,bob@@example.org,cy@example.org,");
  await field.press("Backspace");
  await expect(chips(page)).toHaveCount(3);
  await expect(chips(page).nth(2).getByRole("button").first()).toBeFocused();
  await page.keyboard.press("Backspace");
  await expect(chips(page)).toHaveCount(2);
  await expect(page.getByText("Removed cy@example.org. 2 addresses added, 1 needs attention.")).toBeVisible();
  await expect(field).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await expect(chips(page).nth(0).getByRole("button").first()).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(field).toHaveValue("bob@@example.org");
  await expect(field).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(field).toHaveValue("bob@@example.org");
  await field.fill("bob@example.org");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Send 2 invites" })).toBeVisible();
  await page.getByRole("button", { name: "Remove ada@example.org" }).click();
  await expect(page.getByRole("button", { name: "Send 1 invite", exact: true })).toBeVisible();
});

test("three invited by keyboard, one bad, mended and sent, and the result is heard @script", async ({ page }) => {
  await signUp(page);
  const field = await openForm(page);
  await field.focus();
  await page.keyboard.type(`${someone("ada")}, bob@@example.org ${someone("cy")}`);
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+a");
  await page.keyboard.type(`${someone("bob")},`);
  const button = page.getByRole("button", { name: "Send 3 invites" });
  for (let presses = 0; presses < 10 && !(await button.evaluate((one) => one === document.activeElement)); presses++)
    await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "3 invites sent", exact: true })).toBeFocused();
});

test("the form with chips, and the result with its presses, are accessible @script", async ({ page }) => {
  await signUp(page);
  const ada = someone("ada");
  await inviteTyped(page, ada);
  const field = await openForm(page);
  await field.fill(`${ada}, nonsense, ${"a".repeat(60)}@${"b".repeat(60)}.example.org, ${ada},`);
  await expect(chips(page)).toHaveCount(3);
  await expectAccessible(page);
  await page.getByRole("button", { name: sendInvites }).click();
  await expect(page.getByRole("button", { name: "Resend invite" })).toBeVisible();
  await expectAccessible(page);
});
