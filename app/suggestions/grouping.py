"""Groups of loose statements that resemble each other, and a name for each: only where the likeness is high."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from app.domain.search import folded
from app.suggestions.hints import Group, LooseStatement
from app.suggestions.linkage import Pair, linked
from app.suggestions.reading import Readings
from app.suggestions.sharing import Vocabulary

# Of the mean likeness within a group: on the real sessions seven in ten of the pairs put together belonged together.
LOWEST_TOGETHER = 0.25
LONGEST_NAME = 40
MOST_WORDS_IN_A_NAME = 4
MOST_REASONS = 3


def in_order(loose: Iterable[LooseStatement]) -> list[LooseStatement]:
    """An order that no chance decides: by text, then by id."""
    return sorted(loose, key=lambda statement: (folded(statement.text), statement.text, statement.id))


def groups_of(
    ordered: Sequence[LooseStatement], likeness: Mapping[Pair, float], readings: Readings, lowest: float
) -> tuple[Group, ...]:
    """The groups of two or more, the most alike first; `likeness` is by places in `ordered`, which `in_order` made."""
    parts = [part for part in linked(len(ordered), likeness, lowest) if len(part) > 1]
    groups = [
        _group([ordered[place] for place in central], likeness, central, readings)
        for central in (_central_first(part, likeness, ordered) for part in parts)
    ]
    return tuple(sorted(groups, key=lambda group: -group.score))


def _group(
    statements: Sequence[LooseStatement], likeness: Mapping[Pair, float], places: Sequence[int], readings: Readings
) -> Group:
    ids = tuple(statement.id for statement in statements)
    pairs = [likeness.get((one, other), 0.0) for one in places for other in places if one < other]
    texts = [statement.text for statement in statements]
    return Group(ids, round(sum(pairs) / len(pairs), 9), name_for(texts, readings), _shared_by_half(texts, readings))


def _central_first(part: Sequence[int], likeness: Mapping[Pair, float], ordered: Sequence[LooseStatement]) -> list[int]:
    """By falling likeness to all others of the group; of equals the shortest first, then in order."""

    def centrality(place: int) -> float:
        return sum(likeness.get((min(place, other), max(place, other)), 0.0) for other in part if other != place)

    return sorted(part, key=lambda place: (-round(centrality(place), 9), len(ordered[place].text), place))


def name_for(texts: Sequence[str], readings: Readings) -> str:
    """A name for a group of texts, the most central first: that one itself when short, else its most shared words.

    Whole words as they were written and in their order, at most four.
    """
    central = texts[0].strip()
    if len(central) <= LONGEST_NAME:
        return _capital(central)
    shared = _sharers(texts, readings)
    words = {word.written: word for word in readings.of(texts[0]).words if len(word.written) <= LONGEST_NAME}
    best = sorted(words, key=lambda written: (-shared[written], -len(written), written))[:MOST_WORDS_IN_A_NAME]
    while len(" ".join(best)) > LONGEST_NAME:
        best.pop()
    return _capital(" ".join(written for written in words if written in best) or central[:LONGEST_NAME])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _shared_by_half(texts: Sequence[str], readings: Readings) -> tuple[str, ...]:
    """The words of the first text that at least half of the others share, the most shared first."""
    shared = _sharers(texts, readings)
    often = [written for written, count in shared.items() if count * 2 >= len(texts) - 1]
    return tuple(sorted(often, key=lambda written: (-shared[written], -len(written), written))[:MOST_REASONS])


def _sharers(texts: Sequence[str], readings: Readings) -> Counter[str]:
    """By word of the first text: how many of the others have one that is alike or related."""
    words = readings.of(texts[0]).words
    return Counter(
        shared.here
        for text in texts[1:]
        for shared in Vocabulary(readings.of(text).words).shared_with(words, len(words))
    )
