/** The process lives. */
export const GET = () => new Response("ok\n");
export const dynamic = "force-dynamic";
