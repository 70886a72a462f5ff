"""An act in the application and in the model beside it, and the comparison of the two afterwards."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition

from tests.model import invariants, stored
from tests.model.board import Key
from tests.model.house import Answer, House
from tests.model.session import Session
from tests.model.stored import Stored
from tests.model.words import Page, Refused

AGES = (0, 0, 0, 0, 0, 0, 0, 1, 2, 6)
TERMS = [(3, None), (3, None), (3, 2), (2, 1), (5, None), (9, 1), (0, None), None]
NEWER = [1, 1, 1, 0, -1, 2]
Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Deed:
    """Something somebody tries: a moderator `who` from a page of this `age`, or the participant of a `seat`.

    What it is done to is picked by numbers: `place` and `places` (statements, questions, votes), `theme`, `other`.
    `newer` is how much a revision is above the one that stands, `points` are for the themes of a vote in order,
    `terms` what is agreed before one, `yes` whether something is confirmed or switched on.
    """

    kind: str
    who: str = "owner"
    age: int = 0
    seat: int = 0
    place: int = 0
    places: tuple[int, ...] = ()
    theme: int = 2
    other: int = 0
    newer: int = 1
    points: tuple[int, ...] = (1, 1)
    terms: tuple[int, int | None] | None = None
    yes: bool = True


number = st.integers(0, 30)


def deeds(kinds: str, least: int = 1, most: int = 1) -> st.SearchStrategy[list[Deed]]:
    """A few deeds of these kinds; a kind that is named more than once is tried more often."""
    one = st.builds(
        Deed,
        st.sampled_from(kinds.split()),
        who=st.sampled_from(["owner", "co-moderator"]),
        age=st.sampled_from(AGES),
        seat=number,
        place=number,
        places=st.lists(st.integers(0, 11), max_size=3).map(tuple),
        theme=number,
        other=number,
        newer=st.sampled_from(NEWER),
        points=st.lists(st.integers(0, 3), min_size=2, max_size=3).map(tuple),
        terms=st.sampled_from(TERMS),
        yes=st.sampled_from([True, True, False]),
    )
    return st.lists(one, min_size=least, max_size=most)


def while_in(*phases: str) -> Callable[[Thing], Thing]:
    """A rule for these phases; the wrong moments have rules of their own, so that most acts do something."""
    return precondition(lambda self: self.phase in phases)


def pick(things: Sequence[Thing], place: int) -> Thing:
    return things[place % len(things)]


class Acting(RuleBasedStateMachine):
    """The session and its model side by side: each act is done in both, and then they must agree."""

    folder: Path
    """Has an empty database, so that each example needs no migration."""

    def __init__(self) -> None:
        super().__init__()
        self.house: House
        self.model: Session
        self.own: Path
        self.pages: list[Page]
        self.now: Stored
        self.written = 0
        self.questions: list[str] = []
        self.agree = False

    @property
    def phase(self) -> str:
        """Where the group is; `ended` afterwards."""
        if self.model.status == "ended":
            return "ended"
        return self.model.current.phase if self.model.current else "waiting"

    @property
    def _seq(self) -> int:
        return int(self.now.session["seq"])

    def _page(self, age: int) -> Page:
        """The page as it is now, or an older one."""
        return self.pages[-1 - age % len(self.pages)]

    def _judge(self, answer: Answer, act: Callable[[], Any]) -> Any:
        """One act is done. A refused one has changed nothing; after any, all invariants hold."""
        before = self.now
        self.agree = False
        self._read()
        told = self._expect(answer, act)
        if not answer.done:
            assert before == self.now, f"it was refused ({answer.why}), and still something has changed"
        self._after_all_at_once(before)
        return told

    def _expect(self, answer: Answer, act: Callable[[], Any]) -> Any:
        """The door and the method say yes together, or no together; what the method told."""
        told, refused = None, ""
        try:
            told = act()
        except Refused as no:
            refused = str(no)
        assert answer.done == (not refused), f"the door says {answer}, the method says {refused or 'yes'}"
        return told

    def _after_all_at_once(self, before: Stored) -> None:
        self._read()
        invariants.check_seq(before, self.now)
        self._look()
        self.agree = True

    def _read(self) -> None:
        self.now = stored.read(self.own / "moderato.db", self.house.session)

    def _look(self) -> None:
        here = self.model.current
        invariants.check_group_is_where_it_should_be(self.model, self.now)
        invariants.check_each_statement_is_in_one_place(self.model, self.now)
        invariants.check_budgets(self.now)
        invariants.check_ballots(self.model, self.now, {seat: self.house.token(seat) for seat in self.model.seats})
        invariants.check_no_result_before_the_close(self.now)
        page = Page(here.phase if here else "waiting", here.id if here else None, self._seq)
        if page != self.pages[-1]:
            self.pages.append(page)

    def _wait(self, act: Coroutine[Any, Any, Thing]) -> Thing:
        return self.house.wait_for(act)

    def _do(self, deeds: Sequence[Deed]) -> None:
        for one in deeds:
            getattr(self, f"_{one.kind}")(one)

    def _phone(self, seat: str, door: str, **body: Any) -> Answer:
        return self.house.wait_for(self.house.phone(seat, door, **body))

    def _lead(self, who: str, page: Page, door: str, **fields: Any) -> Answer:
        form = {"phase": page.phase, "question": page.question or "", "seq": page.seq}
        sent = {name: value for name, value in {**form, **fields}.items() if value is not None}
        return self.house.wait_for(self.house.lead(who, door, **sent))

    def _seat(self, place: int) -> str:
        return pick(self.model.seats, place)

    def _receipts(self) -> list[str]:
        return [name for question in self.model.agenda for name, one in question.statements.items() if one.is_somebodys]

    def _new_text(self) -> str:
        self.written += 1
        return f"uitspraak {self.written}"

    def _chosen(self, places: Sequence[int]) -> tuple[list[Key], list[str]]:
        """Statements of the board, by the model's keys and by the ids of their rows."""
        here = self.model.current
        on_board = here.board.statements if here else []
        if not on_board:
            return [], []
        keys = list(dict.fromkeys(pick(on_board, place) for place in places))
        ids = {stored.name_of(row): row["id"] for row in self.now.statements(here.id)}
        names = {key: name for name, key in stored.keys_of(here).items()}
        return keys, [ids[names[key]] for key in keys]

    def _theme(self, place: int) -> int:
        """A theme of the current board; now and then one that is not there."""
        there = self.model.current.board.order if self.model.current else []
        return pick([*there, *there, 987_654], place)

    def archives(self) -> None:
        """What the archive tells is what may be told now."""
        self.archive = self.house.wait_for(self.house.archive())
        invariants.check_archive(self.model, self.archive)
