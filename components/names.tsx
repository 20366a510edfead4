const together = new Intl.ListFormat("en");

/** Names in a sentence, each in its own writing direction: `Ada, Bob, and Cy`. */
export const Names = ({ names, list = together }: { names: readonly string[]; list?: Intl.ListFormat }) =>
  list.formatToParts(names).map(({ type, value }, place) =>
    type === "literal" ? (
      value
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: two may have the same name, and nothing is ever moved.
      <bdi key={place}>{value}</bdi>
    ),
  );
