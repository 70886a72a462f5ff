"""Average linkage, against cases worked out by hand."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as some

from app.suggestions.linkage import linked


def test_without_likeness_each_stays_apart():
    assert linked(3, {}, 0.1) == ((0,), (1,), (2,))


def test_a_chain_is_not_pulled_together_by_its_links():
    # 0 and 1 go first; 2 is then alike to their pair by (0.6 + 0) / 2 on average, which is too little.
    assert linked(3, {(0, 1): 0.8, (1, 2): 0.6}, 0.4) == ((0, 1), (2,))


def test_a_third_joins_where_it_is_alike_on_average():
    assert linked(3, {(0, 1): 0.8, (1, 2): 0.75, (0, 2): 0.25}, 0.5) == ((0, 1, 2),)


def test_the_lowest_likeness_itself_is_enough():
    assert linked(2, {(0, 1): 0.5}, 0.5) == ((0, 1),)


def test_of_equal_pairs_the_smallest_goes_first():
    assert linked(4, {(1, 2): 0.5, (0, 1): 0.5, (2, 3): 0.5}, 0.4) == ((0, 1), (2, 3))


def plain(count, likeness, lowest):
    """The same by its definition: the best pair of clusters, again and again."""
    clusters = [[place] for place in range(count)]

    def mean(one, other):
        pairs = [likeness.get((min(a, b), max(a, b)), 0.0) for a in one for b in other]
        return sum(pairs) / len(pairs)

    while len(clusters) > 1:
        one, other = max(combinations(clusters, 2), key=lambda pair: mean(*pair))
        if mean(one, other) < lowest:
            break
        clusters.remove(other)
        one += other
    return {frozenset(members) for members in clusters}


@given(some.data(), some.integers(2, 8))
def test_it_is_the_definition_only_quicker(data, count):
    drawn = data.draw(some.lists(some.floats(0.001, 1), min_size=count * count, max_size=count * count, unique=True))
    likeness = {pair: drawn[number] for number, pair in enumerate(combinations(range(count), 2))}
    found = linked(count, likeness, 0.4)
    assert {frozenset(part) for part in found} == plain(count, likeness, 0.4)
