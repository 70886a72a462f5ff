"""Any order of acts by two moderators and many participants, on fresh pages and old ones, against the model."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import initialize

from app.domain.agenda import QuestionSettings
from app.domain.themes import STEPS_TO_UNDO
from tests.model import invariants, stored
from tests.model.acting import Deed
from tests.model.house import House
from tests.model.leading import Leading, made_from
from tests.model.on_the_board import OnTheBoard
from tests.model.session import Session
from tests.model.taking_part import TakingPart
from tests.model.words import Page

ALL = ("collect", "cluster", "vote", "result")
KINDS = {
    "open": QuestionSettings("Wat gaat goed?", ALL, budget=3, limit_per_theme=2, most_statements=4),
    "seen": QuestionSettings("Wat ziet u?", ALL, budget=4, statements_on_phones=True),
    "guided": QuestionSettings("Wat hoort waar?", ALL, budget=3, themes=("Zorg", "Groen")),
    "at once": QuestionSettings("Wat weegt?", ("collect", "vote", "result"), budget=3, themes=("Zorg", "Groen")),
    "only voted": QuestionSettings("Wat eerst?", ("vote", "result"), budget=2, themes=("Zorg", "Groen", "Rust")),
    "only asked": QuestionSettings("Wat nog meer?", ("collect", "result")),
    "pause": QuestionSettings("Koffie", ("pause",)),
}
FIRST_SEATS = 4


class WholeSession(TakingPart, Leading, OnTheBoard):
    """Everything anybody may do in a session, in any order.

    `firsts` is what the first question may be, `histories` how many steps can be undone, and `presses` how far it is
    when it begins: before it, writing, at the board, voting, at the result.
    """

    firsts = ("open", "open", "open", "guided", "guided", "seen", "at once", "only voted")
    histories = (STEPS_TO_UNDO, STEPS_TO_UNDO, 3)
    presses = (2, 2, 2, 3, 3, 1, 4, 0)

    @initialize(
        first=st.runner().flatmap(lambda self: st.sampled_from(self.firsts)),
        others=st.lists(st.sampled_from(sorted(KINDS)), max_size=2),
        mixing=st.sampled_from([True, True, False]),
        most_steps=st.runner().flatmap(lambda self: st.sampled_from(self.histories)),
        presses=st.runner().flatmap(lambda self: st.sampled_from(self.presses)),
    )
    def begin(self, first: str, others: list[str], mixing: bool, most_steps: int, presses: int) -> None:
        """A session that is led some way already, with something written and something to vote on."""
        self.own = Path(tempfile.mkdtemp(dir=self.folder))
        shutil.copyfile(self.folder / "empty.db", self.own / "moderato.db")
        settings = [KINDS[kind] for kind in [first, *others]]
        self.house = House(self.own, settings, mixing, most_steps)
        self.written = 0
        self.now = stored.read(self.own / "moderato.db", self.house.session)
        rows = self.now.questions()
        agenda = [made_from(row["id"], one) for row, one in zip(rows, settings, strict=True)]
        self.model = Session(agenda, mixing, most_steps=most_steps)
        for question in agenda:
            question.board = self.now.board(question)
        self.pages = [Page("waiting", None, self._seq)]
        self._do([Deed("join")] * FIRST_SEATS)
        for _ in range(presses):
            self._lead_well()

    def _lead_well(self) -> None:
        """One step of a session that goes well."""
        before = self.model.current
        self._do([Deed("next", terms=(3, 2))])
        here = self.model.current
        if here and here.phase == "collect" and here is not before:
            self._do([Deed("write", seat=seat) for seat in range(FIRST_SEATS + 2)])
        if here and here.phase == "cluster":
            self._do([Deed("create", places=(0, 1)), Deed("create", "co-moderator", places=(3,)), Deed("create")])

    def teardown(self) -> None:
        if not hasattr(self, "house"):
            return
        try:
            if self.agree:
                self.archives()
                self._bring_in()
        finally:
            self.house.close()
            shutil.rmtree(self.own)

    def _bring_in(self) -> None:
        """What was exported makes the same session again."""
        content = self.house.wait_for(self.house.look("owner", f"/sessions/{self.house.session}/report.json"))
        other = self.house.wait_for(self.house.bring_in(content.encode()))
        again = invariants.brought_in(self.house.wait_for(self.house.archive(other)))
        assert again == invariants.brought_in(self.archive), "the archive came in as another session"
