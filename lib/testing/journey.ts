import { randomInt } from "node:crypto";
import { tmpdir } from "node:os";
import { join as pathJoin } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, type Locator, type Page } from "@playwright/test";
import { databaseOf } from "./server";

export const password = "four quiet garden gates";

/** An address nobody else in any test has: digits, for by chance letters would spell what another test searches for. */
export const someone = (name: string): string => `${name}.${randomInt(1e12)}@example.org`;

/** Makes an organization the way a newcomer does; leaves the page signed in on `/sources`. */
export const signUp = async (page: Page, organization = "Acme", email = someone("olive")): Promise<string> => {
  await page.goto("/signup");
  await page.getByLabel("Organization name").fill(organization);
  await page.getByLabel("Your name").fill("Olive Owner");
  await page.getByLabel("Work email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Create organization" }).click();
  await expect(page).toHaveURL(/\/sources/);
  return email;
};

/** The invite form's button, which counts when script runs. */
export const sendInvites = /^Send (?:\d+ )?invites?$/;

/** Invites what is typed, through the page; leaves the result in sight. */
export const inviteTyped = async (page: Page, addresses: string): Promise<void> => {
  await page.goto("/account/users");
  await page.getByRole("link", { name: "Invite Users" }).click();
  await page.getByLabel("Email addresses").fill(addresses);
  await page.getByRole("button", { name: sendInvites }).click();
  await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
};

type Mail = { id: string; to: string; subject: string; text: string; html: string; links: string[]; status: string };

/**
 * The newest mail to an address, of those with that subject if one is given, once all that was promised to the address has
 * arrived in the local mailbox. What one change promises has no order of its own.
 */
export const mailTo = async (page: Page, to: string, subject?: string): Promise<Mail> => {
  let mail: Mail | undefined;
  await expect(async () => {
    expect(await isStillComing(to)).toBe(false);
    const answer = await page.request.get(`/dev/mailbox.json?to=${encodeURIComponent(to)}`);
    const mails: Mail[] = await answer.json();
    mail = mails.find((each) => subject === undefined || each.subject === subject);
    expect(mail).toBeDefined();
  }).toPass({ timeout: 15_000 });
  if (!mail) throw new Error(`No mail to ${to}`);
  return mail;
};

// An older mail to the same address would be taken for the one that was just promised, and one being sent becomes another.
const isStillComing = async (to: string): Promise<boolean> => {
  const sql = databaseOf(pathJoin(tmpdir(), `gh-e2e-${port}`), 1);
  const coming = await sql`select 1 from outbox
    where to_email = ${to} and (state = 'sending' or state = 'queued' and next_attempt_at <= clock_timestamp())`;
  await sql.end();
  return coming.length > 0;
};

/** The path of the join link in the newest mail to an address. */
export const joinPath = async (page: Page, to: string): Promise<string> => {
  const { links } = await mailTo(page, to);
  const link = links.find((candidate) => candidate.includes("/join/"));
  if (!link) throw new Error(`No join link in the mail to ${to}`);
  return new URL(link).pathname;
};

/** Another person's browser: nothing of the first one's cookies. Keeps whether script runs. */
export const anotherBrowser = async (browser: Browser, javaScriptEnabled: boolean | undefined): Promise<Page> =>
  (await browser.newContext({ baseURL: baseURL(), javaScriptEnabled: javaScriptEnabled ?? true })).newPage();

const port = process.env.E2E_PORT ?? "4319";
const baseURL = () => `http://localhost:${port}`;

/** Lets eight days go by for one invitation: the only thing in a journey that nobody can wait for. */
export const letExpire = async (email: string): Promise<void> => {
  const sql = databaseOf(pathJoin(tmpdir(), `gh-e2e-${port}`), 1);
  await sql`update invitations set last_sent_at = last_sent_at - interval '8 days', expires_at = expires_at - interval '8 days'
    where email = ${email}`;
  await sql.end();
};

