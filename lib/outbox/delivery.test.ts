import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deliveryStates, mailEventKinds } from "@/db/schema";
import { deliveryOf, type Report, stateAfter } from "./delivery";

const report = fc.record({
  kind: fc.constantFrom(...mailEventKinds),
  // Few moments, so that many reports share one.
  occurredAt: fc.integer({ min: 0, max: 3 }).map((second) => new Date(second * 1000)),
  reason: fc.constantFrom(null, "Mailbox full", "No such user"),
  permanent: fc.boolean(),
});
const reports = fc
  .array(report, { minLength: 1, maxLength: 8 })
  .map((all) => all.map((one, place): Report => ({ ...one, id: `event-${place}` })));

const made = (kind: Report["kind"], more: Partial<Report> = {}): Report => ({
  id: kind,
  kind,
  occurredAt: new Date(0),
  reason: null,
  permanent: false,
  ...more,
});

test("in whatever order reports come, and however often each, they say the same", () => {
  fc.assert(
    fc.property(reports, fc.infiniteStream(fc.nat()), (all, chance) => {
      const shuffled = [...all, ...all, ...all]
        .map((one) => ({ one, at: chance.next().value }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ one }) => one);
      expect(deliveryOf(shuffled)).toEqual(deliveryOf(all));
    }),
    { numRuns: 2000 },
  );
});

test("taken one after the other, each step from what we knew, they end the same in every order", () => {
  fc.assert(
    fc.property(fc.constantFrom(...deliveryStates), reports, reports, (ours, some, others) => {
      const renamed = others.map((one) => ({ ...one, id: `other-${one.id}` }));
      const stepwise = (all: readonly Report[]) =>
        all.reduce((state, _, place) => {
          const delivery = deliveryOf(all.slice(0, place + 1));
          return delivery ? stateAfter(state, delivery) : state;
        }, ours);
      expect(stepwise([...some, ...renamed])).toBe(stepwise([...renamed, ...some]));
    }),
    { numRuns: 2000 },
  );
});

describe("a bounce and a complaint are final", () => {
  test.each(mailEventKinds)("whatever else: %s", (kind) => {
    expect(deliveryOf([made("bounced"), made(kind, { occurredAt: new Date(9e9) })])?.state).toBe(
      kind === "complained" ? "complained" : "bounced",
    );
    expect(deliveryOf([made("complained"), made(kind, { occurredAt: new Date(9e9) })])?.state).toBe("complained");
  });
});

test("a mail that was delayed or failed at first and then arrived has arrived", () =>
  expect(deliveryOf([made("delivered"), made("delayed"), made("failed"), made("sent")])?.state).toBe("delivered"));

test("the address is spared from now on when it bounced for good, and when somebody there marked the mail as spam", () => {
  expect(deliveryOf([made("bounced")])?.suppress).toBeNull();
  expect(deliveryOf([made("bounced"), made("bounced", { id: "later", permanent: true })])?.suppress).toBe("bounced");
  expect(deliveryOf([made("complained"), made("bounced", { permanent: true })])?.suppress).toBe("complained");
  expect(deliveryOf([made("delivered")])?.suppress).toBeNull();
});

test("mail we took back stays so, unless it has left all the same", () => {
  const after = (kind: Report["kind"]) => {
    const delivery = deliveryOf([made(kind)]);
    return delivery && stateAfter("cancelled", delivery);
  };
  expect(after("failed")).toBe("cancelled");
  expect(after("delivered")).toBe("delivered");
});
