import { EmailAddress } from "@/components/email-address";

export type Person = Readonly<{ id: string; name: string; email: string }>;

/** People as a list of boxes to tick. */
export const PeopleTicks = ({ people, ticked }: { people: readonly Person[]; ticked?: ReadonlySet<string> }) => (
  <ul className="max-h-96 divide-y divide-line overflow-y-auto rounded border border-line bg-surface empty:hidden">
    {people.map(({ id, name, email }) => (
      <li key={id}>
        <label className="flex min-h-10 items-center gap-3 px-3 py-1.5 hover:bg-sunken pointer-coarse:min-h-11">
          <input
            type="checkbox"
            name="members[]"
            value={id}
            defaultChecked={ticked?.has(id)}
            className="size-4.5 shrink-0 accent-accent"
          />
          <span className="min-w-0 wrap-anywhere">
            <bdi className="font-medium">{name}</bdi>{" "}
            <span className="text-sm text-quiet">
              <EmailAddress>{email}</EmailAddress>
            </span>
          </span>
        </label>
      </li>
    ))}
  </ul>
);
