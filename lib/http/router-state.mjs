/**
 * Whether this header of Next's client can be one: a tree of segments, each with its parallel routes.
 * Next answers 500 to anything else.
 * @param {string | string[] | undefined} header
 */
export function isRouterState(header) {
  if (header === undefined) return true;
  try {
    return isTree(JSON.parse(decodeURIComponent(String(header))));
  } catch {
    return false;
  }
}

/** @param {unknown} tree @returns {boolean} */
function isTree(tree) {
  if (!Array.isArray(tree)) return false;
  const [segment, routes] = tree;
  const named = typeof segment === "string" || (Array.isArray(segment) && typeof segment[0] === "string");
  return named && typeof routes === "object" && routes !== null && Object.values(routes).every(isTree);
}
