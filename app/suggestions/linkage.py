"""Average linkage: puts together what is alike on average, until nothing is alike enough any more."""

from __future__ import annotations

import heapq
from collections.abc import Mapping

Pair = tuple[int, int]


def linked(count: int, likeness: Mapping[Pair, float], lowest: float) -> tuple[tuple[int, ...], ...]:
    """The partition of 0 … count - 1 by average linkage (UPGMA: Sokal, Michener 1958), merging while at least `lowest`.

    `likeness` has a value for each pair (lower, higher) that is alike at all; an absent pair counts 0, and `lowest` is
    above 0. The likeness of two clusters is the mean over their pairs; it can't rise by a merge, so a pair of clusters
    below `lowest` need not be looked at. Equal ones go by their smallest members. Each cluster rises, and so do they.
    """
    clusters: dict[int, list[int]] = {place: [place] for place in range(count)}
    sums: dict[int, dict[int, float]] = {place: {} for place in range(count)}
    for (one, other), value in likeness.items():
        sums[one][other] = sums[other][one] = value
    waiting = [(-value, one, other, 1, 1) for (one, other), value in likeness.items() if value >= lowest]
    heapq.heapify(waiting)
    while waiting:
        _, one, other, size, other_size = heapq.heappop(waiting)
        # What was merged since has another size, or is gone.
        if len(clusters.get(one, ())) != size or len(clusters.get(other, ())) != other_size:
            continue
        _merge(one, other, clusters, sums)
        for third, total in sums[one].items():
            mean = total / (len(clusters[one]) * len(clusters[third]))
            if mean >= lowest:
                first, second = sorted((one, third))
                heapq.heappush(waiting, (-mean, first, second, len(clusters[first]), len(clusters[second])))
    return tuple(tuple(sorted(members)) for _, members in sorted(clusters.items()))


def _merge(one: int, other: int, clusters: dict[int, list[int]], sums: dict[int, dict[int, float]]) -> None:
    """The second goes into the first, which has the smaller number and keeps it."""
    clusters[one] += clusters.pop(other)
    gone = sums.pop(other)
    for third, total in gone.items():
        del sums[third][other]
        if third != one:
            sums[one][third] = sums[third][one] = sums[one].get(third, 0.0) + total
