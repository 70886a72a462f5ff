// Points per theme, as a vote has them: theme id to a whole number.

export function spent(points) {
  return Object.values(points).reduce((sum, given) => sum + given, 0);
}

/** Whether the newest points a device has, as a `{revision, stored}`, still have to reach the server. */
export function isUnsent(vote) {
  return vote.revision > vote.stored.revision;
}

/** Whether two allocations give the same; a zero is the same as nothing. */
export function agree(one, other) {
  const themes = [...Object.keys(one), ...Object.keys(other)];
  return themes.every((theme) => (one[theme] ?? 0) === (other[theme] ?? 0));
}
