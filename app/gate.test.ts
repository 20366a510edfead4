import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { rights, scopedRights } from "@/lib/access/catalogue";

/** Writes that somebody without a session may try. Whoever adds one here has thought about who may. */
const openActions = [
  "app/block/[token]/actions.ts allowInvites",
  "app/block/[token]/actions.ts stopInvites",
  "app/forgot-password/actions.ts sendResetLink",
  "app/join/[token]/actions.ts askForInvite",
  "app/join/[token]/actions.ts confirmCode",
  "app/join/[token]/actions.ts declineInvite",
  "app/join/[token]/actions.ts joinAsNew",
  "app/join/[token]/actions.ts joinSignedIn",
  "app/join/[token]/actions.ts joinWithPassword",
  "app/join/[token]/actions.ts sendCode",
  "app/join/[token]/actions.ts signInInstead",
  "app/join/[token]/actions.ts switchAccount",
  "app/join/[token]/forgot-password/actions.ts sendResetFromInvite",
  "app/reset-password/[token]/actions.ts setPassword",
  "app/signin/actions.ts signInHere",
  "app/signin/actions.ts signOutHere",
  "app/signup/actions.ts anotherCode",
  "app/signup/actions.ts confirmCode",
  "app/signup/actions.ts createOrganization",
];

/** Pages and routes that anyone may open; what they show of an organization hangs on a token they check themselves. */
const openPages = [
  "app/[...missing]/page.tsx",
  "app/account/page.tsx",
  "app/api/webhooks/resend/route.ts",
  "app/block/[token]/page.tsx",
  "app/dev/mailbox.json/route.ts",
  "app/dev/mailbox/[id]/page.tsx",
  "app/dev/mailbox/page.tsx",
  "app/dev/mailbox/samples/[kind]/page.tsx",
  "app/dev/mailbox/samples/page.tsx",
  "app/forgot-password/page.tsx",
  "app/healthz/route.ts",
  "app/join/[token]/forgot-password/page.tsx",
  "app/join/[token]/page.tsx",
  "app/page.tsx",
  "app/readyz/route.ts",
  "app/reset-password/[token]/page.tsx",
  "app/signin/page.tsx",
  "app/signup/[challenge]/page.tsx",
  "app/signup/page.tsx",
];

const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" })
  .split("\n")
  .filter((file) => /\.(tsx?|mjs)$/.test(file));
const shipped = files.filter((file) => !/\.(test|e2e)\.tsx?$/.test(file) && !file.startsWith("lib/testing/"));
const read = (file: string) => readFileSync(file, "utf8");

const actionFiles = files.filter(
  (file) => /^app\/.*actions\.ts$/.test(file) || (file.startsWith("app/") && /^"use server"/m.test(read(file))),
);
const exportsOf = (file: string): Promise<Record<string, { gate?: string }>> => import(`../${file}`);
const actions = (
  await Promise.all(
    actionFiles.map(async (file) =>
      Object.entries(await exportsOf(file)).map(([name, made]) => ({ name: `${file} ${name}`, gate: made.gate })),
    ),
  )
).flat();

test("there are actions to look at, and all of them lie in files named actions.ts", () => {
  expect(actions.length).toBeGreaterThan(5);
  expect(actionFiles.filter((file) => !file.endsWith("/actions.ts"))).toEqual([]);
  const inline = files.filter(
    (file) => /^(app|components|lib)\//.test(file) && /^\s+["']use server["']/m.test(read(file)),
  );
  expect(inline).toEqual([]);
});

test.each(actions)("$name stands behind a gate", ({ gate }) => {
  expect([...rights, ...scopedRights, "member", "signed-in", "open"]).toContain(gate);
});

test("the actions that are open to anybody are the ones on the list, and no other", () => {
  expect(
    actions
      .filter(({ gate }) => gate === "open")
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(openActions);
});

const pages = files.filter((file) => /^app\/(.*\/)?(page\.tsx|route\.ts)$/.test(file));

test.each(pages)("%s is gated or on the list of open ones", (file) => {
  const gate = /^export (?:default (?:gatedPage|gatedPageOn|memberPage|personalPage)[<(]|const GET = gatedRoute\()/m;
  const gated = gate.test(read(file));
  expect(gated || openPages.includes(file)).toBe(true);
  expect(gated && openPages.includes(file)).toBe(false);
  // A route answers to as many methods as it exports: one behind a gate has no other beside it.
  if (gated && file.endsWith("/route.ts")) expect(read(file).match(/^export (?!const dynamic\b)/gm)).toHaveLength(1);
});

const gatedPages = pages.filter(
  (file) => file.endsWith("/page.tsx") && !openPages.includes(file) && !file.includes("["),
);

test.each(gatedPages)("%s sends people who sign in back to itself", (file) => {
  const address = file.replace(/^app/, "").replace(/\/page\.tsx$/, "");
  expect(read(file)).toMatch(new RegExp(`Page\\(\\s*(?:"[a-z.]+",\\s*)?"${address}",`));
});

test("nothing but grant() and grantOn() makes a grant: there is no cast to one anywhere else", () => {
  const cast = /\bas\s+(?:unknown\s+as\s+)?Grant\b/;
  const casting = files.filter((file) => !/\.(db\.)?test\.ts$/.test(file) && cast.test(read(file)));
  expect(casting).toEqual(["lib/access/grant.ts"]);
  // Nor under another name, nor by a cast that fits anything.
  const renamed = /type\s+\w+[^=;]*=\s*[^;]*\bGrant<|\bGrant\s+as\s|\bas\s+never\b/;
  expect(shipped.filter((file) => file !== "lib/access/grant.ts" && renamed.test(read(file)))).toEqual([]);
});

test("changes without a grant are made only for those who can't have one yet", () => {
  const users = (name: string) =>
    files
      .filter(
        (file) => !file.includes(".test.") && new RegExp(`\\b${name}\\(|import \\{[^}]*\\b${name}\\b`).test(read(file)),
      )
      .toSorted();
  expect(users("changeOrganization")).toEqual([
    "lib/access/change.ts",
    "lib/access/overreach.ts",
    "lib/invitations/accept.ts",
    "lib/invitations/ask.ts",
    "lib/invitations/block.ts",
    "lib/invitations/decline.ts",
    "lib/invitations/due.ts",
    "lib/outbox/events.ts",
    "lib/requests/ask.ts",
  ]);
});

test("a transaction begins in a change, in the outbox, which writes on nobody's behalf, or where a demo is filled that nobody is served yet", () => {
  expect(shipped.filter((file) => /\.transaction\(/.test(read(file))).toSorted()).toEqual([
    "lib/access/change.ts",
    "lib/demo/audit.ts",
    "lib/outbox/claim.ts",
    "lib/outbox/complete.ts",
    "lib/outbox/events.ts",
  ]);
});
