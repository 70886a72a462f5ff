"""Statements that are the same or nearly so: other capitals, accents, signs or spaces, or one slip of the finger."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.domain.alike import SHORTEST_TYPO
from app.domain.search import folded
from app.suggestions.grouping import in_order
from app.suggestions.hints import LooseStatement
from app.suggestions.reading import LONGEST_WORD, words_of


def several(statements: Iterable[LooseStatement]) -> tuple[tuple[str, ...], ...]:
    """The ids of each stack of two or more, the most central statement first: the one to be read for all."""
    return tuple(_central_first(members) for members in stack(statements) if len(members) > 1)


def _central_first(members: Sequence[LooseStatement]) -> tuple[str, ...]:
    """As most spelled it, and then as most wrote it, signs and all; of equals in order, so that no chance decides."""
    written = Counter(one.text for one in members)
    spelled = Counter(tuple(_words(one.text)) for one in members)
    by_falling = sorted(members, key=lambda one: (-spelled[tuple(_words(one.text))], -written[one.text]))
    return tuple(one.id for one in by_falling)


def stack(statements: Iterable[LooseStatement]) -> tuple[tuple[LooseStatement, ...], ...]:
    """Every statement in exactly one stack; most stacks hold one. The order in which they come in does not matter."""
    ordered = in_order(statements)
    above = list(range(len(ordered)))

    def top(place: int) -> int:
        while above[place] != place:
            place = above[place]
        return place

    for one, other in _the_same([tuple(_words(statement.text)) for statement in ordered]):
        first, second = sorted((top(one), top(other)))
        above[second] = first
    stacks: dict[int, list[LooseStatement]] = defaultdict(list)
    for place, statement in enumerate(ordered):
        stacks[top(place)].append(statement)
    return tuple(tuple(members) for members in stacks.values())


def _words(text: str) -> list[str]:
    """Folded words; signs alone (👍, ??) stay as they are, since they are all that was said."""
    return words_of(folded(text))


def _the_same(texts: Sequence[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Pairs of places whose letters are the same, or whose words are but for one that is misspelled."""
    first_with: dict[str, int] = {}
    differing: dict[tuple[int, tuple[str, ...]], dict[str, int]] = defaultdict(dict)
    for place, words in enumerate(texts):
        joined = "".join(words)
        if joined in first_with:
            yield first_with[joined], place
            continue
        first_with[joined] = place
        for at, word in enumerate(words):
            if SHORTEST_TYPO <= len(word) <= LONGEST_WORD:
                differing[at, words[:at] + words[at + 1 :]][word] = place
    for held in differing.values():
        yield from _slips(held)


def _slips(held: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """Pairs of places of words that are a slip apart, as many as join all of them.

    Each word looks up what a slip would make of it, so that thousands of answers of one word take no longer than as
    many texts: comparing all with all would take a minute.
    """
    with_a_gap: dict[tuple[int, str, str], str] = {}
    for word, place in held.items():
        for at in range(1, len(word) - 1):
            before, after = word[:at], word[at + 1 :]
            near = {before + after, before + after[:1] + word[at] + after[1:]}
            # Words with the same gap are all a slip apart, but for digits: one of them stands for all.
            if not any(sign.isdigit() for sign in word[at : at + 2]):
                near.add(with_a_gap.setdefault((at, before, after), word))
            yield from ((held[other], place) for other in near - {word} if other in held and is_slip(word, other))


def is_slip(one: str, other: str) -> bool:
    """Whether two long words differ by one inner letter: left out, doubled, wrong, or two that changed places.

    The first and the last letter stay, and so do digits: *bewoner* and *bewoners*, *1e verdieping* and *2e* differ.
    """
    shorter, longer = sorted((one, other), key=len)
    is_framed = shorter[:1] == longer[:1] and shorter[-1:] == longer[-1:]
    if len(shorter) < SHORTEST_TYPO or len(longer) - len(shorter) > 1 or not is_framed:
        return False
    start = next((at for at, sign in enumerate(shorter) if sign != longer[at]), len(shorter) - 1)
    if any(sign.isdigit() for sign in shorter[start : start + 2] + longer[start : start + 2]):
        return False
    if len(longer) > len(shorter):
        return shorter[start:] == longer[start + 1 :]
    rest, other_rest = shorter[start:], longer[start:]
    return rest[1:] == other_rest[1:] or (rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:])
