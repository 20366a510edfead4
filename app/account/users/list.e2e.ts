import { expect, type Page, test } from "@playwright/test";
import {
  anotherBrowser,
  expectAccessible,
  inviteTyped,
  join,
  joinPath,
  letBeSent,
  letExpire,
  letMailBe,
  mailTo,
  password,
  signUp,
  someone,
} from "@/lib/testing/journey";

const rowOf = (page: Page, email: string) => page.getByRole("row", { name: new RegExp(email) });
const actionsFor = (page: Page, email: string) => page.getByRole("button", { name: `Actions for ${email}` });
const toLinkOrButton = (page: Page, name: string) =>
  page.getByRole("link", { name, exact: true }).or(page.getByRole("button", { name, exact: true }));

/** Opens the row's own page, as its link does without script and its menu's `View` with. */
const view = async (page: Page, email: string, scripted = true) => {
  if (scripted) {
    await actionsFor(page, email).click();
    await page.getByRole("menuitem", { name: "View" }).click();
  } else await page.getByRole("link", { name: `Actions for ${email}` }).click();
  await expect(page.getByRole("link", { name: "Back to User Management" })).toBeVisible();
};

/** Answers the question that a destructive press asks: in a dialog with script, on the page without. */
const confirm = async (page: Page, question: string, label: string, scripted = true) => {
  const asking = scripted ? page.getByRole("dialog") : page.getByRole("region", { name: question });
  await expect(asking.getByRole("heading", { name: question })).toBeVisible();
  await asking.getByRole("button", { name: label }).click();
};

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
  const first = await page.getByRole("row").nth(1).textContent();
  await page.getByRole("link", { name: "Next" }).click();
  await expect(page.getByRole("row")).toHaveCount(6);
  await expect(page.getByRole("link", { name: "Next" })).toHaveCount(0);
  await page.getByRole("link", { name: "Previous" }).click();
  await expect(page.getByRole("row").nth(1)).toHaveText(first ?? "");
  await page.goto("/account/users?status=pending&after=bent");
  await expect(page.getByRole("row")).toHaveCount(26);
});

test("an invite is revoked on its own page after a question, and its history tells so", async ({
  page,
  javaScriptEnabled,
}) => {
  await signUp(page);
  const ada = someone("ada");
  await inviteTyped(page, ada);
  await page.goto("/account/users?status=pending");
  await view(page, ada, javaScriptEnabled);
  await expect(page.getByText("Olive Owner").first()).toBeVisible();
  await page.getByRole("button", { name: "Revoke invite" }).click();
  await confirm(page, `Revoke the invite for ${ada}?`, "Revoke invite", javaScriptEnabled);
  await expect(page.getByRole("status")).toContainText(`The invite for ${ada} is revoked.`);
  await expect(page.getByText("Revoked, by Olive Owner")).toBeVisible();
  await expect(page.getByRole("button", { name: "Revoke invite" })).toHaveCount(0);
  await page.getByRole("link", { name: "Back to User Management" }).click();
  await expect(page).toHaveURL(/status=pending/);
  await page.getByRole("link", { name: "History 1" }).click();
  await expect(rowOf(page, ada)).toContainText("Revoked");
  await inviteTyped(page, ada);
  await expect(rowOf(page, ada)).toContainText("Invited");
});

