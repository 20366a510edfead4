import { expect, type Locator, type Page } from "@playwright/test";
import { comeAlive } from "./journey";

// How a journey finds its way about the rows of User Management.

export const rowOf = (page: Page, email: string): Locator => page.getByRole("row", { name: new RegExp(email) });
export const actionsFor = (page: Page, email: string): Locator =>
  page.getByRole("button", { name: `Actions for ${email}` });

/** Opens the row's own page, as its link does without script and its menu's `View` with, and lets it come alive. */
export const view = async (page: Page, email: string, scripted = true): Promise<void> => {
  if (scripted) {
    await actionsFor(page, email).click();
    await page.getByRole("menuitem", { name: "View" }).click();
  } else await page.getByRole("link", { name: `Actions for ${email}` }).click();
  await expect(page.getByRole("link", { name: "Back to User Management" })).toBeVisible();
  if (scripted) await comeAlive(page);
};

/** Answers the question that a destructive press asks: in a dialog with script, on the page without. */
export const confirm = async (page: Page, question: string, label: string, scripted = true): Promise<void> => {
  const asking = scripted ? page.getByRole("dialog") : page.getByRole("region", { name: question });
  await expect(asking.getByRole("heading", { name: question })).toBeVisible();
  await asking.getByRole("button", { name: label }).click();
};

/** A tab that hears nothing of what others do: its page stays as it was served, as where events can't get through. */
export const deafen = async (page: Page): Promise<void> => {
  await page.route("**/account/users/changes", (route) => route.abort());
};
