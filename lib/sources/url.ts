import { isIPv6 } from "node:net";

/** Where a PostgreSQL database is, and as whom it is read. */
export type Address = Readonly<{
  host: string;
  port: number;
  database: string;
  user: string;
  password: string;
  sslmode: SslMode;
}>;

const sslModes = ["disable", "prefer", "require", "verify-ca", "verify-full"] as const;
type SslMode = (typeof sslModes)[number];

const example = "postgres://reader@db.example.org:5432/warehouse";
const odd = "If the password contains / ? # @ or %, leave it out here and type it into the field below, as it is.";

/**
 * Reads what was typed as a PostgreSQL URL. The password stands in it or is given beside it.
 * What is wrong is said in one sentence, which quotes nothing: a password may stand anywhere in a mistyped URL.
 */
export const readUrl = (typed: string, password = ""): { address: Address } | { fault: string } => {
  const url = parse(typed);
  if (typeof url === "string") return { fault: url };
  const parts = {
    user: decoded(url.username),
    inside: decoded(url.password),
    database: decoded(url.pathname.slice(1)),
  };
  const sslmode = sslModes.find((mode) => mode === (url.searchParams.get("sslmode") ?? "prefer"));
  const { user, inside, database } = parts;
  const host = url.hostname.replace(/^\[|\]$/g, "").toLowerCase();
  const fault =
    (isSocket(url) && "Name a host: sources are reached over the network, not through a socket.") ||
    (!isHost(host) && "Name one host, by its name or address, in plain letters and digits.") ||
    (url.port === "0" && "Name a port from 1 to 65535.") ||
    (!isName(user) && `Name the user before the host, like ${example}.`) ||
    (!isName(database) && `Name the database behind the host, like ${example}.`) ||
    (inside === null && odd) ||
    (inside && password && "Give the password once: in the URL or in the field below.") ||
    (hasControls(`${inside}${password}`) && "Leave line ends and other invisible characters out of the password.") ||
    ([...url.searchParams.keys()].some((name) => name !== "sslmode") &&
      "Of what follows ?, only sslmode is understood.") ||
    (!sslmode && `For sslmode use ${new Intl.ListFormat("en", { type: "disjunction" }).format(sslModes)}.`);
  if (fault || !user || !database || !sslmode) return { fault: fault || odd };
  return { address: { host, port: Number(url.port || 5432), database, user, password: inside || password, sslmode } };
};

/** The URL that `readUrl` reads as this address. */
export const urlOf = ({ host, port, database, user, password, sslmode }: Address): string => {
  const [who, secret, what] = [user, password, database].map(encodeURIComponent);
  return `postgres://${who}:${secret}@${isIPv6(host) ? `[${host}]` : host}:${port}/${what}?sslmode=${sslmode}`;
};

/** What was typed, as it may be shown again: without its password, and not at all where that can't be told apart. */
export const withoutPassword = (typed: string): string => {
  const url = parse(typed);
  // Without an @, `user:1234` looks like a host with its port.
  if (typeof url === "string" || (url.username === "" && url.port !== "")) return "";
  const { protocol, username, host, pathname } = url;
  const sslmode = sslModes.find((mode) => mode === url.searchParams.get("sslmode"));
  return `${protocol}//${username}${username && "@"}${host}${pathname}${sslmode ? `?sslmode=${sslmode}` : ""}`;
};

const parse = (typed: string): URL | string => {
  const text = typed.trim();
  if (text === "") return `Enter a PostgreSQL URL, like ${example}.`;
  if (!/^postgres(ql)?:\/\//i.test(text)) return `Begin with postgres:// or postgresql://, like ${example}.`;
  if (text.length > 2000 || !URL.canParse(text)) return `This URL can't be read. ${odd}`;
  const url = new URL(text);
  // What a / ? or # in a password makes of the rest.
  return url.hash || `${url.pathname}${url.search}`.includes("@") ? `This URL can't be read. ${odd}` : url;
};

const decoded = (part: string): string | null => {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
};

const isSocket = ({ hostname, searchParams }: URL) =>
  hostname === "" || /^%2f/i.test(hostname) || searchParams.has("host");
// An underline stands in no host's name, but in those of containers.
const isHost = (host: string) => isIPv6(host) || /^[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?$/.test(host);
const isName = (word: string | null) => word !== null && word !== "" && word.length <= 63 && !hasControls(word);
const hasControls = (word: string) => /\p{Cc}|\p{Cs}/u.test(word);