test("the link of an invite is shown once asked for; sending again at once is refused with the time", async ({
  page,
  javaScriptEnabled,
}) => {
  await signUp(page);
  const ada = someone("ada");
  await inviteTyped(page, ada);
  await page.goto("/account/users");
  await view(page, ada, javaScriptEnabled);
  await toLinkOrButton(page, "Copy link").click();
  await expect(page.getByRole("status")).toContainText(`This is the link for ${ada}.`);
  await expect(page.getByRole("status").getByText(/\/join\//)).toBeVisible();
  await expect(page.getByText("Link shown, by Olive Owner")).toBeVisible();
  await toLinkOrButton(page, "Resend invite").click();
  await expect(page.getByRole("status")).toContainText(
    /This invite was sent a moment ago\. You can send it again in \d+ minutes?\./,
  );
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

test("a press on a row that another has used meanwhile is refused by name", async ({ page }) => {
  await signUp(page);
  const ada = someone("ada");
  await inviteTyped(page, ada);
  await letExpire(ada);
  await page.goto("/account/users?status=pending");
  const another = await page.context().newPage();
  await another.goto("/account/users?status=pending");
  await rowOf(another, ada).getByRole("button", { name: "Resend invite" }).click();
  await expect(another.getByRole("status")).toContainText("Invite sent again");
  await rowOf(page, ada).getByRole("button", { name: "Resend invite" }).click();
  await expect(page.getByRole("status")).toContainText(new RegExp(`Resend invite, ${ada}: .*again in \\d+ minutes`));
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
  await expect(rowOf(page, ada)).toContainText("Check the address: revoke this invite and invite the right one.");
  await expect(rowOf(page, bob)).toContainText("Failed");
  await expect(rowOf(page, bob)).not.toContainText("Check the address");
  await view(page, bob, javaScriptEnabled);
  await expect(page.getByRole("region", { name: "Mails" })).toContainText("The provider refused the address.");
});

test("own pages carry the name in their title, and whoever signs in first comes back to exactly that page", async ({
  page,
  javaScriptEnabled,
}) => {
  const olive = await signUp(page);
  const ada = someone("ada");
  await inviteTyped(page, ada);
  const titles = { [olive]: "Olive Owner – User Management – Acme", [ada]: `${ada} – User Management – Acme` };
  for (const [email, title] of Object.entries(titles)) {
    await page.goto("/account/users?sort=-joined");
    await view(page, email, javaScriptEnabled);
    await expect(page).toHaveTitle(title);
    const address = page.url();
    await page.context().clearCookies();
    await page.goto(address);
    await expect(page).toHaveURL(/\/signin\?next=/);
    await expect(page).not.toHaveTitle(new RegExp(email));
    await page.getByLabel("Email").fill(olive);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL(address);
    await expect(page).toHaveTitle(title);
  }
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

test("a member is deactivated and re-activated; they are out at their next request", async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  await signUp(page);
  const nora = someone("nora");
  await inviteTyped(page, nora);
  const theirs = await anotherBrowser(browser, javaScriptEnabled);
  await join(theirs, await joinPath(page, nora));
  await page.goto("/account/users");
  await view(page, nora, javaScriptEnabled);
  await page.getByRole("button", { name: "Deactivate user" }).click();
  await expect(page.getByText("They will be out of Acme right away on every device")).toBeVisible();
  await confirm(page, "Deactivate Nora New?", "Deactivate user", javaScriptEnabled);
  await expect(page.getByRole("status")).toContainText("Nora New is deactivated.");
  await theirs.goto("/sources");
  await expect(theirs.getByRole("button", { name: "Sign out" })).toHaveCount(0);
  await page.getByRole("button", { name: "Re-activate user" }).click();
  await expect(page.getByRole("status")).toContainText("Nora New is active again");
  await expect(page.getByText("Deactivate Nora New?")).toHaveCount(0);
  await page.goto("/account/users?status=inactive");
  await expect(page.getByText("Nobody is inactive.")).toBeVisible();
});

test("your own page says why you can't be deactivated; ids that lead nowhere are answered 404 in words", async ({
  page,
  javaScriptEnabled,
}) => {
  const olive = await signUp(page);
  await page.goto("/account/users");
  await view(page, olive, javaScriptEnabled);
  await expect(page.getByText("The last active owner can't be deactivated.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Deactivate user" })).toHaveCount(0);
  const own = new URL(page.url()).pathname.split("/").at(-1);
  const random = "00000000-0000-4000-8000-000000000000";
  for (const path of ["nonsense", random, `invitations/${random}`, `invitations/${own}`]) {
    const answer = await page.goto(`/account/users/${path}`);
    expect(answer?.status(), path).toBe(404);
    await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
  }
});

test("revoking from a menu by keyboard alone: Escape comes back to it, and after a row goes focus is on the next @script", async ({
  page,
}) => {
  await signUp(page);
  const [abe, bea, cid] = [someone("abe"), someone("bea"), someone("cid")];
  await inviteTyped(page, `${abe}, ${bea}, ${cid}`);
  await page.goto("/account/users?status=pending&sort=name");
  await actionsFor(page, abe).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "View" })).toBeFocused();
  await page.keyboard.press("End");
  await expect(page.getByRole("menuitem", { name: "Revoke invite" })).toBeFocused();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: `Revoke the invite for ${abe}?` });
  await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(actionsFor(page, abe)).toBeFocused();

  await page.keyboard.press("Enter");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status")).toContainText(`The invite for ${abe} is revoked.`);
  await expect(rowOf(page, abe)).toHaveCount(0);
  await expect(actionsFor(page, bea)).toBeFocused();
});

