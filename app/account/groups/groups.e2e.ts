import { expect, type Page, test } from "@playwright/test";
import { answered, comeAlive, expectAccessible, signUp } from "@/lib/testing/journey";
import { letDomainBe, letPeopleJoin, letSourceBe } from "@/lib/testing/seeds";

const find = async (page: Page, label: string, words: string) => {
  await page.getByLabel(label).fill(words);
  await page.getByRole("button", { name: "Search" }).click();
  await answered(page);
};

/** Makes a group with these members through the page; leaves its own page in sight. */
const createGroup = async (page: Page, name: string, members: readonly string[] = ["Olive Owner"]) => {
  await page.goto("/account/groups");
  await page.getByRole("link", { name: "Create group" }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  for (const member of members) await page.getByRole("checkbox", { name: new RegExp(`^${member}`) }).check();
  await page.getByRole("button", { name: "Create group" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
};

/** Presses what asks first, and answers: in a dialog with script, on the page without. */
const confirm = async (page: Page, press: string, question: string, answer: string, scripted = true) => {
  if (scripted) await comeAlive(page);
  await page.getByRole("link", { name: press, exact: true }).click();
  const asking = scripted ? page.getByRole("dialog") : page.getByRole("region", { name: question });
  await expect(asking.getByRole("heading", { name: question })).toBeVisible();
  const words = await asking.textContent();
  await asking.getByRole("button", { name: answer }).click();
  return words;
};

test("a new organization has Owners alone, and says what groups are for", async ({ page }) => {
  await signUp(page);
  await page.getByRole("link", { name: "My Account" }).click();
  await page.getByRole("link", { name: "Group Management" }).click();
  await expect(page).toHaveTitle("Group Management – Acme");
  await expect(page.getByRole("row", { name: /Owners/ })).toContainText("Built in");
  await expect(page.getByRole("heading", { name: "Only Owners so far" })).toBeVisible();
});

test("a group is made with people who are searched for; who was ticked stays, and a taken name is mended", async ({
  page,
}) => {
  const olive = await signUp(page);
  await letPeopleJoin(olive, [...Array.from({ length: 40 }, (_, index) => `Person ${index + 10}`), "Zoe Last"]);
  await createGroup(page, "Data Analyst");
  await page.goto("/account/groups/new");
  await page.getByLabel("Name", { exact: true }).fill("DATA analyst");
  await page.getByLabel("Description (optional)").fill("Looks at sales");
  await page.getByRole("checkbox", { name: /^Person 12/ }).check();
  await expect(page.getByRole("checkbox", { name: /^Zoe Last/ })).toHaveCount(0);
  await find(page, "Name or address", "zoe");
  await expect(page.getByText("1 person matches “zoe”.")).toBeVisible();
  await expect(page.getByRole("checkbox", { name: /^Person 12/ })).toBeChecked();
  await page.getByRole("checkbox", { name: /^Zoe Last/ }).check();
  await page.getByRole("button", { name: "Create group" }).click();
  await expect(page.getByLabel("Name", { exact: true })).toHaveAccessibleDescription(
    "A group with this name exists already.",
  );
  await expect(page.getByLabel("Description (optional)")).toHaveValue("Looks at sales");
  await expect(page.getByRole("checkbox", { name: /^Person 12/ })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: /^Zoe Last/ })).toBeChecked();
  await page.getByLabel("Name", { exact: true }).fill("Sales Analyst");
  await page.getByRole("button", { name: "Create group" }).click();
  await expect(page).toHaveTitle("Sales Analyst – Group Management – Acme");
  await expect(page.getByRole("status").getByText("The group is made.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Members (2)" })).toBeVisible();
  await expect(page.getByText("Looks at sales").first()).toBeVisible();
});

test("a group needs a name and a member", async ({ page }) => {
  await signUp(page);
  await page.goto("/account/groups/new");
  await expect(page.getByRole("group", { name: "Members" })).toHaveAccessibleDescription(/^Choose at least one/);
  await expect(page.getByRole("group", { name: "Members" }).getByLabel("Name or address")).toBeVisible();
  await page.getByRole("button", { name: "Create group" }).click();
  await expect(page.getByLabel("Name", { exact: true })).toHaveAccessibleDescription("Enter a group name.");
  const members = page.getByRole("group", { name: "Members" });
  await expect(members).toHaveAccessibleDescription(/Choose at least one member\.$/);
  await page.getByLabel("Name", { exact: true }).fill("Data Analyst");
  await page.getByRole("button", { name: "Create group" }).click();
  await expect(page.getByText("Choose at least one member.").filter({ visible: true })).toHaveCount(1);
  await expect(members).toBeFocused();
});

