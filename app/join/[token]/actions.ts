"use server";

import { z } from "zod";
import { openAction, personalAction } from "@/lib/actions";
import { passwordField } from "@/lib/auth/password";
import { closeSession } from "@/lib/auth/session";
import { nameField } from "@/lib/fields";
import * as join from "@/lib/invitations/join";
import { TokenInput } from "@/lib/invitations/schema";
import { done } from "@/lib/result";

const arrive = () => "/sources?joined=1" as const;

const NewMember = z.object({ token: TokenInput, name: nameField("your name"), password: passwordField });

/** Joins with a new account. */
export const joinAsNew = openAction(
  NewMember,
  ({ token, name, password }) => join.joinAsNew(token, name, password),
  arrive,
);

const Account = z.object({ token: TokenInput, password: z.string().min(1, "Enter your password.").max(1024) });

/** Signs in to the account with the invited address, and joins. */
export const joinWithPassword = openAction(
  Account,
  ({ token, password }) => join.joinWithPassword(token, password),
  arrive,
);

const Link = z.object({ token: TokenInput });

/** Joins as the person who is signed in. */
export const joinSignedIn = personalAction(Link, (person, { token }) => join.joinSignedIn(token, person), arrive);

/** Signs this browser out and comes back to the invitation. */
export const switchAccount = openAction(
  Link,
  async ({ token }) => {
    await closeSession();
    return done(token);
  },
  (token) => `/join/${encodeURIComponent(token)}`,
);
