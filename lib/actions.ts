import "server-only";
import type { Route } from "next";
import { redirect } from "next/navigation";
import type { z } from "zod";
import { isUnavailable } from "@/db/unavailable";
import type { Actor, Viewer } from "@/lib/access/actor";
import type { AnyRight, Right, ScopedRight } from "@/lib/access/catalogue";
import { type Grant, grant, grantOn, type Named } from "@/lib/access/grant";
import { recordOverreach } from "@/lib/access/overreach";
import { viewer } from "@/lib/access/viewer";
import { unknownId } from "@/lib/fields";
import type { FormAction, FormState } from "@/lib/form";
import { answerWith, keepTyped, reached } from "@/lib/http/exchange";
import { statusOf } from "@/lib/http/statuses";
import { isCrowded } from "@/lib/limits/crowd";
import { log } from "@/lib/log";
import { organizationsOf } from "@/lib/members/organizations";
import { wordsFor } from "@/lib/messages";
import { chosenIn, fieldErrors, inputOf, typedIn } from "@/lib/posted";
import { done, type Refusal, type Result, refused } from "@/lib/result";

/** What stands before an action: a right, being a member, being signed in, or nothing (only what the gate test lists). */
export type Gate = AnyRight | "member" | "signed-in" | "open";
/** Says of itself what it takes, and which form: tests go by it. */
export type GatedAction<T> = FormAction<T> & { readonly gate: Gate; readonly schema: z.ZodType };

type Run<Input, T> = (input: Input) => Promise<Result<T>>;
/** Where a form leads when it is done; without it, and where it leads nowhere, the page shows the result itself. */
type Next<T> = (value: T) => `/${string}` | null;

/**
 * A write that needs a right: actor → grant → zod → command → words. The form names the organization it was drawn for
 * (field `organization`); when the person has since gone to another, nothing is changed and they are told.
 */
export const action = <R extends Right, S extends z.ZodType, T>(
  right: R,
  schema: S,
  run: (granted: Grant<R>, input: z.output<S>) => Promise<Result<T>>,
  next?: Next<T>,
): GatedAction<T> =>
  gated(right, schema, next, async (form) => {
    const actor = await actorOf(form);
    if (!actor.ok) return actor;
    const granted = grant(actor.value, right);
    const remember = rememberedOf(actor.value, right);
    if (!granted) return remember(schema.safeParse(inputOf(form)).data, refused({ code: "forbidden", missing: right }));
    return async (input) => remember(input, await run(granted, input));
  });

/**
 * A write that needs a right on one resource, which the input names. Refuses `not-found` when that doesn't show to the
 * person, and `forbidden` when it shows but they lack the right.
 */
export const actionOn = <R extends ScopedRight, S extends z.ZodType, T>(
  right: R,
  schema: S,
  named: (input: z.output<S>) => Named<R>,
  run: (granted: Grant<R>, input: z.output<S>) => Promise<Result<T>>,
  next?: Next<T>,
): GatedAction<T> =>
  gated(right, schema, next, async (form) => {
    const actor = await actorOf(form);
    if (!actor.ok) return actor;
    return async (input) => {
      const granted = await grantOn(actor.value, right, named(input));
      return rememberedOf(actor.value, right)(input, granted.ok ? await run(granted.value, input) : granted);
    };
  });

/** What came of a write, once it is on record when somebody tried more than they may. */
const rememberedOf =
  (actor: Actor, right: AnyRight) =>
  async <Outcome extends Result<unknown>>(input: unknown, outcome: Outcome) => {
    if (!outcome.ok) await recordOverreach(actor, right, outcome.refusal, input);
    return outcome;
  };

/** The member who sends a form, if they stand in the organization it was drawn for. */
const actorOf = async (form: FormData): Promise<Result<Actor>> => {
  const person = await viewer();
  if (!person) return refused({ code: "signed-out" });
  const organization = form.get("organization");
  return person.actor?.organizationId === organization ? done(person.actor) : notThere(person, organization);
};

