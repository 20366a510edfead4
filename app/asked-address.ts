/** What Next gives a page of the address it was asked for. */
export type Asked = {
  params?: Promise<Readonly<Record<string, string | string[] | undefined>>>;
  searchParams?: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

/** The address that was asked for: the page's own, with its `[parts]` filled in and its query. */
export const askedAddress = async (address: string, { params, searchParams }: Asked): Promise<string> => {
  const parts = (await params) ?? {};
  const path = address.replace(/\[(\w+)\]/g, (_whole, name: string) => encodeURIComponent(String(parts[name])));
  const query = new URLSearchParams(
    Object.entries((await searchParams) ?? {}).flatMap(([name, value]) =>
      [value ?? []].flat().map((one): [string, string] => [name, one]),
    ),
  );
  return query.size > 0 ? `${path}?${query}` : path;
};