/** Lets an invitation have been sent so many times. */
export const letBeSent = async (email: string, times: number): Promise<void> => {
  const sql = databaseOf(pathJoin(tmpdir(), `gh-e2e-${port}`), 1);
  await sql.begin(async (tx) => {
    await tx`update outbox set send = ${times} where to_email = ${email} and kind = 'invitation'`;
    await tx`update invitations set sends = ${times} where email = ${email}`;
  });
  await sql.end();
};

/** Puts a member into Owners. */
export const makeOwner = async (email: string): Promise<void> => {
  const sql = databaseOf(pathJoin(tmpdir(), `gh-e2e-${port}`), 1);
  await sql`insert into group_members (organization_id, group_id, user_id)
    select m.organization_id, g.id, m.user_id from memberships m
      join groups g on g.organization_id = m.organization_id and g.built_in = 'owners' where m.email = ${email}`;
  await sql.end();
};

/** Lets the provider say what became of the mail of an invitation. */
export const letMailBe = async (email: string, state: string, reason: string): Promise<void> => {
  const sql = databaseOf(pathJoin(tmpdir(), `gh-e2e-${port}`), 1);
  await sql`update outbox set state = ${state}, lease_until = null, reason = ${reason}, settled_at = now() where to_email = ${email}`;
  await sql.end();
};

/** Presses an item of a row's menu, and what its dialog asks; without script the same on the row's own page. */
export const pressRow = async (
  page: Page,
  email: string,
  item: string,
  { asks = false, scripted = true },
): Promise<void> => {
  await page.goto(`/account/users?q=${encodeURIComponent(email)}`);
  const name = `Actions for ${email}`;
  if (scripted) {
    await page.getByRole("button", { name }).click();
    await page.getByRole("menuitem", { name: item }).click();
    if (asks) await page.getByRole("dialog").getByRole("button", { name: item }).click();
    return;
  }
  await page.getByRole("link", { name }).click();
  await page.getByRole("button", { name: item }).click();
  if (asks) await page.getByRole("region", { name: /\?$/ }).getByRole("button", { name: item }).click();
};

/** Fills in the join page of a new address; leaves the page on `/sources`. */
export const join = async (page: Page, path: string, name = "Nora New"): Promise<void> => {
  await page.goto(path);
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Join your organization" }).click();
  await expect(page).toHaveURL(/\/sources/);
};

/**
 * Waits until script has taken over a page of somebody signed in, where Help then is a button. What is pressed before that
 * does what it does without script: a question stands on a page of its own, and focus goes where a new page has it.
 */
export const comeAlive = (page: Page): Promise<void> =>
  expect(page.getByRole("button", { name: "Help", exact: true })).toBeVisible();

/** Waits until nothing on the page waits for an answer: an answer that says the same as the one before shows in nothing else. */
export const answered = (page: Page): Promise<void> => expect(page.getByText("waiting for the answer")).toHaveCount(0);

/** Presses Tab until focus is there, as somebody without a mouse does. */
export const tabTo = async (page: Page, there: Locator): Promise<void> => {
  await expect(there).toBeVisible();
  const arrived = () => there.evaluate((control) => control === document.activeElement);
  for (let presses = 0; presses < 60 && !(await arrived()); presses++) await page.keyboard.press("Tab");
  await expect(there).toBeFocused();
};

/** Axe's findings on the page, in both themes and at these widths; none is expected. Needs script to run in the page. */
export const expectAccessible = (page: Page): Promise<void> =>
  expectNoFindings(page, [1280, 320], new AxeBuilder({ page }));

/** The same for a mail as it is written, at the widths of a mail program; the landmarks around it are that program's. */
export const expectLetterAccessible = (page: Page): Promise<void> =>
  expectNoFindings(page, [600, 320], new AxeBuilder({ page }).disableRules(["region", "landmark-one-main"]));

const expectNoFindings = async (page: Page, widths: readonly number[], axe: AxeBuilder): Promise<void> => {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of widths) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      const { violations } = await axe.setLegacyMode(true).analyze(); // one window: there are no frames of others to look into
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, `sideways scroll at ${width} px`).toBeLessThanOrEqual(0);
    }
  }
};