test("members are added and taken out, details changed, and each says what came of it", async ({
  page,
  javaScriptEnabled,
}) => {
  const olive = await signUp(page);
  await letPeopleJoin(olive, ["Ada Analyst", "Bob Builder"]);
  await createGroup(page, "Data Analyst");
  await find(page, "Name or address", "ana");
  await page.getByRole("checkbox", { name: /^Ada Analyst/ }).check();
  await page.getByRole("button", { name: "Add to group" }).click();
  await expect(page.getByRole("status").getByText("In the group now: Ada Analyst.")).toBeVisible();
  await expect(page.getByRole("table", { name: "Members" }).getByRole("row", { name: /Olive Owner/ })).toContainText(
    "You",
  );
  const words = await confirm(
    page,
    "Remove Ada Analyst",
    "Remove Ada Analyst from Data Analyst?",
    "Remove from group",
    javaScriptEnabled,
  );
  expect(words).toContain("loses at once what only this group gives them");
  await expect(page.getByRole("status").getByText("Ada Analyst is out of the group.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Members (1)" })).toBeVisible();
  if (javaScriptEnabled !== false) await expect(page.getByRole("link", { name: "Remove Olive Owner" })).toBeFocused();
  await page.getByLabel("Name", { exact: true }).fill("Analyst");
  await page.getByRole("button", { name: "Save details" }).click();
  await expect(page.getByRole("status").getByText("The details are saved.")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, name: "Analyst", exact: true })).toBeVisible();
});

test("what two people change of a group's details at once is brought together, or told where both changed the same", async ({
  page,
}) => {
  await signUp(page);
  await createGroup(page, "Data Analyst");
  const group = new URL(page.url()).pathname;
  const other = await page.context().newPage();
  for (const tab of [page, other]) await tab.goto(group);
  const name = (tab: Page) => tab.getByLabel("Name", { exact: true });
  const saveDetails = async (tab: Page) => tab.getByRole("button", { name: "Save details" }).click();
  const heading = (words: string) => page.getByRole("heading", { level: 1, name: words, exact: true });
  const saved = (tab: Page) => tab.getByRole("status").getByText("The details are saved.");
  await name(other).fill("Number people");
  await saveDetails(other);
  await expect(saved(other)).toBeVisible();
  await page.getByLabel("Description (optional)").fill("Looks at sales");
  await saveDetails(page);
  await expect(saved(page)).toBeVisible();
  await expect(heading("Number people")).toBeVisible();
  await expect(page.getByLabel("Description (optional)")).toHaveValue("Looks at sales");

  for (const tab of [page, other]) await tab.goto(group);
  await name(other).fill("Analysts");
  await saveDetails(other);
  await expect(saved(other)).toBeVisible();
  await name(page).fill("Readers");
  await saveDetails(page);
  await expect(page.getByRole("main")).toContainText(
    "Meanwhile somebody else has changed the name to “Analysts”. Save once more to replace that.",
  );
  await expect(heading("Analysts")).toBeVisible();
  await expect(name(page)).toHaveValue("Readers");
  await saveDetails(page);
  await expect(saved(page)).toBeVisible();
  await expect(heading("Readers")).toBeVisible();
});

