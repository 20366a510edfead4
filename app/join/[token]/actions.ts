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
import * as join from "@/lib/invitations/join";
import { confirmJoinCode, sendJoinCode } from "@/lib/invitations/join-code";
import { TokenInput } from "@/lib/invitations/schema";
import { readToken } from "@/lib/invitations/token";
import { done, type Refusal, type Result, refused } from "@/lib/result";
import type { Tried } from "./meanwhile";

type Path = `/${string}`;
const itself = (path: Path) => path;
const pageOf = (token: string, tried?: Tried): Path =>
  `/join/${encodeURIComponent(token)}${tried ? `?after=${tried}` : ""}`;

/** What the page says itself once it is drawn anew: the form that was pressed no longer fits, or nothing is left of it. */
const told: ReadonlySet<Refusal["code"]> = new Set(["no-longer-open", "not-yours", "inactive-member", "signed-out"]);

/** Where a press leads: on, or to the invitation's page, which then says what came of pressing `tried`. */
const lead = (token: string, result: Result<null>, to: Path, tried?: Tried): Result<Path> => {
  if (result.ok) return done(to);
  return told.has(result.refusal.code) ? done(pageOf(token, tried)) : result;
};

const arrived: Path = "/sources?joined=1";

const Link = z.object({ token: TokenInput });
const NewMember = Link.extend({ name: nameField("your name"), password: passwordField });

/** Joins with a new account. */
export const joinAsNew = openAction(
  NewMember,
  async ({ token, name, password }) => lead(token, await join.joinAsNew(token, name, password), arrived, "new"),
  itself,
);

const Account = Link.extend({ password: currentPasswordField.max(1024) });

/** Signs in to the account with the invited address, and joins. */
export const joinWithPassword = openAction(
  Account,
  async ({ token, password }) => lead(token, await join.joinWithPassword(token, password), arrived, "password"),
  itself,
);

/** Joins as the person who is signed in; for nobody, back to the page, which asks for the password. */
export const joinSignedIn = openAction(
  Link,
  async ({ token }) => {
    const person = await viewer();
    const joined = person ? await join.joinSignedIn(token, person) : refused({ code: "signed-out" });
    return lead(token, joined, arrived, "session");
  },
  itself,
);

// A mail scanner submits forms as they are served: what ends or sends something waits for an empty box to be ticked.
const ticked = (sentence: string) => z.literal("yes", sentence);
const Declining = Link.extend({ decline: ticked("Tick the box if you want to decline.") });

/** Says no, for whoever holds the link and is nobody else. */
export const declineInvite = openAction(
  Declining,
  async ({ token }) => lead(token, await join.declineHere(token), pageOf(token), "decline"),
  itself,
);

const Asking = Link.extend({ ask: ticked("Tick the box if you want to ask.") });

/** Tells those who can invite that the holder of the link wants a new one. */
export const askForInvite = openAction(
  Asking,
  async ({ token }) => {
    const opened = readToken(token);
    return opened ? lead(token, await askForNewInvite(opened.id), pageOf(token)) : refused({ code: "not-found" });
  },
  itself,
);

const Sending = Link.extend({ mailbox: ticked("Tick the box if you can read the mail that comes there.") });

/** Mails a code to the invited address of a copied link, and asks for it. */
export const sendCode = openAction(
  Sending,
  async ({ token }) => {
    const opened = readToken(token);
    if (opened?.channel !== "link") return refused({ code: "not-found" });
    const sent = await sendJoinCode(opened);
    if (sent.ok) return done<Path>(`${pageOf(token)}?code=${sent.value}`);
    return lead(token, sent, pageOf(token));
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
    return proved.ok ? done(pageOf(proved.value, "code")) : proved;
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

/** Signs this browser out, so that somebody else signs in, and then comes back to the invitation. */
export const signInInstead = openAction(
  Link,
  async ({ token }) => {
    await closeSession();
    return done<Path>(`/signin?next=${encodeURIComponent(pageOf(token))}`);
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
