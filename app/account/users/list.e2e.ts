import { expect, test } from "@playwright/test";
import type { Sql } from "postgres";
import { letThereBeGroup } from "@/lib/testing/groups";
import {
  expectAccessible,
  inviteTyped,
  letBeSent,
  letExpire,
  letMailBe,
  mailTo,
  signUp,
  someone,
} from "@/lib/testing/journey";
import { actionsFor, rowOf, view } from "@/lib/testing/rows";
import { letPeopleJoin, seed } from "@/lib/testing/seeds";

test("views have counts and titles, a search finds and says when it finds nobody, and filters can be cleared", async ({
  page,
}) => {
  await signUp(page);
  const [ada, bob] = [someone("ada"), someone("bob")];
  await inviteTyped(page, `${ada}, ${bob}`);
  await page.goto("/account/users");
  await expect(page.getByRole("link", { name: "All 3" })).toHaveAttribute("aria-current", "page");
  await page.getByRole("link", { name: "Pending 2" }).click();
  await expect(page).toHaveTitle("Pending – User Management – Acme");
  await expect(page.getByText("olive.")).toHaveCount(0);
  await page.getByLabel("Name or address").fill("ADA.");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page).toHaveURL(/status=pending/);
  await expect(rowOf(page, ada)).toBeVisible();
  await expect(rowOf(page, bob)).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Pending 2" })).toBeVisible();
  await page.getByLabel("Name or address").fill("nobody here");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByText('No users match "nobody here".')).toBeVisible();
  await page.getByRole("link", { name: "Clear filters" }).first().click();
  await expect(rowOf(page, bob)).toBeVisible();
});

test("a head sorts by its column, and pressed again the other way round", async ({ page }) => {
  await signUp(page);
  await inviteTyped(page, `${someone("zoe")}, ${someone("abe")}`);
  await page.goto("/account/users?status=pending");
  await page.getByRole("link", { name: "Address" }).click();
  await expect(page.getByRole("columnheader", { name: "Address" })).toHaveAttribute("aria-sort", "ascending");
  await expect(page.getByRole("row").nth(1)).toContainText("abe");
  await page.getByRole("link", { name: "Address" }).click();
  await expect(page.getByRole("columnheader", { name: "Address" })).toHaveAttribute("aria-sort", "descending");
  await expect(page.getByRole("row").nth(1)).toContainText("zoe");
});

test("more rows than a page holds are reached by Next, and come back by Previous", async ({ page }) => {
  await signUp(page);
  await inviteTyped(page, Array.from({ length: 30 }, (_, index) => someone(`p${index}`)).join(" "));
  await page.goto("/account/users?status=pending&sort=name");
  await expect(page.getByRole("row")).toHaveCount(26);
  // Of the row only the address: its mail may leave meanwhile.
  const first = await page.getByRole("row").nth(1).getByText("@example.org").first().innerText();
  await page.getByRole("link", { name: "Next" }).click();
  await expect(page.getByRole("row")).toHaveCount(6);
  await expect(page.getByRole("link", { name: "Next" })).toHaveCount(0);
  await page.getByRole("link", { name: "Previous" }).click();
  await expect(page.getByRole("row").nth(1)).toContainText(first);
  await page.goto("/account/users?status=pending&after=bent");
  await expect(page.getByRole("row")).toHaveCount(26);
});

test("an invite that ran out says so and is sent again on the spot; the answer names it and the new end", async ({
  page,
}) => {
  await signUp(page);
  const ada = someone("ada");
  await inviteTyped(page, ada);
  await letExpire(ada);
  await page.goto("/account/users?status=pending");
  await expect(rowOf(page, ada)).toContainText("Expired");
  await rowOf(page, ada).getByRole("button", { name: "Resend invite" }).click();
  await expect(page.getByRole("status")).toContainText(
    new RegExp(`Invite sent again to ${ada}\\. It now expires on \\d+ \\w+ \\d{4}, \\d\\d:\\d\\d`),
  );
  await expect(rowOf(page, ada)).toContainText("in 7 days");
  await expect(rowOf(page, ada).getByRole("button", { name: "Resend invite" })).toHaveCount(0);
});

test("an expired invite typed anew is Invited again, in the result and in its history", async ({
  page,
  javaScriptEnabled,
}) => {
  await signUp(page);
  const ada = someone("ada");
  await inviteTyped(page, ada);
  await letExpire(ada);
  await inviteTyped(page, ada);
  await expect(rowOf(page, ada)).toContainText("Invited again");
  await page.goto("/account/users?status=pending");
  await expect(rowOf(page, ada)).toContainText("2 times");
  await view(page, ada, javaScriptEnabled);
  await expect(page.getByText("Invited again, by Olive Owner")).toBeVisible();
});