test("administrative policies: Create brings Read-only along, whom it touches is said before, and nothing changes until saved", async ({
  page,
  javaScriptEnabled,
}) => {
  const olive = await signUp(page);
  await letPeopleJoin(olive, ["Ada Analyst", "Bob Builder"]);
  await createGroup(page, "Inviters", ["Ada Analyst", "Bob Builder", "Olive Owner"]);
  const group = new URL(page.url()).pathname;
  await page.getByRole("link", { name: "Change administrative policies" }).click();
  await expect(page).toHaveTitle("Administrative policies – Inviters – Group Management – Acme");
  await page.getByRole("checkbox", { name: /invite users/ }).check();
  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(page).toHaveURL(group);
  await page.goto(`${group}/policies`);
  await expect(page.getByText("None yet: being in this group lets nobody see or do anything.")).toBeVisible();
  await expect(page.getByRole("searchbox")).toHaveCount(0);
  for (const kind of ["source-based", "domain-based"])
    await expect(page.getByRole("link", { name: `Change ${kind} policies` })).toBeVisible();
  await page.getByRole("link", { name: "Change administrative policies" }).click();
  await page.getByRole("checkbox", { name: /invite users/ }).check();
  const reads = page.getByRole("checkbox", { name: /see users and invitations/ });
  if (javaScriptEnabled !== false) {
    await expect(reads).toBeChecked();
    await expect(page.getByText("Read-only comes along with Create, Edit and Delete.")).toBeVisible();
  }
  await page.getByRole("button", { name: "See what changes" }).click();
  await expect(page.getByRole("heading", { name: "Before you save" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "2 people gain" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("Invite users");
  if (javaScriptEnabled === false)
    await expect(page.getByText("Added for what you chose: See users and invitations.")).toBeVisible();
  const meanwhile = await page.context().newPage();
  await meanwhile.goto(group);
  await expect(meanwhile.getByText("None yet: being in this group lets nobody see or do anything.")).toBeVisible();
  await page.getByRole("button", { name: "Back" }).click();
  await expect(page.getByRole("checkbox", { name: /invite users/ })).toBeChecked();
  await expect(reads).toBeChecked();
  await page.getByRole("button", { name: "See what changes" }).click();
  await page.getByRole("button", { name: "Save policies" }).click();
  await expect(page.getByRole("status").getByText("The policies are saved.")).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "Invite users" })).toContainText(
    "Manage access for organization (Create)",
  );
});

test("what somebody else changed meanwhile is not overwritten: Back shows it anew, and saving then adds to it", async ({
  page,
}) => {
  await signUp(page);
  await createGroup(page, "Inviters");
  const group = new URL(page.url()).pathname;
  const other = await page.context().newPage();
  for (const [tab, box] of [
    [page, /invite users/],
    [other, /revoke invites/],
  ] as const) {
    await tab.goto(`${group}/policies/administrative`);
    await tab.getByRole("checkbox", { name: box }).check();
    await tab.getByRole("button", { name: "See what changes" }).click();
    await expect(tab.getByRole("button", { name: "Save policies" })).toBeVisible();
  }
  await other.getByRole("button", { name: "Save policies" }).click();
  await expect(other.getByText("The policies are saved.")).toBeVisible();
  await page.getByRole("button", { name: "Save policies" }).click();
  await expect(page.getByText("Somebody else changed this group since you opened it.")).toBeVisible();
  await page.getByRole("button", { name: "Back" }).click();
  for (const box of [/invite users/, /revoke invites/])
    await expect(page.getByRole("checkbox", { name: box })).toBeChecked();
  await page.getByRole("button", { name: "See what changes" }).click();
  await expect(page.getByRole("button", { name: "Save policies" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "The group will no longer allow" })).toHaveCount(0);
  await page.getByRole("button", { name: "Save policies" }).click();
  for (const words of ["Invite users", "Revoke invites"])
    await expect(page.getByRole("listitem").filter({ hasText: words })).toBeVisible();
});

