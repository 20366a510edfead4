/**
 * What somebody chose in a form that was drawn when these were ticked: what they ticked and cleared since is done to what
 * holds `now`. What others did meanwhile stands, for this form says nothing of it. Without `had` the choice is all there is.
 */
export const chosenFrom = <Id extends string>(
  now: readonly Id[],
  chosen: readonly Id[],
  had: readonly Id[] = now,
): Id[] => [
  ...new Set([
    ...now.filter((id) => chosen.includes(id) || !had.includes(id)),
    ...chosen.filter((id) => now.includes(id) || !had.includes(id)),
  ]),
];
