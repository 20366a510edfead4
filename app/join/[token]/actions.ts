"use server";

import { z } from "zod";
import { viewer } from "@/lib/access/viewer";
import { openAction, personalAction } from "@/lib/actions";
import { challengeField } from "@/lib/auth/challenges";
import { codeField, currentPasswordField } from "@/lib/auth/fields";
import { passwordField } from "@/lib/auth/password";
import { closeSession } from "@/lib/auth/session";
import { nameField } from "@/lib/fields";
import { askForNewInvite } from "@/lib/invitations/ask";
import { decline } from "@/lib/invitations/decline";
import * as join from "@/lib/invitations/join";
import { confirmJoinCode, sendJoinCode } from "@/lib/invitations/join-code";
import { TokenInput } from "@/lib/invitations/schema";
import { readToken } from "@/lib/invitations/token";
import { done, type Result, refused } from "@/lib/result";

type Path = `/${string}`;
const itself = (path: Path) => path;
const pageOf = (token: string): Path => `/join/${encodeURIComponent(token)}`;

/** Where joining leads: in, or, when the invitation was over by then, to its page, which says what it is now. */
const arrive = (token: string, joined: Result<null>): Result<Path> => ended(token, joined, "/sources?joined=1");

const ended = (token: string, result: Result<null>, to: Path): Result<Path> => {
  if (result.ok) return done(to);
  return result.refusal.code === "no-longer-open" ? done(pageOf(token)) : result;
};

const Link = z.object({ token: TokenInput });
const NewMember = Link.extend({ name: nameField("your name"), password: passwordField });

/** Joins with a new account. */
export const joinAsNew = openAction(
  NewMember,
  async ({ token, name, password }) => arrive(token, await join.joinAsNew(token, name, password)),
  itself,
);

const Account = Link.extend({ password: currentPasswordField.max(1024) });

/** Signs in to the account with the invited address, and joins. */
export const joinWithPassword = openAction(
  Account,
  async ({ token, password }) => arrive(token, await join.joinWithPassword(token, password)),
  itself,
);

/** Joins as the person who is signed in; for nobody, back to the page, which asks for the password. */
export const joinSignedIn = openAction(
  Link,
  async ({ token }) => {
    const person = await viewer();
    return person ? arrive(token, await join.joinSignedIn(token, person)) : done(pageOf(token));
  },
  itself,
);

// A mail scanner submits forms as they are served: what ends something waits for an empty box to be ticked.
const ticked = (sentence: string) => z.literal("yes", sentence);
const Declining = Link.extend({ decline: ticked("Tick the box if you want to decline.") });

/** Says no, for whoever holds the link. */
export const declineInvite = openAction(
  Declining,
  async ({ token }) => {
    const opened = readToken(token);
    return opened ? ended(token, await decline(opened), pageOf(token)) : refused({ code: "not-found" });
  },
  itself,
);

const Asking = Link.extend({ ask: ticked("Tick the box if you want to ask.") });

/** Tells those who can invite that the holder of the link wants a new one. */
export const askForInvite = openAction(
  Asking,
  async ({ token }) => {
    const opened = readToken(token);
    return opened ? ended(token, await askForNewInvite(opened.id), pageOf(token)) : refused({ code: "not-found" });
  },
  itself,
);

/** Mails a code to the invited address of a copied link, and asks for it. */
export const sendCode = openAction(
  Link,
  async ({ token }) => {
    const opened = readToken(token);
    if (opened?.channel !== "link") return refused({ code: "not-found" });
    const sent = await sendJoinCode(opened);
    if (sent.ok) return done<Path>(`${pageOf(token)}?code=${sent.value}`);
    return ended(token, sent, pageOf(token));
  },
  itself,
);

const Code = Link.extend({ challenge: challengeField, code: codeField });

/** Takes the mailed code and leads to the page that the mailbox's owner sees. */
export const confirmCode = openAction(
  Code,
  async ({ token, challenge, code }) => {
    const opened = readToken(token);
    if (opened?.channel !== "link") return refused({ code: "not-found" });
    const proved = await confirmJoinCode(opened, challenge, code);
    return proved.ok ? done(pageOf(proved.value)) : proved;
  },
  itself,
);

/** Signs this browser out and comes back to the invitation. */
export const switchAccount = openAction(
  Link,
  async ({ token }) => {
    await closeSession();
    return done(pageOf(token));
  },
  itself,
);

/** Goes to the organization that the signed-in person is in already. */
export const goToOrganization = personalAction(
  Link,
  async (person, { token }) => {
    const gone = await join.goTo(token, person);
    return gone.ok ? done<Path>("/sources") : gone;
  },
  itself,
);
