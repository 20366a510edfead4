/** Called by Next once, before the first request is let in. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { open } = await import("@/lib/process");
  await open();
}
