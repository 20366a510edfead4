/**
 * Where focus may go after a press on a row: the control it came from (`data-press`), where it has one of its own, the
 * rows' own controls (`data-row`) from this row on, the heading.
 */
export const placesFrom = (id: string, verb?: string): string[] => {
  const menus = [...document.querySelectorAll<HTMLElement>("[data-row]")].map((menu) => menu.dataset.row);
  const after = menus.slice(menus.indexOf(id) + 1);
  const rows = menus.includes(id) ? [id, ...after] : [];
  return [...(verb ? [`[data-press="${verb} ${id}"]`] : []), ...rows.map((row) => `[data-row="${row}"]`), "h1"];
};

/** Moves focus to the first of these places that is there, unless the person has gone somewhere else by themselves. */
export const toFirst = (places: readonly string[]): void => {
  const at = document.activeElement;
  const lost = at === null || at === document.body || places.some((place) => at.matches(place));
  const first = places.map((place) => document.querySelector<HTMLElement>(place)).find((place) => place !== null);
  if (lost && first !== at) first?.focus();
};

/**
 * Remembers what has focus before a page is drawn anew. What it gives is called after: if that has gone and nobody has gone
 * elsewhere, focus moves to the menu of its row, the next row's, or the heading.
 */
export const holdFocus = (): (() => void) => {
  const at = document.activeElement;
  const row = at?.closest("[role=row]")?.querySelector<HTMLElement>("[data-row]")?.dataset.row;
  const places = row === undefined ? ["h1"] : placesFrom(row);
  return () => {
    if (at && !at.isConnected && document.activeElement === document.body) toFirst(places);
  };
};
