import { expect, type Page, test } from "@playwright/test";
import {
  anotherBrowser,
  expectAccessible,
  inviteTyped,
  join,
  joinPath,
  mailTo,
  pressRow,
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

/** Opens what stands behind `Invite more`. */
const inviteMore = (page: Page) => page.getByText("Invite more").click();
const form = (page: Page) => page.getByLabel("Email addresses");

test("the form gives way to the result, and Invite more brings it back with what failed, its message and expiry", async ({
  page,
}) => {
  await signUp(page);
  await (await openForm(page)).fill(`${someone("ada")}, bob@@example.org`);
  await page.getByLabel("Personal message (optional)").fill("Hello");
  await page.getByLabel("1 day", { exact: true }).check();
  await page.getByRole("button", { name: sendInvites }).click();
  await expect(page.getByRole("heading", { name: "1 invite sent, 1 needs attention" })).toBeFocused();
  await expect(page.getByText("have them look in the spam folder")).toBeVisible();
  await expect(form(page)).toBeHidden();
  await inviteMore(page);
  await expect(form(page)).toBeVisible();
  await expect(page.locator("[name=addresses]")).toHaveValue("bob@@example.org");
  await expect(page.getByLabel("Personal message (optional)")).toHaveValue("Hello");
  await expect(page.getByLabel("1 day", { exact: true })).toBeChecked();
});

test("when nothing is left to mend, Invite more brings an empty form, which sends again", async ({ page }) => {
  await signUp(page);
  await inviteTyped(page, someone("ada"));
  await inviteMore(page);
  await expect(page.locator("[name=addresses]")).toHaveValue("");
  await form(page).fill(`${someone("bob")}, ${someone("cy")}`);
  await page.getByRole("button", { name: sendInvites }).click();
  await expect(page.getByRole("heading", { name: "2 invites sent", exact: true })).toBeVisible();
  await expect(form(page)).toBeHidden();
});

test("Cancel and the result lead back to the list as it was", async ({ page }) => {
  await signUp(page);
  const list = "/account/users?status=pending&q=ada&sort=expires";
  await page.goto(list);
  await page.getByRole("link", { name: "Invite Users" }).click();
  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(page).toHaveURL(list);
  const after = `${list}&after=${encodeURIComponent("2030-01-01T00:00:00.000000Z~00000000-0000-4000-8000-000000000000")}`;
  await page.goto(after);
  await page.getByRole("link", { name: "Invite Users" }).click();
  await form(page).fill(someone("ada"));
  await page.getByRole("button", { name: sendInvites }).click();
  await page.getByRole("link", { name: "Back to User Management" }).click();
  await expect(page).toHaveURL(/status=pending&q=ada&sort=expires&after=2030-01-01/);
});

test("what was typed is still there after a reload and after coming back, but not in a form opened anew @script", async ({
  page,
}) => {
  await signUp(page);
  await (await openForm(page)).fill("ada@example.org, nonsense, bob@exam");
  await page.getByLabel("Personal message (optional)").fill("Hello");
  await page.getByLabel("30 days").check();
  const expectKept = async () => {
    await expect(chips(page)).toHaveCount(3);
    await expect(page.locator("[name=addresses]")).toHaveValue("ada@example.org\nnonsense\nbob@exam");
    await expect(page.getByLabel("Personal message (optional)")).toHaveValue("Hello");
    await expect(page.getByLabel("30 days")).toBeChecked();
    await expect(page.getByRole("button", { name: "Send 1 invite", exact: true })).toBeVisible();
  };
  await page.reload();
  await expectKept();
  await page.getByRole("link", { name: "Profile" }).click();
  await expect(page).toHaveURL(/\/account\/profile/);
  await page.goBack();
  await expectKept();
  await page.getByRole("link", { name: "Cancel" }).click();
  await page.getByRole("link", { name: "Invite Users" }).click();
  await expect(page.getByRole("button", { name: "Send invites" })).toBeVisible();
  await expect(page.locator("[name=addresses]")).toHaveValue("");
});

test("a slip in a mail service's name is asked about at the chip, and changed only by a press @script", async ({
  page,
}) => {
  await signUp(page);
  const field = await openForm(page);
  await field.pressSequentially("ada@gmial.com,bob@ymail.com,");
  await expect(page.locator("[name=addresses]")).toHaveValue("ada@gmial.com\nbob@ymail.com");
  await expect(chips(page).nth(0)).toContainText("Did you mean gmail.com?");
  await expect(chips(page).nth(1)).not.toContainText("Did you mean");
  await expect(page.getByRole("button", { name: "Send 2 invites" })).toBeVisible();
  await expectAccessible(page);
  await field.focus();
  await page.keyboard.press("Shift+Tab");
  await expect(page.getByRole("button", { name: "Did you mean gmail.com? Change ada@gmial.com" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("[name=addresses]")).toHaveValue("bob@ymail.com\nada@gmail.com");
  await expect(field).toBeFocused();
  await field.pressSequentially("cy@hotmial.com,");
  await expect(page.getByText("3 addresses added. Did you mean hotmail.com?")).toBeVisible();
});

test("an address that looks mistyped is asked about, goes out as it stands, and the result leads to where it is revoked", async ({
  page,
  javaScriptEnabled,
}) => {
  await signUp(page);
  const [name] = someone("ada").split("@");
  const slip = `${name}@gmial.com`;
  await page.goto("/account/users/invite");
  await page.getByLabel("Email addresses").fill(slip);
  if (javaScriptEnabled) {
    await page.keyboard.press("Enter");
    await expect(chips(page).nth(0)).toContainText("Did you mean gmail.com?");
  } else {
    // No chip asks: the first press does, and sends nothing.
    await page.getByRole("button", { name: "Send invites" }).click();
    await expect(page.getByText(`Did you mean ${name}@gmail.com? If ${slip} is right`).last()).toBeVisible();
    await expect(page.getByLabel("Email addresses")).toHaveValue(slip);
  }
  await page.getByRole("button", { name: /^Send (1 invite|invites)$/ }).click();
  const row = page.getByRole("row", { name: /gmial/ });
  await expect(row).toContainText("Invited");
  await expect(row).toContainText("Did you mean gmail.com?");
  await row.getByRole("link", { name: "View invite" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${name}@gmial.com`);
  await expect(page.getByRole("button", { name: "Revoke invite" })).toBeVisible();
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
    await page.getByRole("button", { name: "Resend invite" }).click();
    await expect(page.getByRole("status")).toContainText(/again in \d minutes/);
    return;
  }
  await row.getByRole("button", { name: "Resend invite" }).click();
  await expect(row).toContainText(/again in \d minutes/);
  await expect(page.locator(":focus")).toContainText(/again in \d minutes/);
});

test("somebody inactive is one press from being active again", async ({ page, browser, javaScriptEnabled }) => {
  await signUp(page);
  const nora = someone("nora");
  await inviteTyped(page, nora);
  await join(await anotherBrowser(browser, javaScriptEnabled), await joinPath(page, nora));
  await pressRow(page, nora, "Deactivate user", { asks: true, scripted: javaScriptEnabled });
  await expect(page.getByText(/is deactivated/).first()).toBeVisible();
  await inviteTyped(page, nora);
  const row = page.getByRole("row", { name: new RegExp(nora) });
  await expect(row).toContainText("Inactive");
  if (javaScriptEnabled === false) {
    await row.getByRole("link", { name: "Re-activate user" }).click();
    await page.getByRole("button", { name: "Re-activate user" }).click();
    await expect(page.getByRole("status")).toContainText("Nora New is active again");
    return;
  }
  await row.getByRole("button", { name: "Re-activate user" }).click();
  await expect(row).toContainText("Nora New is active again");
  await expect(page.locator(":focus")).toContainText("Nora New is active again");
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
