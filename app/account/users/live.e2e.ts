import { randomBytes } from "node:crypto";
import { expect, type Page, test } from "@playwright/test";
import { anotherBrowser, expectAccessible, join, password, someone, tabTo } from "@/lib/testing/journey";
import { startResend } from "@/lib/testing/resend";
import { actionsFor, rowOf } from "@/lib/testing/rows";
import { dataFolder, freePort, type Server, startServer } from "@/lib/testing/server";
import { postWebhook, reportOf, webhookSecret } from "@/lib/testing/webhooks";

// A server of its own that sends through a stand-in for the provider, which reports what became of its mail.
const data = dataFolder();
let provider: Awaited<ReturnType<typeof startResend>>;
let server: Server;
let olive: string;

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  provider = await startResend();
  const port = await freePort();
  server = await startServer({
    DATA_DIR: data.folder,
    APP_URL: `http://localhost:${port}`,
    AUTH_SECRET: randomBytes(32).toString("base64url"),
    RESEND_API_KEY: "re_test",
    RESEND_BASE_URL: provider.url,
    RESEND_WEBHOOK_SECRET: webhookSecret,
    EMAIL_FROM: "invites@gatehouse.example.org",
    SUPPORT_EMAIL: "help@gatehouse.example.org",
    SIGNUP_MODE: "open",
    LISTEN: "127.0.0.1",
    PORT: String(port),
  });
});
test.afterAll(async () => {
  await server?.stop();
  provider?.close();
  data.forget();
});

/** A mail that the provider has taken for an address. */
const mailTo = async (email: string) => {
  const mails = () => provider.mails().filter(({ to }) => [to].flat().includes(email));
  await expect.poll(() => mails().length).toBeGreaterThan(0);
  return mails()[0];
};

/** The link in the mail to an address that leads there. */
const linkTo = async (email: string, where: "join" | "block"): Promise<string> => {
  const { text = "" } = (await mailTo(email)) ?? {};
  return new RegExp(`${server.url}/${where}/\\S+`).exec(text)?.[0] ?? "";
};

const report = async (email: string, kind: "bounced" | "delivered") => {
  const { id, key } = await mailTo(email);
  expect(await postWebhook(server.url, reportOf({ id, key, to: email }, kind))).toBe(200);
};

