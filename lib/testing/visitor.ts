/** A form as it stands in the page: the words on its button, and its fields with the values they were served with. */
export type ServedForm = { button: string; fields: Record<string, string> };

export type Answer = { status: number; headers: Headers; html: string; url: string };

const plain = (text: string) =>
  text
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name.replaceAll("$", "\\$")}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined ? undefined : plain(found);
};

/** The forms of a page, in order, as a mail scanner or a browser without script would send them. */
export const formsOf = (html: string): ServedForm[] =>
  [...html.matchAll(/<form\b[^>]*>(.*?)<\/form>/gs)].map(([, body = ""]) => {
    const fields: Record<string, string> = {};
    for (const [tag] of body.matchAll(/<(?:input|button)\b[^>]*>/g)) {
      const name = attribute(tag, "name");
      const unticked = /type="(checkbox|radio)"/.test(tag) && !/\schecked/.test(tag);
      if (name !== undefined && !unticked) fields[name] = attribute(tag, "value") ?? "";
    }
    for (const [tag, text = ""] of body.matchAll(/<textarea\b[^>]*>(.*?)<\/textarea>/gs)) {
      const name = attribute(tag, "name");
      if (name !== undefined) fields[name] = plain(text);
    }
    const button = [...body.matchAll(/<button\b[^>]*>(.*?)<\/button>/gs)].at(-1)?.[1] ?? "";
    return { button: textOf(button).trim(), fields };
  });

/** The one form of a page that has a field of this name. */
export const formWith = (html: string, field: string): ServedForm => {
  const form = formsOf(html).find(({ fields }) => field in fields);
  if (!form) throw new Error(`No form with ${field} in:\n${html.slice(0, 2000)}`);
  return form;
};

/** The one form of a page whose button says this. */
export const formThatSays = (html: string, button: string): ServedForm => {
  const form = formsOf(html).find((candidate) => candidate.button === button);
  if (!form) throw new Error(`No button ${button} in:\n${textOf(html)}`);
  return form;
};

/** What the page's heading says. */
export const headingOf = (html: string): string => textOf(/<h1\b[^>]*>.*?<\/h1>/s.exec(html)?.[0] ?? "").trim();

/** What a person would read of a page. */
export const textOf = (html: string): string =>
  plain(
    html
      .replace(/<script\b.*?<\/script>/gs, "")
      .replace(/<!--.*?-->/gs, "")
      .replace(/<wbr\b[^>]*>/g, "")
      .replace(/<[^>]+>/g, " "),
  ).replace(/\s+/g, " ");

/** A browser without script: cookies, pages and posted forms over plain HTTP. Follows redirects after a post only. */
export class Visitor {
  readonly cookies = new Map<string, string>();
  constructor(readonly base: string) {}

  async get(path: string, method: "GET" | "HEAD" = "GET"): Promise<Answer> {
    return this.request(path, { method });
  }

  /** Posts a served form to its page, with some fields filled in; `headers` replace those of a browser. */
  async post(
    path: string,
    form: ServedForm,
    fill: Record<string, string> = {},
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...form.fields, ...fill })) body.append(name, value);
    const answer = await this.send(path, body, headers);
    const to = answer.status === 303 || answer.status === 307 ? answer.headers.get("location") : null;
    return to ? this.get(new URL(to, this.base).pathname + new URL(to, this.base).search) : answer;
  }

  /** Posts this body as a page of this very server would; `headers` replace those of a browser. */
  send(path: string, body: FormData, headers: Record<string, string> = {}): Promise<Answer> {
    const origin = { Origin: new URL(this.base).origin, "Sec-Fetch-Site": "same-origin" };
    return this.request(path, { method: "POST", body, headers: { ...origin, ...headers } });
  }

  private async request(path: string, init: RequestInit): Promise<Answer> {
    const headers = new Headers(init.headers);
    if (this.cookies.size > 0)
      headers.set("Cookie", [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "));
    const answer = await fetch(new URL(path, this.base), { ...init, headers, redirect: "manual" });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (/max-age=0|expires=Thu, 01 Jan 1970/i.test(cookie) || value === "") this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return { status: answer.status, headers: answer.headers, html: await answer.text(), url: answer.url };
  }

  /** Makes an organization as a newcomer does. */
  async signUp(organizationName: string, email: string, password = "four quiet garden gates"): Promise<void> {
    const page = await this.get("/signup");
    const fill = { organizationName, name: "Olive Owner", email, password };
    const landed = await this.post("/signup", formWith(page.html, "organizationName"), fill);
    if (landed.status !== 200 || !landed.html.includes("Sign out")) throw new Error(`Sign-up: ${textOf(landed.html)}`);
  }

  /** Signs in an account that exists. */
  async signIn(email: string, password: string): Promise<void> {
    const page = await this.get("/signin");
    const landed = await this.post("/signin", formWith(page.html, "email"), { email, password });
    if (!landed.html.includes("Sign out")) throw new Error(`Sign-in: ${textOf(landed.html)}`);
  }

  /** Another browser that shows the same cookies, at the same server or another: the same person in a second tab. */
  tab(base = this.base): Visitor {
    const tab = new Visitor(base);
    for (const [name, value] of this.cookies) tab.cookies.set(name, value);
    return tab;
  }

  /** The invite form, ready to be posted. */
  async inviteForm(): Promise<ServedForm> {
    return formWith((await this.get("/account/users/invite")).html, "addresses");
  }

  /** Invites what is typed; gives what the page then says. */
  async invite(addresses: string): Promise<string> {
    return textOf((await this.post("/account/users/invite", await this.inviteForm(), { addresses })).html);
  }

  /** The path of the join link in the newest mail to an address, from the local mailbox. */
  async joinPath(to: string): Promise<string> {
    for (
      const started = Date.now();
      Date.now() - started < 15_000;
      await new Promise((wait) => setTimeout(wait, 100))
    ) {
      const mails: { links: string[] }[] = JSON.parse(
        (await this.get(`/dev/mailbox.json?to=${encodeURIComponent(to)}`)).html,
      );
      const link = mails[0]?.links.find((candidate) => candidate.includes("/join/"));
      if (link) return new URL(link).pathname;
    }
    throw new Error(`No join link in the mail to ${to}`);
  }
}
