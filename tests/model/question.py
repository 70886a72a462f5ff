"""One question as the method describes it: what people wrote, where it is, and when it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.model.board import Board, Key, NewPlace
from tests.model.history import History, Step, touched
from tests.model.vote import FEW, Vote
from tests.model.words import Refused

ORDER = ("collect", "cluster", "vote", "result")


@dataclass
class Written:
    """A statement: `place` is waiting (to be mixed, or late), board, or retracted; `theme` only while it waits."""

    question: int
    receipt: str
    text: str
    revision: int
    place: str = "waiting"
    late: bool = False
    theme: int | None = None
    returns: int = 0
    is_somebodys: bool = True

    @property
    def key(self) -> Key:
        return self.receipt, self.returns


@dataclass
class Question:
    """`batch` is who has something waiting in it, `unknown` what has a place that only its mark tells."""

    id: int
    phases: tuple[str, ...]
    budget: int | None = 3
    limit: int | None = None
    most: int = 30
    on_phones: bool = False
    guided: bool = False
    phase: str = "waiting"
    skipped: bool = False
    accepts: bool = True
    changed: int = 0
    closed_before: bool = False
    minute_over: bool = True
    statements: dict[str, Written] = field(default_factory=dict)
    board: Board = field(default_factory=Board)
    history: History = field(default_factory=History)
    batch: dict[Key, str] = field(default_factory=dict)
    unknown: set[Key | int] = field(default_factory=set)
    votes: list[Vote] = field(default_factory=list)

    @property
    def collecting(self) -> bool:
        return self.phase == "collect" and self.accepts

    @property
    def open_vote(self) -> Vote | None:
        return self.votes[-1] if self.votes and not self.votes[-1].closed else None

    def waiting(self) -> list[Written]:
        return [one for one in self.statements.values() if one.place == "waiting"]

    def enter(self, phase: str) -> None:
        self.phase, self.accepts = phase, True

    def following(self) -> str | None:
        later = self.phases[self.phases.index(self.phase) + 1 :]
        return later[0] if later else None

    def takes_late(self) -> bool:
        """All through the cluster phase (and while collecting takes nothing new); without one, for a minute."""
        if self.phase in ("collect", "cluster"):
            return True
        return self.phase in ("vote", "result") and "cluster" not in self.phases and not self.minute_over

    def release(self) -> None:
        """All that waits is shown, in an order that chance decides."""
        for one in self.waiting():
            one.place, one.late = "board", False
            self.board.under[one.theme if one.theme in self.board.names else None].append(one.key)
            self.board.marks[one.key] = NewPlace()
            self.unknown.add(one.key)
        self.batch.clear()

    def release_if_enough(self, mixing: bool) -> None:
        """Three different people have something waiting, or nothing is mixed here."""
        is_mixed = mixing or self.on_phones or not self.collecting
        if not is_mixed or len(set(self.batch.values())) >= FEW:
            self.release()

    def shows_with(self, seat: str, mixing: bool) -> bool:
        """Whether one statement more of this seat fills the batch."""
        is_mixed = mixing or self.on_phones or not self.collecting
        return is_mixed and len({*self.batch.values(), seat}) >= FEW

    def close_collecting(self, mixing: bool) -> None:
        """All is shown; but closed again, a batch of one or two waits. Then loose statements get a random order."""
        if (mixing or self.on_phones) and self.closed_before and len(set(self.batch.values())) < FEW:
            for one in self.waiting():
                one.late = True
        else:
            self.release()
        self.shuffle()
        self.closed_before, self.minute_over = True, False

    def shuffle(self) -> None:
        mixed = self.board.under[None] if self.history.steps else self.board.statements
        self.unknown |= set(mixed)
        self.board.marks |= {key: NewPlace() for key in mixed}

    def open_round(self, vote_id: int, budget: int, limit: int | None) -> None:
        """A vote from zero on the themes as they stand."""
        if not self.board.order:
            raise Refused("there is nothing to vote on")
        if limit is not None and limit * len(self.board.order) < budget:
            raise Refused("the budget can't be spent")
        self.votes.append(Vote(vote_id, len(self.votes) + 1, budget, limit, tuple(self.board.order)))

    def drop_open_round(self) -> None:
        if self.open_vote:
            self.votes.pop()

    def replay(self, step: Step, seq: int) -> None:
        """All that the step changed is again as it was before it (or, done again, after it), and nothing else is."""
        goes = [theme for (what, theme), there in step.wanted.items() if what == "there" and not there]
        self.unknown |= touched(step.after)
        self.board.make(step.wanted)
        self.lose_themes(goes)
        step.undone, step.seq = not step.undone, seq

    def lose_themes(self, gone: Iterable[int]) -> None:
        """What waits for a theme that goes will be loose."""
        for one in self.waiting():
            if one.theme in gone:
                one.theme = None

    def learn(self, real: Board) -> None:
        """Take over what chance has placed and what new places are called, after checking all else."""
        assert (real.names, real.hidden) == (self.board.names, self.board.hidden)
        assert real.under.keys() == self.board.under.keys()
        assert set(real.order) == set(self.board.order)
        assert self._known(real.order) == self._known(self.board.order), "the order of themes"
        for theme, inside in self.board.under.items():
            assert set(real.under[theme]) == set(inside), f"statements under {theme}"
            assert self._known(real.under[theme]) == self._known(inside), f"the order under {theme}"
        for whose, mark in self.board.marks.items():
            assert isinstance(mark, NewPlace) or real.marks[whose] == mark, f"{whose} is not at its own place"
        self.board, self.unknown = real, set()
        self.history.complete(real)

    def _known(self, things: Iterable[Key | int]) -> list[Key | int]:
        return [thing for thing in things if thing not in self.unknown]
