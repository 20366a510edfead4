"use server";

import { refresh as showAgain } from "next/cache";
import { action, actionOn } from "@/lib/actions";
import { done, type Result } from "@/lib/result";
import { changeAsset, changeSource, deleteSource, disable, enable } from "@/lib/sources/commands";
import { connect, refresh, replaceCredential } from "@/lib/sources/connect";
import { seesAllOf } from "@/lib/sources/queries";
import { AssetDetails, ConnectInput, CredentialInput, SourceDetails, SourceInput } from "@/lib/sources/schema";
import { wordsForHarvest } from "./words";

const itself = ({ source }: { source: string }) => ({ source });
const pageOf = (source: string, after: string) => `/sources/${source}?after=${after}` as const;

/** What was refused was drawn from an older state of things: whatever came of it, the page shows what is true now. */
const said = async <T>(
  outcome: Promise<Result<T>>,
  words: (value: T) => string | Promise<string>,
): Promise<Result<string>> => {
  const settled = await outcome;
  showAgain();
  return settled.ok ? done(await words(settled.value)) : settled;
};

export const connectSource = action(
  "sources.create",
  ConnectInput,
  (granted, input) => connect(granted, input),
  (id) => pageOf(id, "connected"),
);

export const refreshSource = actionOn("source.edit", SourceInput, itself, (granted) =>
  said(refresh(granted), async (harvest) =>
    wordsForHarvest(harvest, await seesAllOf(granted.actor, granted.on.source)),
  ),
);

export const disableSource = actionOn("source.edit", SourceInput, itself, (granted) =>
  said(disable(granted), () => "The source is disabled."),
);

export const enableSource = actionOn("source.edit", SourceInput, itself, (granted) =>
  said(enable(granted), () => "The source is enabled: what is in it shows again to whom policies let see it."),
);

export const saveSource = actionOn(
  "source.edit",
  SourceDetails,
  itself,
  async (granted, { source, drawn, ...input }) => {
    const saved = await changeSource(granted, input, drawn);
    if (saved.ok) return done(source);
    showAgain();
    return saved;
  },
  (id) => pageOf(id, "saved"),
);

export const saveConnection = actionOn(
  "source.edit",
  CredentialInput,
  itself,
  async (granted, { source, address }) => {
    const saved = await replaceCredential(granted, address);
    return saved.ok ? done(source) : saved;
  },
  (id) => pageOf(id, "connection"),
);

export const removeSource = actionOn(
  "source.delete",
  SourceInput,
  itself,
  (granted) => deleteSource(granted),
  () => "/sources?after=deleted",
);

export const saveAsset = actionOn(
  "assets.edit",
  AssetDetails,
  ({ source, asset }) => ({ source, asset }),
  async (granted, input) => {
    const saved = await changeAsset(granted, input, input.drawn);
    if (saved.ok) return done(input);
    showAgain();
    return saved;
  },
  ({ source, asset }) => `/sources/${source}/${asset}?after=saved#details`,
);
