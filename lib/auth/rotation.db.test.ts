import { afterAll, expect, test } from "vitest";
import { dataFolder, type Server, startServer } from "@/lib/testing/server";
import { formWith, headingOf, textOf, Visitor } from "@/lib/testing/visitor";

// One server after the other on the same data, each with the secrets an operator would give it.
const data = dataFolder();
const [old, young] = ["an older secret of tests, 77ab03fe91c2", "a younger secret of tests, 5d20e8c4b6f1"];
let server: Server | undefined;
afterAll(async () => {
  await server?.stop();
  data.forget();
});

const startWith = async (secrets: Record<string, string>): Promise<string> => {
  await server?.stop();
  server = await startServer({ DATA_DIR: data.folder, ...secrets });
  return server.url;
};
/** The path of the reset link in the newest mail to an address. */
const resetPath = async (visitor: Visitor, email: string): Promise<string> => {
  const asked = await visitor.get("/forgot-password");
  await visitor.post("/forgot-password", formWith(asked.html, "email"), { email });
  for (const started = Date.now(); Date.now() - started < 15_000; await new Promise((wait) => setTimeout(wait, 100))) {
    const mails: { links: string[] }[] = JSON.parse((await visitor.get(`/dev/mailbox.json?to=${email}`)).html);
    const link = mails.flatMap(({ links }) => links).find((each) => each.includes("/reset-password/"));
    if (link) return new URL(link).pathname;
  }
  throw new Error("No reset link came");
};

test("a planned rotation keeps sessions and every link alive; once the old secret is gone they are too", async () => {
  const olive = new Visitor(await startWith({ AUTH_SECRET: old }));
  await olive.signUp("Acme", "olive@example.org");
  await olive.invite("ada@example.org");
  const join = await olive.joinPath("ada@example.org");
  const reset = await resetPath(olive, "olive@example.org");
  const standing = async (url: string) => {
    const [hers, anybody] = [olive.tab(url), new Visitor(url)];
    return {
      session: (await hers.get("/account/users")).status,
      join: headingOf((await anybody.get(join)).html),
      reset: textOf((await anybody.get(reset)).html).includes("New password"),
    };
  };

  const alive = { session: 200, join: "Join Acme", reset: true };
  expect(await standing(olive.base)).toEqual(alive);
  expect(await standing(await startWith({ AUTH_SECRET: young, AUTH_SECRET_PREVIOUS: old }))).toEqual(alive);
  const after = await standing(await startWith({ AUTH_SECRET: young }));
  expect(after).toEqual({ session: 307, join: "We can't find this invite", reset: false });
}, 120_000);