test("a press that changes a row and leaves it there keeps focus on its menu @script", async ({ page }) => {
  await signUp(page);
  const ada = someone("ada");
  await inviteTyped(page, ada);
  await page.goto("/account/users");
  await actionsFor(page, ada).click();
  await page.getByRole("menuitem", { name: "Copy link" }).click();
  await expect(page.getByRole("status")).toContainText(`This is the link for ${ada}.`);
  await expect(actionsFor(page, ada)).toBeFocused();
});

test("sending one of several expired invites again leaves focus in its own row, also when it is refused @script", async ({
  page,
}) => {
  await signUp(page);
  const [abe, bea] = [someone("abe"), someone("bea")];
  await inviteTyped(page, `${abe}, ${bea}`);
  await letExpire(abe);
  await letExpire(bea);
  const [first, second] = [page, await page.context().newPage()];
  for (const tab of [first, second]) await tab.goto("/account/users?status=pending&sort=name");
  const resendTo = (tab: Page, email: string) => rowOf(tab, email).getByRole("button", { name: "Resend invite" });
  await resendTo(first, bea).click();
  await expect(first.getByRole("status")).toContainText(`Invite sent again to ${bea}.`);
  await expect(actionsFor(first, bea)).toBeFocused();
  await resendTo(second, bea).click();
  await expect(second.getByRole("status")).toContainText(`Resend invite, ${bea}:`);
  await expect(actionsFor(second, bea)).toBeFocused();
  await expect(resendTo(second, abe)).toBeVisible();
});

test("Cancel and Escape on a row's own page give focus back to the button that asked @script", async ({ page }) => {
  await signUp(page);
  const ada = someone("ada");
  await inviteTyped(page, ada);
  await page.goto("/account/users");
  await view(page, ada);
  const revoke = page.getByRole("main").getByRole("button", { name: "Revoke invite" }).first();
  for (const way of ["Escape", "Enter"]) {
    await revoke.focus();
    await page.keyboard.press("Space");
    await expect(page.getByRole("dialog").getByRole("button", { name: "Cancel" })).toBeFocused();
    await page.keyboard.press(way);
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(revoke).toBeFocused();
  }
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
  await expectAccessible(page);
  await page.getByRole("menuitem", { name: "Revoke invite" }).click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Cancel" }).click();
  await view(page, ada, true);
  await expectAccessible(page);
  await page.goto("/account/users");
  await view(page, olive, true);
  await expectAccessible(page);
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
  await expect(rowOf(page, ada)).toContainText("Sent 6 times, no more. Revoke it and invite again.");
  await view(page, ada, javaScriptEnabled);
  await expect(page.getByText("This invite was sent 6 times, and more would look like spam.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Resend invite" })).toHaveCount(0);
  await inviteTyped(page, ada);
  await expect(page.getByRole("heading", { name: "No invites sent, 1 needs attention" })).toBeVisible();
  await expect(rowOf(page, ada)).toContainText("Limit reached");
  await page.getByRole("link", { name: /View invite/ }).click();
  await expect(page.getByRole("button", { name: "Revoke invite" })).toBeVisible();
});
