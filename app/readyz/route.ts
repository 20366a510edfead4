import { isReady } from "@/lib/health";

/** Requests can be served: the database answers. */
export const GET = async () =>
  (await isReady()) ? new Response("ok\n") : new Response("The database does not answer.\n", { status: 503 });
export const dynamic = "force-dynamic";
