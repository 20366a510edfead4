"use server";

import { z } from "zod";
import { personalAction } from "@/lib/actions";
import { hearOfInvites, rename } from "@/lib/auth/account";
import { currentPasswordField, sessionField } from "@/lib/auth/fields";
import { changeOwnPassword } from "@/lib/auth/own-password";
import { passwordField } from "@/lib/auth/password";
import { closeSession } from "@/lib/auth/session";
import { endOwnSession, endOwnSessions } from "@/lib/auth/sign-out";
import { nameField } from "@/lib/fields";

const profile = (after: "name" | "password" | "mail" | "session") => () => `/account/profile?after=${after}` as const;

export const changeName = personalAction(
  z.object({ name: nameField("your name") }),
  (person, { name }) => rename(person.userId, name),
  profile("name"),
);

export const changePassword = personalAction(
  z.object({ currentPassword: currentPasswordField, newPassword: passwordField }),
  (person, { currentPassword, newPassword }) => changeOwnPassword(person, currentPassword, newPassword),
  profile("password"),
);

/** An unticked box sends nothing. */
export const changeInviteMail = personalAction(
  z.object({ hears: z.literal("yes").optional() }),
  (person, { hears }) => hearOfInvites(person.userId, hears === "yes"),
  profile("mail"),
);

export const endSession = personalAction(
  z.object({ session: sessionField }),
  (person, { session }) => endOwnSession(session, person.userId),
  profile("session"),
);

export const signOutEverywhere = personalAction(
  z.object({}),
  async (person) => {
    const ended = await endOwnSessions(person.userId);
    if (ended.ok) await closeSession();
    return ended;
  },
  () => "/signin?after=everywhere",
);