test("mail that could not be delivered says why, and a bounce how to mend it", async ({ page, javaScriptEnabled }) => {
  await signUp(page);
  const [ada, bob] = [someone("ada"), someone("bob")];
  await inviteTyped(page, `${ada}, ${bob}`);
  for (const email of [ada, bob]) await mailTo(page, email);
  await letMailBe(ada, "bounced", "The mailbox does not exist.");
  await letMailBe(bob, "failed", "The provider refused the address.");
  await page.goto("/account/users?status=pending");
  await expect(rowOf(page, ada)).toContainText("Bounced");
  await expect(rowOf(page, ada)).toContainText("The mailbox does not exist.");
  await expect(rowOf(page, ada).getByRole("link", { name: "Correct the address" })).toBeVisible();
  await expect(rowOf(page, bob)).toContainText("Failed");
  await view(page, bob, javaScriptEnabled);
  await expect(page.getByRole("region", { name: "Mails" })).toContainText("The provider refused the address.");
  await page.goto("/account/users");
  await expect(rowOf(page, ada)).toContainText("Bounced");
  await expect(rowOf(page, ada).getByRole("link", { name: "Correct the address" })).toBeVisible();
});

test("the second page stays where it was when the row before it has gone, and beyond the last stands the first", async ({
  page,
}) => {
  await signUp(page);
  await inviteTyped(page, Array.from({ length: 30 }, (_, index) => someone(`p${index}`)).join(" "));
  await page.goto("/account/users?status=pending&sort=name");
  await page.getByRole("link", { name: "Next" }).click();
  await expect(page.getByRole("row")).toHaveCount(6);
  const second = new URL(page.url());
  const [, id = ""] = second.searchParams.get("after")?.split("~") ?? [];
  await page.goto(`/account/users/invitations/${id}?ask=revoke`);
  await page
    .getByRole("region", { name: /^Revoke/ })
    .getByRole("button", { name: "Revoke invite" })
    .click();
  await expect(page.getByRole("status")).toContainText("is revoked");
  await page.goto(second.href);
  await expect(page.getByRole("row")).toHaveCount(6);
  await page.goto("/account/users?status=pending&sort=name&after=zzzz~ffffffff-ffff-4fff-bfff-ffffffffffff");
  await expect(page.getByRole("row")).toHaveCount(26);
});

test("the list, its menu, its dialog and the rows' own pages are accessible @script", async ({ page }) => {
  const olive = await signUp(page);
  const ada = someone("ada");
  await inviteTyped(page, `${ada}, ${someone("bob")}`);
  for (const query of ["", "?status=pending", "?status=history", "?q=nobody+here"]) {
    await page.goto(`/account/users${query}`);
    await expectAccessible(page);
  }
  await page.goto("/account/users?status=pending");
  await actionsFor(page, ada).click();
  const revoke = page.getByRole("menuitem", { name: "Revoke invite" });
  await expect(revoke).toBeVisible();
  await expectAccessible(page);
  // By key: an open menu follows its row when the check changes the width, so it may move under a pointer.
  await revoke.press("Enter");
  await expect(page.getByRole("dialog", { name: /^Revoke/ })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Cancel" }).click();
  await view(page, ada, true);
  await expectAccessible(page);
  await page.goto("/account/users");
  await view(page, olive, true);
  await expectAccessible(page);
});

test("every view, and the own page of an invite in every state, is accessible @script", async ({ page }) => {
  const owner = await signUp(page);
  const states = ["expired", "expiring", "accepted", "declined", "revoked"] as const;
  const emails = states.map((state) => someone(state));
  await inviteTyped(page, emails.join(" "));
  const [mia] = await letPeopleJoin(owner, ["Mia Inactive"]);
  await seed(owner, async (sql, organization) => {
    const [expired = "", expiring = "", accepted = "", declined = "", revoked = ""] = emails;
    await sql`update memberships set deactivated_at = now() where email = ${mia ?? ""}`;
    await sql`update invitations set expires_at = now() - interval '1 minute', created_at = now() - interval '2 days',
      last_sent_at = now() - interval '2 days' where email = ${expired}`;
    await sql`update invitations set expires_at = now() + interval '1 hour' where email = ${expiring}`;
    await sql`update invitations set declined_at = now() where email = ${declined}`;
    await sql`update invitations set revoked_at = now(), revoked_by_id = sponsor_id where email = ${revoked}`;
    await sql`with people as (insert into users (email, name, password_hash, email_verified_at)
        values (${accepted}, 'Ada Accepted', 'none', now()) returning id, email, name),
      joined as (insert into memberships (organization_id, user_id, name, email)
        select ${organization}, id, name, email from people returning user_id)
      update invitations set accepted_at = now(), accepted_by_id = user_id, accepted_through = 'email'
      from joined where email = ${accepted}`;
  });
  for (const status of ["active", "inactive", "pending", "history"]) {
    await page.goto(`/account/users?status=${status}`);
    await expectAccessible(page);
  }
  for (const email of [...emails, mia ?? ""]) {
    await page.goto(
      `/account/users?status=${email.startsWith("exp") ? "pending" : email === mia ? "inactive" : "history"}`,
    );
    await rowOf(page, email)
      .getByRole("link", { name: email === mia ? "Mia Inactive" : email, exact: true })
      .click();
    await expect(page.getByRole("link", { name: "Back to User Management" })).toBeVisible();
    await expectAccessible(page);
  }
});

test("an address that can't be read whole says which part, and shows the list without it", async ({ page }) => {
  const olive = await signUp(page);
  const gone = "00000000-0000-4000-8000-000000000000";
  for (const [query, words] of [
    ["status=junk", "There is no view like that; showing All."],
    ["group=junk", "There is no group like that; showing everyone."],
    [`group=${gone}`, "There is no group like that; showing everyone."],
    ["sort=junk", "There is no order like that; sorted by name."],
    ["after=junk", "There is no such place in the list; showing its first page."],
  ] as const) {
    expect((await page.goto(`/account/users?${query}`))?.status()).toBe(200);
    await expect(page.getByRole("main"), query).toContainText(words);
    await expect(rowOf(page, olive), query).toBeVisible();
  }
  await page.goto(`/account/users?q=${"x".repeat(201)}`);
  await expect(page.getByRole("main")).toContainText("only the first 200 characters count.");
  await page.goto("/account/users?in=&status=all&group=none&sort=-name");
  await expect(page.getByRole("main")).not.toContainText("There is no");
});

test("an invite that was sent as often as it can be says so where Resend would stand", async ({
  page,
  javaScriptEnabled,
}) => {
  await signUp(page);
  const ada = someone("ada");
  await inviteTyped(page, ada);
  await letBeSent(ada, 6);
  await letExpire(ada);
  await page.goto("/account/users?status=pending");
  await expect(rowOf(page, ada)).toContainText("Sent 6 times, no more. Once it is revoked");
  await view(page, ada, javaScriptEnabled);
  await expect(page.getByText("This invite was sent 6 times, and more would look like spam.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Resend invite" })).toHaveCount(0);
  await inviteTyped(page, ada);
  await expect(page.getByRole("heading", { name: "No invites sent, 1 needs attention" })).toBeVisible();
  await expect(rowOf(page, ada)).toContainText("Limit reached");
  await page.getByRole("link", { name: /View invite/ }).click();
  await expect(page.getByRole("button", { name: "Revoke invite" })).toBeVisible();
});

