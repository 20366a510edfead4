import { connect } from "node:net";

export type Answer = { status: number; headers: Headers; body: string };

/** Sends these very bytes to a server on this machine and reads until it closes: no client tidies them first. */
export const sendRaw = (port: number, ...parts: (string | Buffer)[]): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    const received: Buffer[] = [];
    socket.on("data", (chunk) => received.push(chunk));
    socket.on("error", reject);
    socket.on("end", () => resolve(parse(Buffer.concat(received).toString())));
    for (const part of parts) socket.write(part);
  });

/** A request with its head spelled out; asks the server to close, so that the answer has an end. */
export const request = (line: string, headers: Record<string, string>, body = "") =>
  [line, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), "Connection: close", "", body].join(
    "\r\n",
  );

function parse(text: string): Answer {
  const [head = "", ...rest] = text.split("\r\n\r\n");
  const [line = "", ...lines] = head.split("\r\n");
  const headers = new Headers(
    lines.map((header): [string, string] => {
      const [name = "", ...value] = header.split(":");
      return [name, value.join(":").trim()];
    }),
  );
  return { status: Number(line.split(" ")[1]), headers, body: rest.join("\r\n\r\n") };
}
