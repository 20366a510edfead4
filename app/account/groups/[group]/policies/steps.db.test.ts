import { expect, test } from "vitest";
import type { GroupId } from "@/db/schema/ids";
import type { Actor } from "@/lib/access/actor";
import { setPolicies } from "@/lib/groups/policies";
import { PoliciesInput } from "@/lib/groups/schema";
import { testDatabase } from "@/lib/testing/database";
import { granted, makeGroup, makeMemberWith, makeOwner } from "@/lib/testing/people";
import { allow, makeDomain, makeSource } from "@/lib/testing/resources";
import { take } from "./steps";

testDatabase();

const steps = ["find", "back", "review", "save"] as const;

/** Everything that is sent back to somebody who posts a step of the editor: whether it was done, why not, and every name. */
const answer = async (by: Actor, group: GroupId, about: string, step: (typeof steps)[number], changes = "") => {
  const editing = granted(by, "groups.edit");
  const input = PoliciesInput.parse({ group, about, step, changes });
  const result = await take(editing, input, (id, { policies }) => setPolicies(editing, id, policies));
  return { said: result.ok ? "done" : result.refusal.code, all: JSON.stringify(result) };
};

test.each(steps)("whoever may change groups and sees nothing else learns no name by the step %s", async (step) => {
  const owner = await makeOwner();
  const editor = await makeMemberWith(owner, ["groups.edit"]);
  const source = await makeSource(owner, { "secret.schema": ["secret.table"] }, "Secret source");
  const domain = await makeDomain(owner, "Secret domain");
  const [schema] = source.schemas;
  const group = await makeGroup(owner, []);
  const tries = [
    { about: source.id, refusal: "not-found" },
    { about: source.id, changes: `+assets.read/${schema?.tables[0]?.id}`, refusal: "not-found" },
    { about: "domains", changes: `+domain.read/${domain}`, refusal: "beyond-own-rights" },
  ];
  for (const { about, changes, refusal } of tries) {
    const { said, all } = await answer(editor, group, about, step, changes);
    expect({ said, all }).toEqual({ said: refusal, all: expect.not.stringMatching(/secret/i) });
  }

  // On what the group has a policy they read its name anyway, and still none of what lies beside it.
  await allow(owner, group, [{ right: "source.read", on: { source: source.id } }]);
  expect((await answer(editor, group, source.id, "find")).all).toContain("Secret source");
  const { said, all } = await answer(editor, group, source.id, step, `+assets.read/${schema?.id}`);
  expect({ said, all }).toEqual({ said: "beyond-own-rights", all: expect.not.stringMatching(/secret.schema/) });
});
