import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, expectLetterAccessible } from "@/lib/testing/journey";

const main = (page: Page) => page.getByRole("main");

test("every mail has a sample, which is read in both forms and with other names", async ({ page }) => {
  await page.goto("/dev/mailbox");
  await main(page).getByRole("link", { name: "samples" }).click();
  await main(page).getByRole("link", { name: "Ada Lovelace invited you to join Acme", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ada Lovelace invited you to join Acme");
  const sample = main(page).getByRole("region", { name: "With a message" });
  await expect(sample).toContainText("Not expecting it? You can ignore this email.");
  const button = sample.frameLocator("iframe").getByRole("link", { name: "Join your organization" });
  await expect(button).toHaveAttribute("href", /^http:\/\/localhost:\d+\/join\/[\w-]+$/);

  await main(page).getByRole("link", { name: "Right-to-left names" }).click();
  await expect(main(page).getByRole("link", { name: "Right-to-left names" })).toHaveAttribute("aria-current", "page");
  await expect(sample).toContainText("سارة حداد");
  const answer = await page.goto("/dev/mailbox/samples/nonsense");
  expect(answer?.status()).toBe(404);
});

test("the pages of samples are accessible @script", async ({ page }) => {
  await page.goto("/dev/mailbox/samples");
  await expectAccessible(page);
  await page.goto("/dev/mailbox/samples/access-decided?names=long");
  await expectAccessible(page);
});

// Half of the mails each: a mail takes four looks.
const looks = ["usual", "long", "right-to-left"].flatMap((names) => [0, 1].map((half) => ({ names, half })));

for (const { names, half } of looks) {
  test(`mails with ${names} names can be read by all, light and dark, wide and narrow, part ${half + 1} @script`, async ({
    page,
    context,
  }) => {
    const letter = await context.newPage();
    await page.goto("/dev/mailbox/samples");
    const links = main(page).getByRole("table").getByRole("link");
    const addresses = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    expect(addresses.length).toBeGreaterThan(12);
    for (const address of addresses.filter((_, at) => at % 2 === half)) {
      await page.goto(`${address}?names=${names}`);
      const frames = main(page).locator("iframe");
      const mails = await frames.evaluateAll((all) => all.map((frame) => frame.getAttribute("srcdoc") ?? ""));
      expect(mails.length).toBeGreaterThan(0);
      for (const html of mails) {
        await letter.setContent(html);
        await expectLetterAccessible(letter);
        for (const button of await letter.locator(".button").all())
          expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(44);
      }
    }
  });
}