/** Makes an organization the first time, and signs its owner in every other time. */
const signIn = async (page: Page): Promise<void> => {
  if (olive) {
    await page.goto(`${server.url}/signin`);
    await page.getByLabel("Email").fill(olive);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL(/\/sources/);
    return;
  }
  const email = someone("olive");
  await page.goto(`${server.url}/signup`);
  await page.getByLabel("Organization name").fill("Acme");
  await page.getByLabel("Your name").fill("Olive Owner");
  await page.getByLabel("Work email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel("Setup code").fill(/(?:[A-Z2-9]{4}-){3}[A-Z2-9]{4}/.exec(server.printed())?.[0] ?? "");
  await page.getByRole("button", { name: "Create organization" }).click();
  await page.getByLabel("Code").fill(/\b\d{6}\b/.exec((await mailTo(email)).text)?.[0] ?? "");
  await page.getByRole("button", { name: "Create organization" }).click();
  await expect(page).toHaveURL(/\/sources/);
  olive = email;
};

const invite = async (page: Page, addresses: readonly string[]): Promise<void> => {
  await page.goto(`${server.url}/account/users/invite`);
  await page.getByLabel("Email addresses").fill(addresses.join(", "));
  await page.getByRole("button", { name: /^Send/ }).click();
  await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
};

const listening = (page: Page) => page.waitForResponse("**/account/users/changes");

/** Opens the pending invites and, where script runs, lets them listen: what is reported before is shown much later. */
const openPending = async (page: Page, scripted = true, sorted = ""): Promise<void> => {
  const listens = scripted && listening(page);
  await page.goto(`${server.url}/account/users?status=pending${sorted}`);
  await listens;
};

/** What SPEC's makers promise an administrator who looks on. */
const soon = { timeout: 2_000 };

test("a bounce shows on the open page within two seconds, nothing there is lost by it, and it is mended on the row", async ({
  page,
  javaScriptEnabled,
}) => {
  const scripted = javaScriptEnabled !== false;
  const [wrong, bob, right] = [someone("adda"), someone("bob"), someone("ada")];
  await signIn(page);
  await invite(page, [wrong, bob]);
  await openPending(page, scripted);
  for (const email of [wrong, bob]) await mailTo(email);
  if (scripted) {
    for (const email of [wrong, bob]) await expect(rowOf(page, email)).toContainText("Sent");
    await page.evaluate(() => Object.assign(window, { loaded: "once" }));
    await page.getByLabel("Name or address").fill("half a na");
    await report(wrong, "bounced");
    await expect(rowOf(page, wrong)).toContainText("Bounced", soon);
    await expect(page.getByLabel("Name or address")).toHaveValue("half a na");
    await expect(page.getByLabel("Name or address")).toBeFocused();
    await actionsFor(page, bob).click();
    await expect(page.getByRole("menuitem", { name: "Revoke invite" })).toBeVisible();
    await report(bob, "delivered");
    await expect(page.getByText("Delivered")).toBeVisible(soon); // the rest of the page is hidden from readers while a menu is open
    await expect(page.getByRole("menuitem", { name: "Revoke invite" })).toBeVisible();
    await page.keyboard.press("Escape");
    expect(await page.evaluate(() => "loaded" in window)).toBe(true);
    await expectAccessible(page);
  } else {
    await report(wrong, "bounced");
    await page.reload();
  }
  await expect(rowOf(page, wrong)).toContainText("The mailbox does not exist.");
  await expect(rowOf(page, wrong)).toContainText(/Sent (just now|\d+ minutes? ago)/);
  await rowOf(page, wrong).getByRole("link", { name: "Correct the address" }).click();
  await page.getByLabel("Right address").fill(right);
  const listens = scripted && listening(page);
  await page.getByRole("button", { name: "Invite this address instead" }).click();
  await expect(page.getByRole("status").filter({ hasText: `${right} is invited` })).toBeVisible();
  await mailTo(right);
  if (!(await listens)) return;
  const delivery = page.getByRole("region", { name: "Mails" });
  await expect(delivery).toContainText("Sent");
  await report(right, "delivered");
  await expect(delivery).toContainText("Delivered", soon);
});

test("a dialog stays open, and Escape gives focus back to its row, while mail comes further @script", async ({
  page,
}) => {
  const ada = someone("ada");
  await signIn(page);
  await invite(page, [ada]);
  await openPending(page);
  await expect(rowOf(page, ada)).toContainText("Sent");
  await actionsFor(page, ada).click();
  await page.getByRole("menuitem", { name: "Revoke invite" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await report(ada, "delivered");
  await expect(page.getByText("Delivered").last()).toBeAttached(soon);
  await expect(page.getByRole("dialog").getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(actionsFor(page, ada)).toBeFocused();
});

test("focus stays with whoever has gone on from a press, and when their row goes it goes to the next @script", async ({
  page,
  browser,
}) => {
  // Behind everybody whom the tests before have invited.
  const [wes, xia, yan] = [someone("wes"), someone("xia"), someone("yan")];
  await signIn(page);
  await invite(page, [wes, xia, yan]);
  await openPending(page, true, "&sort=name");
  await actionsFor(page, wes).click();
  await page.getByRole("menuitem", { name: "Copy link" }).click();
  await expect(page.getByRole("status")).toContainText(`This is the link for ${wes}.`);
  await expect(actionsFor(page, wes)).toBeFocused();
  await tabTo(page, actionsFor(page, xia));
  await report(yan, "delivered");
  await expect(rowOf(page, yan)).toContainText("Delivered");
  await expect(actionsFor(page, xia)).toBeFocused();
  const theirs = await anotherBrowser(browser, true);
  await join(theirs, await linkTo(xia, "join"));
  await expect(rowOf(page, xia)).toHaveCount(0);
  await expect(actionsFor(page, yan)).toBeFocused();
  await theirs.context().close();
});

test("how to reach support stands in Help, and as a link alone on every page with a token", async ({ page }) => {
  const ada = someone("ada");
  await signIn(page);
  await invite(page, [ada]);
  await page.goto(`${server.url}/help`);
  const support = page.getByRole("main").getByRole("link", { name: "help@gatehouse.example.org" });
  await expect(page.getByRole("main")).toContainText("Write to support: help@gatehouse.example.org");
  const [invitation, block] = [await linkTo(ada, "join"), await linkTo(ada, "block")];
  for (const path of [invitation, `${invitation}/forgot-password`, block, `${server.url}/reset-password/none`]) {
    await page.goto(path);
    await expect(support, path).toHaveAttribute("href", "mailto:help@gatehouse.example.org");
    await expect(page.getByText("Need help?"), path).toHaveCount(1);
    await expect(page.getByRole("complementary", { name: "Help" }), path).toHaveCount(0);
  }
});

test("when the provider refuses us, the pages say since when and what becomes of the mail, and owners in its words", async ({
  page,
}) => {
  const ada = someone("ada");
  await signIn(page);
  provider.next({ status: 401, name: "invalid_api_key", message: "API key is invalid" });
  await invite(page, [ada]);
  for (const path of ["?status=pending", "/invite"]) {
    await expect(async () => {
      await page.goto(`${server.url}/account/users${path}`);
      await expect(page.getByRole("main")).toContainText("Mail has been waiting since", { timeout: 500 });
    }).toPass();
    await expect(page.getByRole("main")).toContainText(
      "What waits goes out by itself once the provider takes mail again, except what has expired by then or was first tried more than 23 hours before.",
    );
    await expect(page.getByRole("main")).toContainText("API key is invalid");
  }
  await page.goto(`${server.url}/account/users?status=pending`);
  await expect(rowOf(page, ada)).toContainText("Waiting to be sent");
  await page.goto(`${server.url}/help`);
  await expect(page.getByRole("main")).toContainText("Mail is paused since");
});

test("without a session nothing can be listened to", async ({ playwright }) => {
  const nobody = await playwright.request.newContext();
  expect((await nobody.get(`${server.url}/account/users/changes`)).status()).toBe(401);
  await nobody.dispose();
});
