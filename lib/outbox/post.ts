import http from "node:http";
import https from "node:https";
import { connectMs } from "./rules";

/** What is sent: as `fetch` takes it. */
export type Outgoing = { method?: string; headers?: Headers; body?: string; signal?: AbortSignal };
/** What came back; `retryAfter` in seconds, when it was said. */
export type Reply = Readonly<{
  status: number;
  text: string;
  headers: Record<string, string>;
  retryAfter: number | null;
}>;

/** No whole answer came. Unless `reached`, the other side can't have heard a word. */
export class NoReply extends Error {
  constructor(
    readonly reached: boolean,
    message: string,
  ) {
    super(message);
  }
}

/** One HTTP exchange, given up when no connection stands after 3 s or when the signal says so. Throws only `NoReply`. */
export const post = (url: URL, { method = "POST", headers, body, signal }: Outgoing): Promise<Reply> =>
  new Promise((resolve, reject) => {
    let reached = false;
    const giveUp = (error: Error) => {
      clearTimeout(connecting);
      reject(new NoReply(reached, wordsOf(error, reached)));
    };
    const { request } = url.protocol === "https:" ? https : http;
    const sending = request(url, { method, headers: Object.fromEntries(headers ?? []), signal }, (response) => {
      readReply(response).then(resolve, giveUp);
    });
    const connecting = setTimeout(() => sending.destroy(new Error("no connection in time")), connectMs);
    const connected = () => {
      reached = true;
      clearTimeout(connecting);
    };
    sending.on("socket", (socket) => {
      if (socket.connecting) socket.once(url.protocol === "https:" ? "secureConnect" : "connect", connected);
      else connected();
    });
    sending.on("error", giveUp);
    sending.end(body);
  });

const readReply = async (response: http.IncomingMessage): Promise<Reply> => {
  response.setEncoding("utf8");
  let text = "";
  for await (const part of response) text += part;
  const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
  return { status: response.statusCode ?? 0, text, headers, retryAfter: secondsOf(response.headers) };
};

/** `retry-after` as seconds; a date counts from the provider's own clock, not from ours. */
const secondsOf = (headers: http.IncomingHttpHeaders): number | null => {
  const said = headers["retry-after"]?.trim();
  if (!said) return null;
  const seconds = /^\d{1,9}$/.test(said) ? Number(said) : (Date.parse(said) - Date.parse(headers.date ?? "")) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null;
};

const wordsOf = (error: Error, reached: boolean): string => {
  const said = "code" in error && typeof error.code === "string" ? error.code : "";
  if (reached && said === "ABORT_ERR") return "The provider did not answer in time.";
  const code = said && ` (${said})`;
  return reached ? `The provider did not answer${code}.` : `The provider could not be reached${code}.`;
};
