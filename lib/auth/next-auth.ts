import "server-only";
import { headers } from "next/headers";
import NextAuth from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { config } from "@/lib/config.mjs";
import { clientAddress } from "@/lib/http/exchange";
import { log } from "@/lib/log";
import { rememberDevice } from "./known-device";
import { redeem, sessionDays } from "./session-rows";

/**
 * next-auth keeps one thing: an encrypted cookie with the id of a session row. The only credential it takes is a ticket
 * of ours; there is no route for it, so nobody can hand it one from outside.
 */
export const { auth, signIn, signOut } = NextAuth(() => {
  const { appUrl, secret, previousSecret } = config();
  // next-auth reads its origin here, and from the Host header otherwise.
  process.env.AUTH_URL = appUrl;
  return {
    secret: previousSecret === null ? [secret] : [secret, previousSecret],
    trustHost: true,
    useSecureCookies: appUrl.startsWith("https:"),
    session: { strategy: "jwt", maxAge: sessionDays * 86_400 },
    providers: [Credentials({ credentials: { ticket: {} }, authorize: ({ ticket }) => open(ticket) })],
    callbacks: {
      // Nothing but the id, ever: what a client sends to update its session is not looked at (SAFETY 36).
      jwt: ({ token, user }) => ({ sub: user?.id ?? token.sub }),
      session: ({ session, token }) => ({ expires: session.expires, user: { id: token.sub } }),
    },
    logger: {
      // A damaged or outdated cookie is no error of ours, and a ticket that failed is told to who used it.
      error: (error) => log.debug({ err: error }, "next-auth refused"),
      warn: (code) => log.debug({ code }, "next-auth warned"),
      debug: () => {},
    },
  };
});

const open = async (ticket: unknown): Promise<{ id: string } | null> => {
  if (typeof ticket !== "string") return null;
  const userAgent = ((await headers()).get("user-agent") ?? "").slice(0, 400);
  const opened = await redeem(ticket, { userAgent, address: clientAddress() });
  if (!opened) return null;
  await rememberDevice(opened.userId);
  return { id: opened.id };
};
