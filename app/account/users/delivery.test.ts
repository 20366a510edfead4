import { expect, test } from "vitest";
import type { Item } from "@/lib/directory/rules";
import { adviceFor } from "./delivery";

const offered = { verbs: ["resend", "groups"] as Item[] };
const notOffered = { verbs: ["copy", "groups", "revoke"] as Item[] };

test("sending again is advised only where it is offered", () => {
  expect(adviceFor("bounced", offered)).toBe("If the address is right, try again later with Resend invite.");
  expect(adviceFor("bounced", notOffered)).toBeNull();
  expect(adviceFor("unknown", offered)).toBe("Resend the invite if it hasn't arrived.");
  expect(adviceFor("unknown", notOffered)).toBeNull();
});
