"""What participants do: write, send again, change, take back and give points, in any order and more than once."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from functools import partial
from typing import Any

from hypothesis.stateful import precondition, rule

from tests.model.acting import Acting, Deed, deeds, pick
from tests.model.house import Answer
from tests.model.question import Question
from tests.model.vote import Vote

FIRST = (201, 202, 200, 409, 422, 503)
STATUS = {"stored": 201, "held": 202, "stands": 200}
ODD = {28: "  ", 29: "lang" * 40}
WRITING = "write write write write_elsewhere send_again send_again send_again take_back take_back outbox join"
VOTING = "give give give group group taps watch ready send_again"


class TakingPart(Acting):
    """The rules of the participants' side."""

    @rule(tried=deeds(WRITING, least=2, most=4))
    def write_and_change(self, tried: Sequence[Deed]) -> None:
        self._do(tried)

    @precondition(lambda self: self._votes())
    @rule(tried=deeds(VOTING, least=2, most=4))
    def vote(self, tried: Sequence[Deed]) -> None:
        self._do(tried)

    @rule(tried=deeds("take_back_early write_elsewhere back_to_an_old_vote"))
    def be_early_or_late(self, tried: Sequence[Deed]) -> None:
        self._do(tried)

    def _join(self, _: Deed) -> None:
        seat = f"seat {len(self.model.seats) + 1}"
        self._judge(self._wait(self.house.join(seat)), lambda: self.model.join(seat))

    def _write(self, one: Deed) -> None:
        """On the current question, sometimes under a theme; mostly a text that may be."""
        if here := self.model.current:
            text = ODD.get(one.other) or self._new_text()
            self._send(self._seat(one.seat), here, secrets.token_hex(16), 1, text, one.theme)

    def _write_elsewhere(self, one: Deed) -> None:
        """The page is one of an earlier question, or the question has not come yet."""
        here = pick(self.model.agenda, one.place)
        self._send(self._seat(one.seat), here, secrets.token_hex(16), 1, self._new_text(), one.theme)

    def _send_again(self, one: Deed) -> None:
        """A resend, an edit, or something older that comes late; sometimes with the receipt of another question."""
        if not self._receipts():
            return
        known = self.model.written(pick(self._receipts(), one.place))
        here = next(asked for asked in self.model.agenda if asked.id == known.question)
        if one.other > 26:
            here = pick(self.model.agenda, one.place)
        revision = max(1, known.revision + one.newer)
        self._send(self._seat(one.seat), here, known.receipt, revision, self._new_text(), one.theme)

    def _send(self, seat: str, here: Question, receipt: str, revision: int, text: str, theme: int) -> None:
        given = [*here.board.order, 987_654] if here.guided else [None, None, None, None, 987_654]
        under = pick([None, *given], theme)
        body = {"question": here.id, "receipt": receipt, "revision": revision, "text": text, "theme": under}
        answer = self._phone(seat, "statements", **body)
        told = self._judge(answer, lambda: self.model.submit(seat, here.id, receipt, revision, text, under))
        assert told is None or answer.status == STATUS[told], f"answered {answer}, and it is {told}"

    def _take_back(self, one: Deed) -> None:
        if self._receipts():
            known = self.model.written(pick(self._receipts(), one.place))
            revision = max(1, known.revision + one.newer)
            self._retract(self._seat(one.seat), known.question, known.receipt, revision)

    def _take_back_early(self, one: Deed) -> None:
        """The statement itself has not come yet."""
        here = pick([self.model.current or self.model.agenda[0], *self.model.agenda], one.place)
        self._retract(self._seat(one.seat), here.id, secrets.token_hex(16), 2)

    def _retract(self, seat: str, question: int, receipt: str, revision: int) -> None:
        body = {"question": question, "receipt": receipt, "revision": revision}
        answer = self._phone(seat, "statements/retract", **body)
        self._judge(answer, lambda: self.model.retract(seat, question, receipt, revision))

    def _outbox(self, one: Deed) -> None:
        """One phone sends all it has at the same moment, and one of them twice: each is stored once."""
        here, who = self.model.current, self._seat(one.seat)
        if here is None or here.shows_with(who, self.model.mixing):
            # How many of them are in the batch that is shown then is chance.
            return self._write(one)
        sent = [(secrets.token_hex(16), self._new_text()) for _ in range(1 + len(one.places))]
        sent += sent[:1] if one.yes else []
        answers = self._at_once(
            self.house.phone(who, "statements", question=here.id, receipt=receipt, revision=1, text=text)
            for receipt, text in sent
        )
        before = self.now
        # Which came first is chance too: of two that are the same the other is told that it stands already.
        for place in sorted(range(len(sent)), key=lambda place: FIRST.index(answers[place].status)):
            receipt, text = sent[place]
            self._expect(answers[place], partial(self.model.submit, who, here.id, receipt, 1, text, None))
        self._after_all_at_once(before)

    # ------------------------------------------------------------------ points

    def _votes(self) -> list[Vote]:
        """All votes there were, an open one first."""
        votes = [vote for question in self.model.agenda for vote in question.votes]
        return sorted(votes, key=lambda vote: vote.closed)

    def _points(self, vote: Vote, numbers: Sequence[int]) -> dict[int, int]:
        return dict(zip(vote.themes, numbers, strict=False))

    def _give(self, one: Deed) -> None:
        """An allocation within the budget or over it, of a newer revision or an older one."""
        self._give_in(self._votes()[0], one)

    def _back_to_an_old_vote(self, one: Deed) -> None:
        if self._votes():
            self._give_in(pick(self._votes(), one.place), one)

    def _give_in(self, vote: Vote, one: Deed) -> None:
        who = self._seat(one.seat)
        counted = max(1, vote.ballots.get(who, (0, {}))[0] + one.newer)
        points = self._points(vote, one.points)
        answer = self._phone(who, "allocation", round=vote.id, revision=counted, points=_as_sent(points))
        self._judge(answer, lambda: self.model.allocate(who, vote.id, counted, points))
        if answer.done:
            standing = vote.ballots[who]
            assert answer.said == {"revision": standing[0], "points": _as_sent(standing[1])}

    def _group(self, one: Deed) -> None:
        """Several people, one after the other."""
        for step in range(3 + one.other % 2):
            self._give(Deed("give", seat=one.seat + step, points=(step % 2, 1, (step + one.other) % 2)))

    def _taps(self, one: Deed) -> None:
        """Several revisions of one allocation at once, in any order: the highest that may be stands."""
        vote, who = self._votes()[0], self._seat(one.seat)
        first = vote.ballots.get(who, (0, {}))[0] + 1
        sent = [one.points, (*reversed(one.points),), (one.other % 4, 0), (1,)]
        bodies = [(first + place, self._points(vote, numbers)) for place, numbers in enumerate(sent)]
        answers = self._at_once(
            self.house.phone(who, "allocation", round=vote.id, revision=counted, points=_as_sent(points))
            for counted, points in reversed(bodies)
        )
        before = self.now
        for (counted, points), answer in zip(bodies, reversed(answers), strict=True):
            self._expect(answer, partial(self.model.allocate, who, vote.id, counted, points))
        self._after_all_at_once(before)

    def _ready(self, one: Deed) -> None:
        answer = self._phone(self._seat(one.seat), "presence", round=self._votes()[0].id, ready=one.yes)
        self._judge(answer, lambda: None)

    def _watch(self, one: Deed) -> None:
        """Whatever is given in an open vote, no page of anybody else changes by it."""
        other = self._seat(one.seat + 1)
        if self._votes()[0].closed:
            return
        before = self._wait(self.house.all_pages(other))
        self._give(one)
        assert self._wait(self.house.all_pages(other)) == before, "a ballot is seen before the close"

    def _at_once(self, acts: Any) -> list[Answer]:
        async def together() -> list[Answer]:
            return list(await asyncio.gather(*acts))

        return self._wait(together())


def _as_sent(points: dict[int, int]) -> dict[str, int]:
    return {str(theme): given for theme, given in points.items()}
