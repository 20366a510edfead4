import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, inviteTyped, mailTo, signUp, someone } from "@/lib/testing/journey";
import { seed } from "@/lib/testing/seeds";

/** Uploads a file of this text, by the way a person would. */
const upload = async (page: Page, text: string | Buffer) => {
  await page.goto("/account/users/invite?status=pending");
  await page.getByRole("link", { name: "Upload CSV" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Upload CSV" })).toBeVisible();
  await choose(page, text);
};
const choose = async (page: Page, text: string | Buffer) => {
  await page
    .getByLabel("CSV file")
    .setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await page.getByRole("button", { name: "Check the file" }).click();
};
const row = (page: Page, name: RegExp | string) => page.getByRole("row", { name });

test("a file is shown row by row with every problem, and one press sends the rest", async ({
  page,
  javaScriptEnabled,
}) => {
  await signUp(page);
  const [open, ada, bob] = [someone("open"), someone("ada"), someone("bob")];
  await inviteTyped(page, open);
  const file = [
    "email;name;groups",
    `${ada};"Lovelace; Ada";`,
    `${bob};Bob;owners`,
    `bob@@x.org;Bad;`,
    `${ada.toUpperCase()};Twice;`,
    `${open};Open;`,
    `${someone("cy")};Cy;Nowhere`,
    `=1+1@x.org;;`,
    `${someone("d")};a\0b;`,
  ];
  await upload(page, `\ufeff${file.join("\r\n")}`);
  await expect(page.getByRole("heading", { name: "2 people can be invited, 6 can't" })).toBeFocused();
  await expect(page.getByText("Nothing has been sent yet.")).toBeVisible();
  await expect(row(page, new RegExp(`^${ada}.*2.*Lovelace; Ada`))).toContainText("Will be invited");
  await expect(row(page, new RegExp(`^${bob}`))).toContainText("owners");
  await expect(row(page, /^bob@@x\.org/)).toContainText("Not an email address");
  await expect(row(page, new RegExp(`^${ada.toUpperCase()}`))).toContainText("Listed twice");
  await expect(row(page, new RegExp(`^${open}`))).toContainText("Already invited");
  await expect(row(page, /^cy/)).toContainText("There is no group called “Nowhere”.");
  await expect(row(page, /^=1/)).toContainText("Begins a field like a formula");
  await expect(row(page, /^d\./)).toContainText("Has a character that can't be seen.");
  if (javaScriptEnabled !== false) await expectAccessible(page);

  await page.getByLabel("Personal message (optional)").fill("Hello all");
  await page.getByLabel("30 days").check();
  await page.getByRole("button", { name: "Send 2 invites" }).click();
  await expect(page.getByRole("heading", { name: "2 invites sent", exact: true })).toBeFocused();
  await expect(row(page, new RegExp(ada))).toContainText("Invited");
  expect((await mailTo(page, ada)).text).toContain("Hello all");
  await page.getByRole("link", { name: "Invite more" }).click();
  await choose(page, `email\n${someone("dora")}`);
  await expect(page.getByRole("heading", { name: "1 person can be invited", exact: true })).toBeFocused();
  await page.getByRole("link", { name: "Cancel" }).click();
  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(page).toHaveURL(/status=pending/);
  await expect(row(page, new RegExp(bob))).toContainText("Owners");
  await expect(row(page, new RegExp(ada))).not.toContainText("Owners");
});

test("a file that can't be used says why and sends nothing", async ({ page, javaScriptEnabled }) => {
  await signUp(page);
  await page.goto("/account/users/invite/csv");
  const field = page.getByLabel("CSV file");
  for (const [text, words] of [
    ["", /Choose a CSV file/],
    ["mail\nada@example.org", /Row 1 has to name the columns/],
    [`email\n${"ada@example.org\n".repeat(10_001)}`, /Row 10002 is one too many/],
    [Buffer.from("email,name\nada@example.org,M\xfcller", "latin1"), /Save it as “CSV UTF-8”/],
    ["a".repeat(1_000_001), /larger than 1 MB/],
  ] as const) {
    await choose(page, text);
    await expect(field).toHaveAccessibleDescription(words);
  }
  await choose(page, "email\nnonsense");
  await expect(page.getByRole("heading", { name: "0 people can be invited, 1 can't" })).toBeVisible();
  if (javaScriptEnabled !== false) await expectAccessible(page);
  await page.getByRole("link", { name: "Choose another file" }).click();
  await expect(field).toBeVisible();
  if (javaScriptEnabled !== false) await expectAccessible(page);
});

/** A busy machine takes its time over so many. */
const slow = { timeout: 60_000 };

test("10,000 people are shown, and as many invited by one press as may be in a day", async ({ page }) => {
  await signUp(page, "Acme");
  const run = someone("x").slice(2, 12);
  await upload(page, `email\n${Array.from({ length: 10_000 }, (_, at) => `p${at}.${run}@example.org`).join("\n")}`);
  // Fifty a day is what an organization as young as this one may send.
  await expect(page.getByRole("heading", { name: "50 people can be invited, 9,950 can't" })).toBeVisible(slow);
  await expect(page.getByText(`Row 10001: p9999.${run}@example.org. Limit reached.`)).toBeVisible();
  await page.getByRole("button", { name: "Send 50 invites" }).click();
  await expect(page.getByRole("heading", { name: "50 invites sent", exact: true })).toBeVisible(slow);
});

test("what looks like a slip is asked about before the file is sent, and afterwards there is a way to mend it", async ({
  page,
}) => {
  await signUp(page);
  const [slip, fine] = [`${someone("ada").split("@")[0]}@gmial.com`, someone("bob")];
  await upload(page, `email\n${fine}\n${slip}`);
  await expect(page.getByRole("heading", { name: "2 people can be invited" })).toBeFocused();
  await expect(page.getByRole("row").nth(1)).toContainText(slip);
  await expect(row(page, new RegExp(slip))).toContainText("Did you mean gmail.com?");
  await expect(row(page, new RegExp(fine))).not.toContainText("Did you mean");
  await page.getByRole("button", { name: "Send 2 invites" }).click();
  await expect(row(page, new RegExp(slip))).toContainText("Did you mean gmail.com? Then correct the address.");
  await page.getByRole("link", { name: `View invite for ${slip}` }).click();
  await expect(page.getByRole("link", { name: "Correct the address" })).toBeVisible();
});

test("of more people than anybody reads, those who were invited are counted, not listed", async ({ page }) => {
  const owner = await signUp(page);
  // After thirty days an organization may invite more in a day than a file with so many people has.
  await seed(
    owner,
    (sql, organization) => sql`
    update organizations set created_at = now() - interval '31 days' where id = ${organization}`,
  );
  const emails = Array.from({ length: 201 }, (_, n) => someone(`p${n}`));
  await upload(page, ["email", ...emails, "not an address"].join("\n"));
  await page.getByRole("button", { name: "Send 201 invites" }).click();
  await expect(page.getByRole("heading", { name: "201 invites sent" })).toBeFocused();
  await expect(page.getByText("201 of them went out and aren't listed here")).toBeVisible();
  await expect(page.getByRole("table")).toHaveCount(0);
});
