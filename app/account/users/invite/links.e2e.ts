import { randomBytes } from "node:crypto";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { expectAccessible, join, password, someone } from "@/lib/testing/journey";
import { databaseOf, dataFolder, freePort, type Server, startServer } from "@/lib/testing/server";

// A server of its own: outside local mode, reached as through a proxy that speaks TLS, and no mail configured.
const origin = "https://gatehouse.test";
const data = dataFolder();
let server: Server;
let port: number;

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  port = await freePort();
  server = await startServer({
    DATA_DIR: data.folder,
    APP_URL: origin,
    AUTH_SECRET: randomBytes(32).toString("base64url"),
    SIGNUP_MODE: "open",
    LISTEN: "127.0.0.1",
    PORT: String(port),
  });
});
test.afterAll(async () => {
  await server.stop();
  data.forget();
});

/** Somebody's browser, with a way to the server in place of DNS and TLS. */
const open = async (browser: Browser, javaScriptEnabled: boolean | undefined): Promise<Page> => {
  const context = await browser.newContext({
    baseURL: origin,
    javaScriptEnabled: javaScriptEnabled ?? true,
    permissions: ["clipboard-read", "clipboard-write"],
  });
  await context.route(`${origin}/**`, async (route) => {
    const { host, pathname, search } = new URL(route.request().url());
    const headers = { ...(await route.request().allHeaders()), host };
    const url = `http://127.0.0.1:${port}${pathname}${search}`;
    await route.fulfill({ response: await route.fetch({ url, headers, maxRedirects: 0 }) });
  });
  return context.newPage();
};

/** Sending an invite again has to wait five minutes. */
const sentLongAgo = async (email: string) => {
  const sql = databaseOf(data.folder, 1);
  await sql`update invitations set last_sent_at = last_sent_at - interval '1 hour', expires_at = expires_at - interval '1 hour'
    where email = ${email}`;
  await sql.end();
};

test("without mail each invite is a link to copy and pass on, which lets its person join", async ({
  browser,
  javaScriptEnabled,
}) => {
  const page = await open(browser, javaScriptEnabled);
  await page.goto("/signup");
  await page.getByLabel("Organization name").fill("Acme");
  await page.getByLabel("Your name").fill("Olive Owner");
  await page.getByLabel("Work email").fill(someone("olive"));
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel("Setup code").fill(/(?:[A-Z2-9]{4}-){3}[A-Z2-9]{4}/.exec(server.printed())?.[0] ?? "");
  await page.getByRole("button", { name: "Create organization" }).click();
  await expect(page).toHaveURL(/\/sources/);

  await page.goto("/account/users/invite");
  await expect(page.getByText("No mail is configured on this server")).toBeVisible();
  const people = ["ada", "bob", "cy"].map(someone);
  await page.getByLabel("Email addresses").fill(people.join(", "));
  const scripted = javaScriptEnabled !== false;
  if (scripted) await expectAccessible(page);
  await page.getByRole("button", { name: scripted ? "Create 3 invite links" : "Create invite links" }).click();
  await expect(page.getByRole("heading", { name: "3 links created", exact: true })).toBeVisible();
  await expect(page.getByText("The mail comes from")).toHaveCount(0);

  const [ada = ""] = people;
  const row = page.getByRole("row", { name: new RegExp(ada) });
  await expect(row).toContainText("Link created");
  const link = await row.getByText(`${origin}/join/`).innerText();
  if (scripted) {
    await expectAccessible(page);
    await row.getByRole("button", { name: `Copy link for ${ada}` }).click();
    await expect(row.getByText("Copied.")).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
  }
  const theirs = await open(browser, javaScriptEnabled);
  await join(theirs, new URL(link).pathname, "Ada Lovelace");
  await page.goto("/account/users");
  await expect(page.getByRole("row", { name: new RegExp(ada) })).toContainText("Active");

  await page.goto("/help");
  await expect(page.getByRole("main")).toContainText("No mail is configured on this server, so none is sent now.");
  await expect(page.getByRole("main")).not.toContainText("spam folder");

  const [, bob = ""] = people;
  await sentLongAgo(bob);
  await page.goto("/account/users/invite");
  await page.getByLabel("Email addresses").fill(bob);
  await page.getByRole("button", { name: scripted ? "Create 1 invite link" : "Create invite links" }).click();
  const again = page.getByRole("row", { name: new RegExp(bob) });
  await expect(again).toContainText("Already invited");
  if (!scripted) return;
  await again.getByRole("button", { name: "Resend invite" }).click();
  await expect(again).toContainText("No mail is sent from here: pass its link on yourself.");
});
