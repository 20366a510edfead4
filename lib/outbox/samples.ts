import type { AccessRequestId, ChallengeId, InvitationId, OrganizationId } from "@/db/schema/ids";
import { mostNamed } from "@/emails/words";
import { currentFingerprint } from "@/lib/auth/derive";
import type { Cast } from "./casts";
import { Mail, type MailOf } from "./mails";
import { type Frozen, freeze } from "./render";
import { reveal, secretOf } from "./secret";

// Nothing in the database has this id: links of samples are made as real ones are, and lead to nothing.
const nothings = "00000000-0000-4000-8000-000000000000";
/** The id of no organization, group, person or mail. A cast, for ids come from the database alone and this one never does. */
const noId = <Id extends string>(): Id => nothings as Id;

const ofOrganization = ({ reader, organization }: Cast) => ({
  to: reader.email,
  organizationId: noId<OrganizationId>(),
  organization,
});
const offer = (cast: Cast) => ({
  ...ofOrganization(cast),
  invitationId: noId<InvitationId>(),
  send: 1,
  inviter: cast.actor,
  message: cast.message,
  expiresAt: "2026-11-30T10:16:00.000Z",
});
/** As many addresses as a mail holds of these, and how many more there are. */
const addresses = ({ many }: Cast) =>
  Array.from({ length: Math.min(many, mostNamed) }, (_, n) => `person-${n + 1}@example.org`);
const others = ({ many }: Cast) => Math.max(0, many - mostNamed);

/**
 * What each mail says in the cases that read differently, by what tells them apart. Every kind has to be here, so that none
 * is sent which nobody has looked at, and which the tests of all mails don't know.
 */
export const samples: { readonly [Kind in Mail["kind"]]: (cast: Cast) => Readonly<Record<string, MailOf<Kind>>> } = {
  invitation: (cast) => {
    const mail = { kind: "invitation", ...offer(cast) } as const;
    return {
      "With a message": mail,
      "Resent by somebody else": { ...mail, author: cast.other.name },
      "Without a message": { ...mail, message: "" },
    };
  },

  reminder: (cast) => ({ "With a message": { kind: "reminder", ...offer(cast) } }),

  reset: ({ reader }) => ({
    "Asked for": { kind: "reset", to: reader.email, challengeId: noId(), name: reader.name },
  }),

  code: ({ reader }) => {
    const mail = { kind: "code", to: reader.email, challengeId: noId<ChallengeId>() } as const;
    return {
      "To sign up": { ...mail, purpose: "sign-up" },
      "To join": { ...mail, purpose: "join" },
      "For sudo mode": { ...mail, purpose: "sudo" },
    };
  },

  "already-registered": ({ reader }) => ({ "Signed up again": { kind: "already-registered", to: reader.email } }),

  "asked-again": (cast) => {
    const mail = { kind: "asked-again", ...ofOrganization(cast) } as const;
    return {
      "One person": { ...mail, asked: [cast.other.email] },
      "Several people": { ...mail, asked: addresses(cast), more: others(cast) },
    };
  },

  "invites-ended": (cast) => {
    const mail = { kind: "invites-ended", ...ofOrganization(cast) } as const;
    const one = { sponsor: cast.other.name, by: cast.actor.name, invites: 1, first: [cast.other.email] };
    const more = { ...one, sponsor: cast.actor.name, by: cast.reader.name };
    return {
      "One member": { ...mail, ended: [one] },
      "Several members": {
        ...mail,
        ended: [one, { ...more, invites: cast.many, first: addresses(cast) }],
        more: { members: others(cast), invites: 3 * others(cast) },
      },
    };
  },

  "groups-left-out": (cast) => {
    const mail = { kind: "groups-left-out", ...ofOrganization(cast) } as const;
    const [first, second] = cast.groups;
    const one = { email: cast.other.email, without: [...cast.groups], deleted: [] };
    const gone = { ...one, without: [first], deleted: [second], vouchedBy: cast.actor.name };
    return {
      "One person": { ...mail, joined: [one] },
      "Several people": {
        ...mail,
        joined: [one, ...addresses(cast).map((email) => ({ ...gone, email }))],
        more: others(cast),
      },
    };
  },

  "invite-news": (cast) => {
    const mail = { kind: "invite-news", ...ofOrganization(cast) } as const;
    const { email } = cast.other;
    const all = ["accepted", "declined", "bounced", "returned", "complained", "expired"] as const;
    const reason = "550 5.1.1 The email account that you tried to reach does not exist";
    const more = Object.fromEntries(all.map((what) => [what, others(cast)]));
    return {
      "One bounced": { ...mail, news: [{ email, what: "bounced", reason }] },
      "Of every kind": {
        ...mail,
        news: all.flatMap((what) => addresses(cast).map((each) => ({ email: each, what }))),
        more,
      },
    };
  },

  "made-owner": (cast) => ({
    "By another owner": { kind: "made-owner", ...ofOrganization(cast), group: noId(), by: cast.actor.name },
  }),

  deactivated: (cast) => ({ "By somebody else": { kind: "deactivated", ...ofOrganization(cast) } }),

  "access-requested": (cast) => {
    const mail = { kind: "access-requested", ...ofOrganization(cast), asker: cast.other } as const;
    const request = noId<AccessRequestId>();
    return {
      "With a note": { ...mail, request, note: cast.message },
      "Without a note": { ...mail, request, note: "" },
    };
  },

  "access-decided": (cast) => {
    const mail = { kind: "access-decided", ...ofOrganization(cast), by: cast.actor.name } as const;
    const given = cast.groups.map((group) => ({ group, lets: cast.lets }));
    return {
      Granted: { ...mail, given, answer: cast.message },
      Refused: { ...mail, given: [], answer: "" },
    };
  },
};

export const kinds = Mail.options.map((option) => option.shape.kind.value);

/** A sample as it would leave. */
export type SampleMail = Readonly<{ title: string; to: string; message: Frozen }>;

/** Every sample of a kind with this cast, written as the outbox writes it, with a link or code like a real one in place. */
export const writeSamples = async (kind: Mail["kind"], cast: Cast): Promise<SampleMail[]> =>
  Promise.all(
    Object.entries<Mail>(samples[kind](cast)).map(async ([title, mail]) => {
      const secret = secretOf(mail, currentFingerprint());
      if (secret === null) throw new Error("Today's secret is always there");
      return { title, to: mail.to, message: reveal(await freeze(noId(), mail), noId(), secret) };
    }),
  );