test("a row says what stands out: its last day, more groups than two, and that no mail was sent", async ({ page }) => {
  const owner = await signUp(page);
  const [ada, bob] = [someone("ada"), someone("bob")];
  await inviteTyped(page, `${ada}, ${bob}`);
  for (const name of ["Analysts", "Builders", "Curators", "Designers"]) await letThereBeGroup(owner, name);
  const soon = new Date(Date.now() + 3 * 3600_000);
  await seed(owner, async (sql, organization) => {
    await sql`update invitations set expires_at = ${soon} where email = ${ada}`;
    await sql`update invitations set link_only = true where email = ${bob}`;
    await sql`insert into invitation_groups (organization_id, invitation_id, group_id)
      select ${organization}, i.id, g.id from invitations i, groups g
      where i.email = ${ada} and g.organization_id = ${organization} and g.built_in is null`;
  });
  await page.goto("/account/users?status=pending");
  const today = soon.toDateString() === new Date().toDateString();
  await expect(rowOf(page, ada)).toContainText(`Expires ${today ? "today" : "tomorrow"}`);
  await expect(rowOf(page, ada)).toContainText(/Analysts, Builders \+2/);
  await expect(rowOf(page, ada).getByTitle("Curators, Designers")).toBeVisible();
  await expect(rowOf(page, bob)).toContainText("Link only");
  await expect(rowOf(page, bob)).not.toContainText("Expires to");
  await page.goto("/account/users");
  await expect(rowOf(page, bob)).toContainText("Link only");
  await rowOf(page, ada).getByRole("link", { name: ada, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: ada })).toBeVisible();
});

test("an invite's own page says that it was not sent by mail only if none of its mails was", async ({ page }) => {
  const owner = await signUp(page);
  const ada = someone("ada");
  await inviteTyped(page, ada);
  await letBeSent(ada, 2);
  const link = (sql: Sql) => sql`update invitations set link_only = true where email = ${ada}`;
  await seed(owner, link);
  await page.goto("/account/users?status=pending");
  await rowOf(page, ada).getByRole("link", { name: ada, exact: true }).click();
  await expect(page.getByRole("main")).toContainText("2 times, the last");
  await expect(page.getByText("Not by mail")).toHaveCount(0);
  await seed(owner, (sql) => sql`delete from outbox where to_email = ${ada}`);
  await page.reload();
  await expect(page.getByText("Not by mail")).toBeVisible();
});

test("what came of a press far down the list is in sight, and so is the row it was about @script", async ({ page }) => {
  await signUp(page);
  await inviteTyped(page, Array.from({ length: 24 }, (_, index) => someone(`p${index}`)).join(" "));
  await page.goto("/account/users?status=pending&sort=-name");
  const last = page.getByRole("button", { name: /^Actions for/ }).last();
  await last.click();
  await page.getByRole("menuitem", { name: "Copy link" }).click();
  await expect(page.getByRole("status").getByText(/\/join\//)).toBeInViewport();
  await expect(last).toBeInViewport();
  await expect(last).toBeFocused();
});
