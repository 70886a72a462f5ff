// Sums over an allocation: an object of theme to points.

export function spent(points) {
  return Object.values(points).reduce((sum, given) => sum + given, 0);
}

/** Whether two allocations give the same; the server leaves zeros out. */
export function isSame(points, others) {
  return Object.keys({ ...points, ...others }).every((theme) => (points[theme] ?? 0) === (others[theme] ?? 0));
}
