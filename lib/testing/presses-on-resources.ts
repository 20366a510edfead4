import { wordsForFault } from "@/lib/sources/faults";
import type { Ground } from "./ground";
import type { Press } from "./presses";

// What every press on sources, what is in them, and domains takes.

const toTable = ({ source, table }: Ground) => ({ source: source.id, asset: table.id, schema: null });
const address = { url: "postgres://reader:secret@127.0.0.1:5432/warehouse", password: "" };
const sources = "app/sources/actions.ts";
const domains = "app/domains/actions.ts";

let count = 0;
const name = () => `Thing ${++count} of a test`;
const described = () => ({ name: name(), description: "Made by a test" });

export const pressesOnResources: readonly Press[] = [
  { action: `${domains} makeDomain`, needs: "domains.create", about: null, fields: described },
  { action: `${domains} saveDomain`, needs: "domain.edit", about: "domain", fields: described },
  {
    action: `${domains} addToDomain`,
    needs: "domain.edit",
    about: "domain",
    fields: ({ beside }) => ({ step: "add", "assets[]": beside.id }),
    shows: ({ source, beside, schema }) => ({ source: source.id, asset: beside.id, schema: schema.id }),
  },
  {
    action: `${domains} takeOutOfDomain`,
    needs: "domain.edit",
    about: "domain",
    fields: ({ table }) => ({ asset: table.id }),
    shows: toTable,
  },
  { action: `${domains} removeDomain`, needs: "domain.delete", about: "domain", fields: () => ({}) },
  {
    action: `${sources} connectSource`,
    needs: "sources.create",
    about: null,
    fields: () => ({ name: name(), ...address }),
    says: wordsForFault["this-machine"],
  },
  {
    action: `${sources} refreshSource`,
    needs: "source.edit",
    about: "source",
    fields: () => ({}),
    says: "The password of this source can't be opened any more: the secret it was kept under is gone. Enter it again under Connection.",
  },
  { action: `${sources} disableSource`, needs: "source.edit", about: "source", fields: () => ({}) },
  { action: `${sources} enableSource`, needs: "source.edit", about: "source", fields: () => ({}), asks: true },
  {
    action: `${sources} saveSource`,
    needs: "source.edit",
    about: "source",
    fields: () => ({ ...described(), tags: "one, two" }),
  },
  {
    action: `${sources} saveConnection`,
    needs: "source.edit",
    about: "source",
    fields: () => address,
    says: wordsForFault["this-machine"],
  },
  { action: `${sources} removeSource`, needs: "source.delete", about: "source", fields: () => ({}) },
  {
    action: `${sources} saveAsset`,
    needs: "assets.edit",
    about: "asset",
    fields: () => ({ description: "Said by a test", tags: "one" }),
  },
];
