"use client";

import { useField } from "@/components/form";
import { Icon } from "@/components/icon";
import { chosenOf } from "@/lib/form";

type Asset = Readonly<{
  id: string;
  kind: "schema" | "table";
  name: string;
  schema: string | null;
  relation: string | null;
  description: string;
  sourceName: string;
}>;

/** Schemas and tables as boxes to tick; those that were ticked before a refusal are ticked again. */
export function AssetTicks({ assets }: { assets: readonly Asset[] }) {
  const { error, id, answer, control } = useField("assets");
  const ticked = new Set(chosenOf(answer, "assets"));
  return (
    <fieldset key={[...ticked].join()}>
      <legend className="mb-1.5 font-medium">Schemas and tables</legend>
      {error && (
        <p id={`${id}-error`} className="mb-1.5 flex gap-1.5 text-sm text-danger">
          <Icon name="danger" className="mt-0.5" />
          <span className="min-w-0">{error}</span>
        </p>
      )}
      <ul className="divide-y divide-line rounded border border-line bg-surface">
        {assets.map((asset, place) => (
          <li key={asset.id}>
            <label className="flex min-h-10 gap-3 px-3 py-2 hover:bg-sunken pointer-coarse:min-h-11">
              <input
                {...(place === 0 ? control : {})}
                type="checkbox"
                name="assets[]"
                value={asset.id}
                defaultChecked={ticked.has(asset.id)}
                className="mt-1 size-4.5 shrink-0 accent-accent"
              />
              <span className="min-w-0 wrap-anywhere">
                <bdi className="font-medium">
                  {asset.schema === null ? asset.name : `${asset.schema}.${asset.name}`}
                </bdi>{" "}
                <span className="text-sm text-quiet">
                  {asset.relation ?? "schema"} of <bdi>{asset.sourceName}</bdi>
                </span>
                {asset.description && (
                  <span dir="auto" className="block text-sm text-quiet">
                    {asset.description}
                  </span>
                )}
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
