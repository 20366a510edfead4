import { expect, type Page, test } from "@playwright/test";
import { letThereBeGroup } from "@/lib/testing/groups";
import {
  anotherBrowser,
  expectAccessible,
  inviteTyped,
  join,
  joinPath,
  letMailBe,
  mailTo,
  signUp,
  someone,
} from "@/lib/testing/journey";
import { letHold, seed } from "@/lib/testing/seeds";

const reason = "550 5.1.1 The mailbox does not exist.";

/** Lets the mail to an invited address have bounced for good. */
const letBounce = async (page: Page, owner: string, email: string): Promise<void> => {
  await mailTo(page, email);
  await letMailBe(email, "bounced", reason);
  await seed(
    owner,
    (sql, organization) => sql`
      insert into suppressions (organization_id, email, because, reason)
      values (${organization}, ${email}, 'bounced', ${reason})`,
  );
};

const openMail = async (page: Page): Promise<void> => {
  await page.goto("/account/profile");
  await page.getByRole("link", { name: "Mail", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Mail" })).toBeVisible();
};
const tableOf = (page: Page, caption: string | RegExp) => page.getByRole("table", { name: caption });

test("an address that bounced is not invited again until an owner lifts it, who is asked first; and when it bounces anew nobody is told otherwise", async ({
  page,
  javaScriptEnabled,
}) => {
  const owner = await signUp(page);
  await openMail(page);
  await expect(page.getByText("Nothing is known to have failed.")).toBeVisible();
  await expect(page.getByText("None at the moment.")).toBeVisible();
  if (javaScriptEnabled !== false) await expectAccessible(page);

  const bob = someone("bob");
  await inviteTyped(page, bob);
  await letBounce(page, owner, bob);
  await inviteTyped(page, bob);
  const outcome = page.getByRole("row", { name: bob });
  await expect(outcome).toContainText("Can't be delivered");
  await expect(outcome).toContainText("Mail to this address has bounced, so no more is sent to it.");
  await expect(page.locator("[name=addresses]")).toHaveValue(bob);
  await outcome.getByRole("link", { name: "Open Mail" }).click();

  await expect(tableOf(page, /^Mail that didn't arrive/).getByRole("row", { name: bob })).toContainText(reason);
  await expect(tableOf(page, "Addresses we no longer mail").getByRole("row", { name: bob })).toContainText("Bounced");
  if (javaScriptEnabled !== false) await expectAccessible(page);

  await page.getByRole("link", { name: `View invite for ${bob}` }).click();
  await expect(page.getByRole("heading", { level: 1, name: bob })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("Mail to this address has bounced, so no more is sent to it.");
  await expect(page.getByRole("link", { name: "Correct the address" })).toHaveCount(1);
  await expect(page.getByRole("button", { name: "Copy link" })).toBeVisible();
  const again = page.getByRole("button", { name: "Resend invite" });
  await expect(again).toHaveCount(0);
  await openMail(page);

  const lift = page.getByRole("link", { name: `Lift what is held against ${bob}` });
  await lift.click();
  const question = page.getByRole("region", { name: `Send mail to ${bob} again?` });
  await expect(question).toBeVisible();
  if (javaScriptEnabled !== false) await expectAccessible(page);
  await question.getByRole("link", { name: "Cancel" }).click();
  await expect(question).toBeHidden();
  await lift.click();
  await question.getByRole("button", { name: "Lift" }).click();
  await expect(page.getByRole("status").filter({ hasText: `goes to ${bob} again` })).toBeVisible();
  await expect(page.getByText("None at the moment.")).toBeVisible();
  const lifted = page.url();
  await page.getByRole("link", { name: `View invite for ${bob}` }).click();
  await expect(again).toBeVisible();
  await expect(page.getByRole("main")).toContainText("If the address is right, try again later with Resend invite.");
  await inviteTyped(page, bob);
  await expect(page.getByRole("row", { name: bob })).toContainText("Already invited");

  await letBounce(page, owner, bob);
  await page.goto(lifted);
  await expect(tableOf(page, "Addresses we no longer mail").getByRole("row", { name: bob })).toContainText("Bounced");
  await expect(page.getByText(`goes to ${bob} again`)).toHaveCount(0);
});

test("who is no owner sees why, and whom to ask", async ({ page, browser, javaScriptEnabled }) => {
  const owner = await signUp(page);
  const group = await letThereBeGroup(owner, "Inviters", ["access.create"]);
  const [nora, bob] = [someone("nora"), someone("bob")];
  await inviteTyped(page, `${nora}, ${bob}`);
  await letBounce(page, owner, bob);
  const hers = await anotherBrowser(browser, javaScriptEnabled);
  await join(hers, await joinPath(page, nora));
  await seed(
    owner,
    (sql, organization) => sql`
      insert into group_members (organization_id, group_id, user_id)
      select ${organization}, ${group}, user_id from memberships where email = ${nora}`,
  );
  await openMail(hers);
  await expect(tableOf(hers, "Addresses we no longer mail").getByRole("row", { name: bob })).toBeVisible();
  await expect(hers.getByText("An owner can lift this once an address works again.")).toContainText("Olive Owner");
  await expect(hers.getByRole("link", { name: /^Lift/ })).toHaveCount(0);
  await inviteTyped(hers, bob);
  await expect(hers.getByRole("row", { name: bob })).toContainText("An owner can lift that under Mail.");
  await hers.context().close();
});

/** Lets mail of no invitation have become this: word to somebody that they were deactivated. */
const letWordBe = (owner: string, to: string, state: "failed" | "unknown", why = reason): Promise<void> =>
  seed(owner, async (sql, organization) => {
    const payload = { kind: "deactivated", to, organizationId: organization, organization: "Acme" };
    await sql`
      insert into outbox (organization_id, kind, to_email, payload, state, reason, settled_at)
      values (${organization}, 'deactivated', ${to}, ${sql.json(payload)}, ${state}, ${why}, now())`;
  });

test("mail of no invite that failed is read whole, and tried again by hand", async ({ page, javaScriptEnabled }) => {
  const owner = await signUp(page);
  const [ada, bob, eve] = [someone("ada"), someone("bob"), someone("eve")];
  await letWordBe(owner, eve, "unknown");
  await letWordBe(owner, bob, "failed");
  await letWordBe(owner, ada, "failed", `${"A server has much to say. ".repeat(18)}So it ends.`);
  await openMail(page);
  const rowOf = (email: string) => tableOf(page, /^Mail that didn't arrive/).getByRole("row", { name: email });
  const pressOf = (email: string) => page.getByRole("button", { name: `Try again the mail to ${email}` });
  const words = rowOf(ada).getByText("So it ends.");
  expect(await words.evaluate((all) => all.scrollHeight - all.clientHeight), "hidden of it").toBeLessThanOrEqual(1);
  await expect(rowOf(eve)).toContainText("Tell them yourself");
  await expect(pressOf(eve)).toHaveCount(0);
  if (javaScriptEnabled !== false) await expectAccessible(page);

  const said = page.getByRole("main").getByRole("status");
  await pressOf(ada).click();
  await expect(said).toContainText(`The mail to ${ada} is tried again.`);
  await expect(rowOf(ada)).toHaveCount(0);
  if (javaScriptEnabled !== false) {
    await expect(pressOf(bob)).toBeFocused();
    await expectAccessible(page);
  }
  expect((await mailTo(page, ada)).subject).toContain("Acme");

  await letMailBe(bob, "unknown", reason);
  await pressOf(bob).click();
  await expect(said).toContainText("This mail can't be tried again.");
  await expect(rowOf(bob)).toContainText("Unknown");
  await expect(pressOf(bob)).toHaveCount(0);
});

test("who may see users but invite nobody is offered no such press", async ({ page, browser, javaScriptEnabled }) => {
  const owner = await signUp(page);
  const [nora, ada] = [someone("nora"), someone("ada")];
  await inviteTyped(page, nora);
  const hers = await anotherBrowser(browser, javaScriptEnabled);
  await join(hers, await joinPath(page, nora));
  await letHold(owner, nora, ["access.read"]);
  await letWordBe(owner, ada, "failed");
  await openMail(hers);
  await expect(tableOf(hers, /^Mail that didn't arrive/).getByRole("row", { name: ada })).toContainText(
    "Tell them yourself",
  );
  await expect(hers.getByRole("button", { name: /^Try again/ })).toHaveCount(0);
  await hers.context().close();
});
