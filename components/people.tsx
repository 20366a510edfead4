type Person = Readonly<{ name: string; email: string }>;

const either = new Intl.ListFormat("en", { type: "disjunction" });

/** People of whom any can be asked, each a link to write to them: `Ada, Bob or Cy`. */
export const AnyOf = ({ people }: { people: readonly Person[] }) =>
  either.formatToParts(people.map(({ email }) => email)).map(({ type, value }) =>
    type === "literal" ? (
      value
    ) : (
      <a key={value} href={mailto([{ email: value }])}>
        <bdi>{people.find(({ email }) => email === value)?.name}</bdi>
      </a>
    ),
  );

/** A link that writes to them all. */
export const mailto = (people: readonly Pick<Person, "email">[]): string =>
  `mailto:${people.map(({ email }) => encodeURIComponent(email).replace("%40", "@")).join(",")}`;
