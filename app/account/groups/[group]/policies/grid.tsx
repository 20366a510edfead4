"use client";

import type { FormEvent } from "react";
import { DataTable } from "@/components/data-table";
import type { Box, BoxRow, BoxTable } from "./view";

/** What can be allowed, as rows of boxes. With script, ticking one that implies Read-only ticks that too, and lets `say` tell. */
export function Grid({ table: { caption, lead, heads, rows }, say }: GridProps) {
  const name = {
    label: caption === "Administrative" ? "Permission" : caption === "Domain" ? "Domain" : "On",
    names: true,
    cell: ({ name, note }: BoxRow) => (
      <>
        <bdi className="font-medium wrap-anywhere">{name}</bdi>
        {note && <span className="block text-sm text-quiet">{note}</span>}
      </>
    ),
  };
  const columns = heads.map(({ operation, label }) => ({
    label,
    cell: (row: BoxRow) => {
      const box = row.boxes.find((one) => one.operation === operation);
      return box ? <Tickable box={box} about={`${row.name}, ${label}: `} /> : <None />;
    },
  }));
  return (
    <section className="space-y-2" onChange={(event) => say(bringRead(event))}>
      <h2>{caption}</h2>
      {lead && <p className="text-quiet">{lead}</p>}
      <DataTable
        caption={caption}
        columns={[name, ...columns]}
        rows={rows}
        keyOf={({ boxes }) => boxes.map(({ word }) => word).join(" ")}
      />
    </section>
  );
}

type GridProps = { table: BoxTable; say: (words: string) => void };

const Tickable = ({ box: { word, operation, words, ticked, why }, about }: { box: Box; about: string }) => (
  <label className="flex min-h-6 gap-2 pointer-coarse:min-h-11">
    <input
      type="checkbox"
      name="policies[]"
      value={word}
      data-operation={operation}
      defaultChecked={ticked}
      disabled={why !== null}
      className="mt-0.75 size-4.5 shrink-0 accent-accent"
    />
    <span className="min-w-0 text-sm">
      <span className="sr-only">{about}</span>
      {words}
      {why && <span className="block text-quiet">{reasons[why]}</span>}
    </span>
  </label>
);

const reasons = {
  fixed: "The group has this. You may add, but not take away.",
  beyond: "You don't hold this yourself, so you can't hand it out.",
};

const None = () => (
  <span className="text-quiet">
    <span aria-hidden="true">–</span>
    <span className="sr-only">Not a thing of this permission</span>
  </span>
);

/** Whoever may change something sees it: so Read-only can't go while another box of its row is ticked. */
const bringRead = ({ target }: FormEvent): string => {
  const row = target instanceof HTMLElement ? target.closest("tr") : null;
  const boxes = [...(row?.querySelectorAll<HTMLInputElement>("[data-operation]") ?? [])];
  const read = boxes.find(({ dataset }) => dataset.operation === "read");
  const others = boxes.some((box) => box !== read && box.checked);
  if (!read || read.checked || !others) return "";
  read.checked = true;
  return "Read-only comes along with Create, Edit and Delete.";
};