test("source-based policies: everything, a schema, and tables that are searched for", async ({ page }) => {
  const olive = await signUp(page);
  await letPeopleJoin(olive, ["Ada Analyst"]);
  await letSourceBe(olive, "Snowflake", { sales: ["orders", "customers"], people: ["salaries"] });
  await createGroup(page, "Data Analyst", ["Ada Analyst"]);
  await page.getByRole("link", { name: "Change source-based policies" }).click();
  await page.getByRole("link", { name: "Snowflake" }).click();
  await expect(page.getByText("Includes schemas and tables added later.")).toBeVisible();
  await expect(page.getByText("A schema. Includes tables added later.").first()).toBeVisible();
  await page.getByRole("checkbox", { name: /^sales, Read-only/ }).check();
  await find(page, "Find schemas and tables", "salar");
  await expect(page.getByRole("checkbox", { name: /^sales, Read-only/ })).toBeChecked();
  await page.getByRole("checkbox", { name: /^people\.salaries, Edit/ }).check();
  await page.getByRole("button", { name: "See what changes" }).click();
  await expect(page.getByRole("heading", { name: "1 person gains" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("See schema sales of Snowflake");
  await page.getByRole("button", { name: "Save policies" }).click();
  await expect(page.getByRole("status").getByText("The policies are saved.")).toBeVisible();
  await expect(page.getByText("See schema sales of Snowflake")).toBeVisible();
  await expect(page.getByText("Change descriptions and tags of table people.salaries of Snowflake")).toBeVisible();
});

test("domain-based policies, a copy with the same policies, and deleting a group that says what its members lose", async ({
  page,
  javaScriptEnabled,
}) => {
  const olive = await signUp(page);
  await letPeopleJoin(olive, ["Ada Analyst"]);
  await letDomainBe(olive, "Finance");
  await createGroup(page, "Data Analyst", ["Ada Analyst"]);
  await page.getByRole("link", { name: "Change domain-based policies" }).click();
  await page.getByRole("checkbox", { name: /^Finance, Read-only/ }).check();
  await page.getByRole("button", { name: "See what changes" }).click();
  await page.getByRole("button", { name: "Save policies" }).click();
  await expect(page.getByRole("status").getByText("The policies are saved.")).toBeVisible();
  await expect(page.getByText("See the domain Finance")).toBeVisible();
  const original = page.url().replace(/\?.*/, "");

  await page.getByRole("link", { name: "Duplicate" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Duplicate Data Analyst" })).toBeVisible();
  await page.getByRole("checkbox", { name: /^Olive Owner/ }).check();
  await page.getByRole("button", { name: "Create group" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Data Analyst (copy)" })).toBeVisible();
  await expect(page.getByText("See the domain Finance")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Members (1)" })).toBeVisible();

  await page.goto(original);
  const words = await confirm(page, "Delete group", "Delete Data Analyst?", "Delete group", javaScriptEnabled);
  expect(words).toContain("1 person loses at once:See the domain Finance");
  await expect(page.getByRole("status").getByText("The group is deleted.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Data Analyst", exact: true })).toHaveCount(0);
  expect((await page.goto(original))?.status()).toBe(404);
});

test("of Owners only members change, with a caution, and the last active one stays", async ({
  page,
  javaScriptEnabled,
}) => {
  const olive = await signUp(page);
  await letPeopleJoin(olive, ["Ada Analyst"]);
  await page.goto("/account/groups");
  await page.getByRole("link", { name: "Owners" }).click();
  await expect(page.getByText("Owners have every permission there is.")).toBeVisible();
  await expect(
    page.getByText("Whoever you add to Owners can do everything, including changing or removing your access."),
  ).toBeVisible();
  for (const name of ["Delete group", "Duplicate", "Change administrative policies"])
    await expect(page.getByRole("link", { name })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Save details" })).toHaveCount(0);
  await confirm(page, "Remove Olive Owner", "Remove Olive Owner from Owners?", "Remove from group", javaScriptEnabled);
  await expect(page.getByRole("status")).toContainText("An organization always keeps at least one active owner.");
  await page.getByRole("checkbox", { name: /^Ada Analyst/ }).check();
  await page.getByRole("button", { name: "Add to group" }).click();
  await expect(page.getByRole("heading", { name: "Members (2)" })).toBeVisible();
  const owners = new URL(page.url()).pathname;
  expect((await page.goto(`${owners}/policies/administrative`))?.status()).toBe(404);
});

test("the pages of groups are accessible @script", async ({ page }) => {
  test.slow();
  const olive = await signUp(page);
  await letPeopleJoin(olive, ["Ada Analyst"]);
  await letSourceBe(olive, "Snowflake", { sales: ["orders"] });
  await createGroup(page, "Data Analyst", ["Ada Analyst"]);
  const group = new URL(page.url()).pathname;
  for (const address of ["/account/groups", "/account/groups/new", group, `${group}/policies/sources`]) {
    await page.goto(address);
    await expectAccessible(page);
  }
  await page.getByRole("link", { name: "Snowflake" }).click();
  await expectAccessible(page);
  await page.goto(`${group}/policies/administrative`);
  await expectAccessible(page);
  await page.getByRole("checkbox", { name: /invite users/ }).check();
  await page.getByRole("button", { name: "See what changes" }).click();
  await expect(page.getByRole("heading", { name: "Before you save" })).toBeFocused();
  await expectAccessible(page);
  await page.goto(group);
  await comeAlive(page);
  await page.getByRole("link", { name: "Delete group" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessible(page);
});