/** Why a form of another organization than the one they stand in can't be sent: they switched, or are out of it. */
const notThere = async ({ userId, actor }: Viewer, wanted: unknown) => {
  const left = (await organizationsOf(userId)).find(({ id }) => id === wanted);
  if (left && !left.active) return refused({ code: "inactive", organization: left.name });
  if (!actor) return refused({ code: "signed-out" });
  return refused({ code: "elsewhere", standing: actor.organizationName, left: left?.name ?? null });
};

/** A write that every active member may try, in the organization that the form was drawn for. */
export const memberAction = <S extends z.ZodType, T>(
  schema: S,
  run: (actor: Actor, input: z.output<S>) => Promise<Result<T>>,
  next?: Next<T>,
): GatedAction<T> =>
  gated("member", schema, next, async (form) => {
    const actor = await actorOf(form);
    return actor.ok ? (input) => run(actor.value, input) : actor;
  });

/** A write to the signed-in person's own account. */
export const personalAction = <S extends z.ZodType, T>(
  schema: S,
  run: (person: Viewer, input: z.output<S>) => Promise<Result<T>>,
  next?: Next<T>,
): GatedAction<T> =>
  gated("signed-in", schema, next, async () => {
    const person = await viewer();
    return person ? (input) => run(person, input) : refused({ code: "signed-out" });
  });

/** A write that anyone may try, such as signing in. The gate test keeps the list of them. */
export const openAction = <S extends z.ZodType, T>(
  schema: S,
  run: (input: z.output<S>) => Promise<Result<T>>,
  next?: Next<T>,
): GatedAction<T> => gated("open", schema, next, async () => run);

const gated = <S extends z.ZodType, T>(
  gate: Gate,
  schema: S,
  next: Next<T> | undefined,
  open: (form: FormData) => Promise<Run<z.output<S>, T> | { ok: false; refusal: Refusal }>,
): GatedAction<T> => {
  const perform = async (form: FormData): Promise<Result<T>> => {
    const run = await open(form);
    if (typeof run !== "function") return run;
    const input = schema.safeParse(inputOf(form), { error: () => bent });
    if (input.success) return run(input.data);
    const bentId = input.error.issues.some(({ message }) => message === unknownId);
    return refused(bentId ? { code: "not-found" } : { code: "invalid", errors: fieldErrors(input.error) });
  };
  const answer = async (_previous: FormState<T>, form: FormData): Promise<FormState<T>> => {
    reached();
    // Without a form there is nothing to read: a bent post, not a person.
    if (!(form instanceof FormData)) return stateOf({ code: "invalid", errors: {} }, new FormData());
    const result = await perform(form).catch((error: unknown) => {
      if (isCrowded(error)) return refused({ code: "crowded" });
      if (!isUnavailable(error)) throw error;
      log.error({ err: error }, "the database did not answer a form");
      return refused({ code: "busy" });
    });
    if (!result.ok) return stateOf(result.refusal, form);
    const to = next?.(result.value);
    if (to) redirect(routeOf(to));
    return { status: "done", value: result.value };
  };
  return Object.assign(answer, { gate, schema });
};

/** Said of whatever no person can type wrong: a post that our pages didn't make, or made long ago. */
const bent = "This form isn't as our page makes it. Open the page anew, and try again.";

// Addresses with a token or an id in them are ours, but not among the literal routes that Next knows.
const routeOf = (path: `/${string}`) => path as Route;

const lostPage: ReadonlySet<Refusal["code"]> = new Set(["signed-out", "forbidden", "elsewhere", "inactive"]);

const stateOf = (refusal: Refusal, form: FormData) => {
  answerWith(...statusOf(refusal));
  // Without script the page is drawn again, and can't be for who has no session or right: it shows what was typed instead.
  if (lostPage.has(refusal.code)) keepTyped(typedIn(form));
  const errors = refusal.code === "invalid" ? refusal.errors : {};
  const [values, chosen] = [typedIn(form), chosenIn(form)];
  return { status: "refused" as const, message: wordsFor(refusal), errors, values, chosen, way: wayOf(refusal) };
};

/** Where a refusal can be mended without losing what was typed. */
const wayOf = (refusal: Refusal) => {
  if (refusal.code === "elsewhere" && refusal.left)
    return { href: "/account/organizations", words: "Your organizations" };
  return refusal.code === "signed-out" ? { href: "/signin", words: "Sign in" } : undefined;
};
