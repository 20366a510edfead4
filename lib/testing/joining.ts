import { type Browser, expect, type Page } from "@playwright/test";
import {
  anotherBrowser,
  answered,
  expectAccessible,
  inviteTyped,
  joinPath,
  password,
  pressRow,
  signUp,
  someone,
} from "./journey";

// The steps that tests of the join page share.

/** Whether script runs, as a test is told: it does unless this is false. */
export type Scripted = boolean | undefined;

/** Makes an organization and invites somebody to it: the owner's and the invited address, and the path of the mailed link. */
export const invited = async (page: Page, organization = "Acme", email = someone("nora")) => {
  const owner = await signUp(page, organization);
  await inviteTyped(page, email);
  return { owner, email, path: await joinPath(page, email) };
};

/** Opens a path in somebody else's browser. */
export const visit = async (browser: Browser, scripted: Scripted, path: string): Promise<Page> => {
  const page = await anotherBrowser(browser, scripted);
  await page.goto(path);
  return page;
};

/** Fills in the join form of a new address. */
export const fill = async (page: Page, typed = password): Promise<void> => {
  await page.getByLabel("Your name").fill("Nora New");
  await page.getByLabel("Password", { exact: true }).fill(typed);
};

/** Presses a button, and waits until it is answered: what is typed before would go with the form as it was. */
export const press = async (page: Page, name: string): Promise<void> => {
  await page.getByRole("button", { name, exact: true }).click();
  await answered(page);
};

export const heading = (page: Page, name: string, level = 1) => page.getByRole("heading", { level, name, exact: true });

/** What is said beside a field or over a form, where it can be seen. */
export const said = (page: Page, words: string) => page.getByText(words).filter({ visible: true }).first();

/** The page passes axe, which needs script to look at it. */
export const accessible = async (page: Page, scripted: Scripted): Promise<void> => {
  if (scripted !== false) await expectAccessible(page);
};

/** Where joining has ended: this heading, on an accessible page. */
export const expectFound = async (page: Page, name: string, scripted: Scripted): Promise<void> => {
  await expect(heading(page, name)).toBeVisible();
  await accessible(page, scripted);
};

/** The path of the link that an administrator copies from a row. */
export const copiedLink = async (page: Page, email: string, scripted: Scripted = true): Promise<string> => {
  await pressRow(page, email, "Copy link", { scripted });
  return new URL(await page.locator("code").innerText()).pathname;
};
