import { expect, type Page, test } from "@playwright/test";
import { inviteTyped, signUp, someone } from "@/lib/testing/journey";

/** What has focus, and how much of its height the button Help lies over. */
const covered = (page: Page) =>
  page.evaluate(() => {
    const at = document.activeElement;
    const help = document.querySelector("aside[aria-label=Help]");
    if (!at || !help || at === document.body) return null;
    if (help.contains(at)) return { name: "Help", over: 0 };
    const [one, other] = [at.getBoundingClientRect(), help.getBoundingClientRect()];
    const beside = one.right <= other.left || one.left >= other.right;
    const over = beside ? 0 : Math.max(0, Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top));
    return { name: at.outerHTML.slice(0, 120), over };
  });

// WCAG 2.4.11, and more: not a line of what has focus lies behind the button.
for (const [width, height] of [
  [1280, 400],
  [320, 480],
  [320, 256], // 1280 by 1024 at 400 %
] as const) {
  test(`nothing that has focus is behind Help, forwards and back, at ${width} by ${height} @script`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await signUp(page);
    await inviteTyped(page, Array.from({ length: 4 }, () => someone("ada")).join(", "));
    for (const path of ["/account/users", "/account/users/invite", "/account/profile"]) {
      await page.goto(path);
      await expect(page.getByRole("button", { name: "Help", exact: true })).toBeVisible();
      for (const key of ["Tab", "Shift+Tab"]) {
        const names = new Set<string>();
        for (let presses = 0; presses < 80; presses++) {
          await page.keyboard.press(key);
          const at = await covered(page);
          if (!at) break;
          expect(at, `${path} with ${key}`).toMatchObject({ over: 0 });
          names.add(at.name);
        }
        expect(names.size).toBeGreaterThan(8);
      }
    }
  });
}
