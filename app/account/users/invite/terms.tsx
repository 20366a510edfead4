"use client";

import { TextArea } from "@/components/field";
import { Radios } from "@/components/radios";

/** What all invites of one sending share: a few words, and how long the link works. */
export const Terms = ({ message, lifetimeDays }: { message?: string; lifetimeDays?: string }) => (
  <>
    <TextArea
      name="message"
      label="Personal message (optional)"
      hint="Appears in the mail as plain text, up to 500 characters."
      defaultValue={message}
      required={false}
      maxLength={500}
      rows={3}
      dir="auto"
    />
    <Radios name="lifetimeDays" legend="Link expires in" options={lifetimes} defaultValue={lifetimeDays ?? "7"} />
  </>
);

const lifetimes = ["1", "3", "7", "14", "30"].map((value) => ({
  value,
  label: value === "1" ? "1 day" : `${value} days`,
}));

/** `Send 3 invites`; without a number as long as nobody has counted any. */
export const buttonWords = (count: number, linksOnly: boolean): string => {
  const number = count === 0 ? "" : `${count.toLocaleString("en")} `;
  const one = count === 1;
  return linksOnly ? `Create ${number}invite ${one ? "link" : "links"}` : `Send ${number}${one ? "invite" : "invites"}`;
};
