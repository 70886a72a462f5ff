"""What participants propose for their own statements while the moderator groups: a theme, or the name of a new one."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.anonymity import may_release, shuffled
from app.domain.phases import Phase, Status
from app.domain.refusals import Reason, Refusal
from app.domain.statements import check_line
from app.domain.themes import LONGEST_THEME_NAME, Board


class Standing(StrEnum):
    """How a statement's proposal stands: there is none, it waits to be mixed, it is shown, or it was ignored."""

    NONE = "none"
    WAITING = "waiting"
    SHOWN = "shown"
    IGNORED = "ignored"


@dataclass(frozen=True)
class Proposed:
    """A theme of the board (id) or the name of a new one; neither takes a proposal back."""

    theme: int | None = None
    name: str | None = None

    @property
    def is_nothing(self) -> bool:
        return self.theme is None and self.name is None


def check_proposed(theme: int | None, name: str | None, themes: Collection[int]) -> Proposed:
    """What somebody proposes, its name tidy. Raises Refusal for both at once, a theme that is not there, or no name."""
    if theme is not None and name is not None:
        raise Refusal(Reason.INPUT_MALFORMED)
    if theme is not None and theme not in themes:
        raise Refusal(Reason.THEME_UNKNOWN)
    return Proposed(theme, None if name is None else check_line(name, LONGEST_THEME_NAME))


def takes_proposals(is_on: bool, phase: Phase) -> bool:
    """Whether participants may propose now: where it was switched on, while the moderator groups."""
    return is_on and phase == Phase.CLUSTER


def check_may_propose(status: Status, is_current: bool, is_on: bool, phase: Phase) -> None:
    """Raises Refusal unless proposals for statements of this question are taken now."""
    if status == Status.ENDED:
        raise Refusal(Reason.SESSION_HAS_ENDED)
    if status != Status.OPEN or not is_current or not takes_proposals(is_on, phase):
        raise Refusal(Reason.PROPOSALS_CLOSED)


def last_batch(participants: Mapping[str, str], had_one: bool, chance: random.Random) -> list[str]:
    """Which of the open batch (statement id to participant) are shown when grouping ends.

    All of them when three people have one. Of fewer, one of each: two that come in together would tell that they are
    of one hand. And only once in a question (`had_one`), so that ending again and again shows nobody alone.
    """
    if may_release(participants):
        return list(participants)
    if had_one:
        return []
    by_person: dict[str, str] = {}
    for statement in shuffled(list(participants), chance):
        by_person.setdefault(participants[statement], statement)
    return list(by_person.values())


def key_of(name: str) -> str:
    """By which names are the same: without regard to case and spaces."""
    return " ".join(name.split()).casefold()


@dataclass(frozen=True)
class NewTheme:
    """A name that was proposed, and the statements (ids, in board order) for which it was."""

    name: str
    statements: tuple[str, ...]


@dataclass(frozen=True)
class OnTheBoard:
    """What is proposed and not so yet: statements (ids, in board order) by theme, and new themes, the largest first."""

    by_theme: Mapping[int, tuple[str, ...]]
    new: tuple[NewTheme, ...]

    @property
    def is_empty(self) -> bool:
        return not self.by_theme and not self.new


def on_the_board(board: Board, shown: Mapping[str, Proposed]) -> OnTheBoard:
    """What the shown proposals (by statement id) come to on this board.

    The name of a theme that is there means that theme. Nothing is left of a proposal for a statement that lies where
    it was proposed, that is hidden, or for a theme that is gone.
    """
    themes = {key_of(state.name): theme for theme, state in sorted(board.themes.items(), reverse=True)}
    by_theme: dict[int, list[str]] = defaultdict(list)
    by_name: dict[str, list[str]] = defaultdict(list)
    for statement in _in_order(board, shown):
        proposed = shown[statement]
        theme = proposed.theme if proposed.name is None else themes.get(key_of(proposed.name))
        if theme is None and proposed.name is not None:
            by_name[key_of(proposed.name)].append(statement)
        elif theme in board.themes and theme is not None and board.places[statement].theme != theme:
            by_theme[theme].append(statement)
    new = [NewTheme(_spelt(shown[one].name or "" for one in some), tuple(some)) for some in by_name.values()]
    new.sort(key=lambda one: (-len(one.statements), key_of(one.name)))
    return OnTheBoard({theme: tuple(some) for theme, some in by_theme.items()}, tuple(new))


def _in_order(board: Board, shown: Mapping[str, Proposed]) -> Sequence[str]:
    """As on the board: no order in which anything came is left in it."""
    there = [key for key in shown if key in board.places and not board.places[key].hidden]
    return sorted(there, key=lambda key: (board.places[key].rank, key))


def _spelt(names: Iterable[str]) -> str:
    """The spelling most of them have; of as many, the first in the alphabet."""
    counted = Counter(" ".join(name.split()) for name in names)
    return min(counted, key=lambda name: (-counted[name], name))
