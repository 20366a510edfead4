import type { Facts } from "@/lib/audit/events";
import { isId, keyOf, type Policy } from "./policy";

/** The fields that name things by id, and what they name. Nothing else of a form is written down: it may hold secrets. */
const naming: Readonly<Record<string, string>> = {
  group: "groups",
  groups: "groups",
  copy: "groups",
  user: "users",
  members: "users",
  remove: "users",
  invitation: "invitations",
  request: "requests",
  source: "sources",
  about: "sources",
  domain: "domains",
  asset: "assets",
  assets: "assets",
};

/** More of a kind say nothing new: an event is read by people. */
const most = 20;

/** What a form was about: the ids it names and the policies it would give or take, the first twenty of each kind. */
export const attemptedIn = (input: unknown): Facts => {
  if (!isRecord(input)) return {};
  const found = new Map<string, string[]>();
  const keep = (kind: string, words: readonly string[]) => {
    const all = new Set([...(found.get(kind) ?? []), ...words]);
    if (all.size > 0) found.set(kind, [...all].slice(0, most));
  };
  for (const [field, kind] of Object.entries(naming)) keep(kind, idsIn(input[field]));
  if (isPolicy(input.policy)) keep("policies", [keyOf(input.policy)]);
  if (input.draft instanceof Map) keep("policies", changesIn(input.draft));
  return Object.fromEntries(found);
};

/** The ids in one field, which may be a list. */
export const idsIn = (value: unknown): string[] => {
  const ids: unknown[] = Array.isArray(value) ? value : [value];
  return ids.filter((id) => typeof id === "string").filter(isId);
};

/** The schemas, tables and domains that the draft of a group's policies would add one on. */
export const gainedIn = ({ draft }: Readonly<Record<string, unknown>>): string[] =>
  draft instanceof Map
    ? [...draft].flatMap(([word, gains]) => (gains === true ? idsIn(String(word).split("/").slice(1)) : []))
    : [];

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const isPolicy = (value: unknown): value is Policy =>
  isRecord(value) && typeof value.right === "string" && "on" in value;

/** `+access.create`, `-assets.read/<asset>`: only what looks like a policy, for the words of a draft are as they were sent. */
const changesIn = (draft: ReadonlyMap<unknown, unknown>): string[] =>
  [...draft].map(([word, gains]) => `${gains ? "+" : "-"}${word}`).filter((change) => policyWord.test(change));
const policyWord = /^[+-][a-z]{1,20}\.[a-z]{1,20}(\/[0-9a-f-]{36}){0,2}$/;
