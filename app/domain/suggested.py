"""What is suggested on a board, and what of it still fits: a suggestion goes with the move that answers it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.ignored import Ignored, ignored_under, is_group_ignored

# What a moderator takes in at a glance; the next ones come when these are answered.
MOST_IN_A_THEME = 5
MOST_IN_A_GROUP = 8
MOST_GROUPS = 3


@dataclass(frozen=True)
class Likeness:
    """A loose statement that resembles a theme: a score up to 1, and the words they share or the nearest text."""

    statement: str
    theme: int
    score: float
    words: tuple[str, ...] = ()
    nearest: str = ""

    @property
    def statements(self) -> tuple[str, ...]:
        return (self.statement,)


@dataclass(frozen=True)
class LooseGroup:
    """Loose statements that resemble each other, the most central first; a name for them, and the words they share."""

    statements: tuple[str, ...]
    name: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Suggested:
    """All that was found on a question's board; which source found it, and what kept another from it (or "")."""

    question_id: int
    likenesses: tuple[Likeness, ...] = ()
    groups: tuple[LooseGroup, ...] = ()
    source: str = ""
    trouble: str = ""


# What stands under one theme, or in the place for groups.
Place = tuple[Likeness | LooseGroup, ...]


@dataclass(frozen=True)
class Open:
    """What waits for a yes or a no now: by theme its statements, the most alike first, and groups of others."""

    by_theme: Mapping[int, tuple[Likeness, ...]] = field(default_factory=dict)
    groups: tuple[LooseGroup, ...] = ()

    def by_place(self) -> dict[int | None, Place]:
        """What stands under each theme, and what stands (under None) in the place for groups."""
        places: dict[int | None, Place] = {None: self.groups}
        for theme, likenesses in self.by_theme.items():
            places[theme] = likenesses
        return places

    @property
    def statements(self) -> frozenset[str]:
        """All that are in it; each is there once."""
        return statements_in(one for place in self.by_place().values() for one in place)


def statements_in(suggestions: Iterable[Likeness | LooseGroup]) -> frozenset[str]:
    """The statements that these are about."""
    return frozenset(key for one in suggestions for key in one.statements)


def still_open(
    suggested: Suggested, loose: Collection[str], themes: Collection[int], ignored: Collection[Ignored]
) -> Open:
    """What of it fits the board as it is: statements that are still loose, themes that are there, nothing ignored.

    A statement is suggested for one theme, the best that is left for it; only who resembles none is in a group.
    """
    best: dict[str, Likeness] = {}
    refused = ignored_under(ignored)
    for likeness in suggested.likenesses:
        fits = likeness.statement in loose and likeness.theme in themes
        better = likeness.statement not in best or likeness.score > best[likeness.statement].score
        if fits and better and (likeness.statement, likeness.theme) not in refused:
            best[likeness.statement] = likeness
    by_theme: dict[int, list[Likeness]] = {}
    for likeness in sorted(best.values(), key=lambda one: -one.score):
        by_theme.setdefault(likeness.theme, []).append(likeness)
    shown = {theme: tuple(some[:MOST_IN_A_THEME]) for theme, some in by_theme.items()}
    return Open(shown, _groups(suggested.groups, frozenset(loose) - best.keys(), ignored))


def _groups(
    groups: Sequence[LooseGroup], free: Collection[str], ignored: Collection[Ignored]
) -> tuple[LooseGroup, ...]:
    left = (
        LooseGroup(tuple(key for key in group.statements if key in free)[:MOST_IN_A_GROUP], group.name, group.words)
        for group in groups
    )
    fit = [group for group in left if len(group.statements) > 1 and not is_group_ignored(group.statements, ignored)]
    return tuple(fit[:MOST_GROUPS])
