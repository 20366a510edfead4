import type { NextRequest } from "next/server";
import { readMailbox } from "@/lib/outbox/mailbox";
import { mailboxDoor } from "@/lib/outbox/mailbox-key";

export const dynamic = "force-dynamic";

const headers = { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" };

/** All mail of the local mailbox, or what went `?to=` one address, newest first: for tests and scripts. */
export const GET = (request: NextRequest): Response => {
  const query = request.nextUrl.searchParams;
  switch (mailboxDoor(query.get("key") ?? undefined)) {
    case "absent":
      return new Response("There is nothing here.\n", { status: 404 });
    case "locked":
      return Response.json({ error: "The mailbox needs its ?key=, printed at start." }, { status: 403, headers });
    case "open":
      return new Response(streamOf(written(query.get("to") ?? undefined)), { headers });
  }
};

/** The array piece by piece: ten thousand invitations are a hundred megabytes. */
async function* written(to: string | undefined): AsyncGenerator<string> {
  let before: string | undefined;
  let open = "[";
  do {
    const mails = await readMailbox({ to, before }, 200);
    for (const mail of mails) {
      yield `${open}${JSON.stringify(mail)}`;
      open = ",\n";
    }
    before = mails.at(-1)?.id;
  } while (before);
  yield open === "[" ? "[]" : "]";
}

const streamOf = (parts: AsyncGenerator<string>): ReadableStream<Uint8Array> =>
  new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(new TextEncoder().encode(value));
    },
    cancel: async () => void (await parts.return(undefined)),
  });
