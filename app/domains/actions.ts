"use server";

import { refresh as showAgain } from "next/cache";
import { action, actionOn } from "@/lib/actions";
import { addAssets, changeDomain, createDomain, deleteDomain, removeAsset } from "@/lib/domains/commands";
import { AssetInput, AssetsSteps, DomainDetails, DomainInput, NewDomain } from "@/lib/domains/schema";
import type { Picking } from "@/lib/picking";
import { done, type Result } from "@/lib/result";
import { type Added, findFor } from "./[domain]/add/found";

const itself = ({ domain }: { domain: string }) => ({ domain });
const pageOf = (domain: string, after: string) => `/domains/${domain}?after=${after}` as const;

export const makeDomain = action(
  "domains.create",
  NewDomain,
  (granted, input) => createDomain(granted, input),
  (id) => pageOf(id, "created"),
);

export const saveDomain = actionOn(
  "domain.edit",
  DomainDetails,
  itself,
  async (granted, { domain, drawn, ...input }) => {
    const saved = await changeDomain(granted, input, drawn);
    if (saved.ok) return done(domain);
    showAgain();
    return saved;
  },
  (id) => pageOf(id, "saved"),
);

/** Looks for more to put into a domain, or puts what is ticked into it. */
export const addToDomain = actionOn(
  "domain.edit",
  AssetsSteps,
  itself,
  async (granted, input): Promise<Result<Picking | Added>> => {
    if (input.step === "find") return done(await findFor(granted, input));
    const added = await addAssets(granted, input.assets);
    return added.ok ? done({ to: input.domain }) : added;
  },
  (value) => ("to" in value ? pageOf(value.to, "added") : null),
);

/** Whatever came of it, the page then shows what is in the domain. */
export const takeOutOfDomain = actionOn("domain.edit", AssetInput, itself, async (granted, { asset }) => {
  const removed = await removeAsset(granted, asset);
  showAgain();
  return removed.ok ? done(`${removed.value} is out of the domain. In its source it stays as it was.`) : removed;
});

export const removeDomain = actionOn(
  "domain.delete",
  DomainInput,
  itself,
  (granted) => deleteDomain(granted),
  () => "/domains?after=deleted",
);
