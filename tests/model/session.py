"""A session as the method describes it: who may do what when, and what is true afterwards. Knows nothing of the app."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.model.question import Question, Written
from tests.model.words import Page, Refused

LONGEST = 140
LARGEST_BUDGET = 100


@dataclass
class Session:
    """`agenda` in order; `pens` how many statements of a seat stand on a question, as the running server knows it."""

    agenda: list[Question]
    mixing: bool = True
    status: str = "open"
    door_open: bool = True
    current: Question | None = None
    seats: list[str] = field(default_factory=list)
    pens: Counter[tuple[int, str]] = field(default_factory=Counter)
    seq: int = 0
    most_steps: int = 100

    def __post_init__(self) -> None:
        for question in self.agenda:
            question.history.most = self.most_steps

    # ------------------------------------------------------------------ the room

    def join(self, seat: str) -> None:
        if self.status != "open" or not self.door_open:
            raise Refused("nobody new comes in")
        self.seats.append(seat)

    def set_door(self, is_open: bool) -> None:
        self.check_open()
        self.door_open = is_open

    def restart(self) -> None:
        """Who is in a batch, and how much each wrote, is in memory only."""
        self.pens.clear()
        for question in self.agenda:
            question.batch.clear()

    def a_minute_passes(self) -> None:
        """Late statements of a question without a cluster phase come in when their minute is over."""
        for question in self.agenda:
            question.minute_over = True
        here = self.current
        if self.status != "open" or here is None or "cluster" in here.phases or not here.closed_before:
            return
        if here.phase in ("vote", "result"):
            here.release()

    # ------------------------------------------------------------------ participants

    def submit(self, seat: str, question: int, receipt: str, revision: int, text: str, theme: int | None) -> str:
        """Stored, held or (a resend, or older than what stands) stands; then a full batch is shown."""
        here, known = self._question(question), self.written(receipt)
        if known and known.question != question:
            raise Refused("this receipt belongs to another question")
        comes_in = known is None or (known.place == "retracted" and revision > known.revision)
        if comes_in and theme is not None and not (here.guided and theme in here.board.names):
            raise Refused("this theme was not given")
        if known and revision <= known.revision:
            answer = "stands"
        else:
            answer = self._write(seat, here, known, receipt, revision, text, theme)
        here.release_if_enough(self.mixing)
        return answer

    def _write(
        self,
        seat: str,
        here: Question,
        known: Written | None,
        receipt: str,
        revision: int,
        text: str,
        theme: int | None,
    ) -> str:
        if known is None:
            self._check_takes(here)
        else:
            self._check_may_change(known)
        if not text.strip() or len(text) > LONGEST:
            raise Refused("no statement")
        if known is None or known.place == "retracted":
            if self.pens[here.id, seat] >= here.most:
                raise Refused("enough statements")
            self.pens[here.id, seat] += 1
            returns = known.returns + 1 if known else 0
            late = not here.collecting
            known = Written(here.id, receipt, text, revision, late=late, theme=theme, returns=returns)
            here.statements[receipt] = known
            here.batch[known.key] = seat
        known.text, known.revision = text, revision
        return "held" if known.late and known.place == "waiting" else "stored"

    def retract(self, seat: str, question: int | None, receipt: str, revision: int) -> None:
        known = self.written(receipt)
        if known is None:
            here = self._question(question)
            if here.phase == "waiting" or self.status != "open":
                raise Refused("nobody can have written here")
            here.statements[receipt] = Written(here.id, receipt, "", revision, place="retracted")
            return
        if revision <= known.revision:
            return
        self._check_may_change(known)
        here = self._question(known.question)
        if known.place != "retracted" and self.pens[here.id, seat]:
            self.pens[here.id, seat] -= 1
        here.board.take_off(known.key)
        here.batch.pop(known.key, None)
        known.place, known.text, known.revision, known.theme = "retracted", "", revision, None

    def allocate(self, seat: str, vote: int, revision: int, points: dict[int, int]) -> None:
        found = next((one for question in self.agenda for one in question.votes if one.id == vote), None)
        if found is None or self.status != "open":
            raise Refused("there is no such vote")
        found.give(seat, revision, points)

    # ------------------------------------------------------------------ leading

    def on(self, page: Page) -> Question:
        """The question a form was drawn on, when the group is still in that phase of it."""
        self.check_open()
        if page.question is None or self.current is None or self.current.id != page.question:
            raise Refused("the page is stale")
        if self.current.phase != page.phase:
            raise Refused("the page is stale")
        return self.current

    def check_open(self) -> None:
        if self.status != "open":
            raise Refused("the session is not open")

    def advance(self, page: Page, agreed: tuple[int, int | None] | None, vote_id: int) -> None:
        """The next phase or question. A vote starts on agreed points only; late statements come in before it."""
        if page.question is None:
            self.check_open()
            if self.current is not None:
                raise Refused("the page is stale")
            return self._begin_next(None, agreed, vote_id)
        here = self.on(page)
        following = here.following()
        if following is None:
            return self._begin_next(here, agreed, vote_id)
        if here.phase == "cluster" and here.waiting():
            return here.release()
        if following == "vote":
            self._start_vote(here, agreed, vote_id)
        if here.phase == "collect":
            here.close_collecting(self.mixing)
        if here.phase == "vote":
            here.votes[-1].closed = True
        here.enter(following)

    def _begin_next(self, done: Question | None, agreed: tuple[int, int | None] | None, vote_id: int) -> None:
        behind = next((one for one in self.agenda if one.phase == "waiting" and not one.skipped), None)
        if behind is None:
            raise Refused("nothing is left on the agenda")
        if behind.phases[0] == "vote":
            self._start_vote(behind, agreed, vote_id)
        if done:
            done.release()
        behind.enter(behind.phases[0])
        self.current = behind

    def _start_vote(self, here: Question, agreed: tuple[int, int | None] | None, vote_id: int) -> None:
        if agreed is None:
            raise Refused("a person must agree first")
        budget, limit = agreed
        if not 1 <= budget <= LARGEST_BUDGET or (limit is not None and not 1 <= limit <= LARGEST_BUDGET):
            raise Refused("no such points")
        here.open_round(vote_id, budget, limit)

    def go_back(self, page: Page, confirmed: bool) -> None:
        """One phase back; an open vote is dropped with its ballots, after a question."""
        here = self.on(page)
        back = {"cluster": "collect", "vote": "cluster", "result": "cluster"}.get(here.phase)
        if back not in here.phases or (here.phase == "vote" and not confirmed):
            raise Refused("there is no way back")
        here.drop_open_round()
        if here.phase == "result":
            here.release()
        here.enter(str(back))

    def vote_again(self, page: Page, confirmed: bool, vote_id: int) -> None:
        """A new round from zero on the same terms, after a question where the one before has a tally."""
        here = self.on(page)
        if here.phase != "result" or "vote" not in here.phases or not here.votes:
            raise Refused("there was no vote")
        if here.votes[-1].has_tally and not confirmed:
            raise Refused("it is asked first")
        here.open_round(vote_id, here.votes[-1].budget, here.votes[-1].limit)
        here.enter("vote")

    def skip_rest(self, page: Page, confirmed: bool) -> None:
        """What was written is kept and shown, an open vote is dropped."""
        here = self.on(page)
        if here.phase not in ("collect", "cluster", "vote") or not confirmed:
            raise Refused("there is nothing to skip")
        if here.phase == "collect":
            here.close_collecting(self.mixing)
        else:
            here.release()
        here.drop_open_round()
        here.enter("result")

    def end(self, page: Page, confirmed: bool) -> None:
        self.check_open()
        here = self.current
        if page.question != (here.id if here else None) or (here and here.phase != page.phase):
            raise Refused("the page is stale")
        if (here and here.phase == "vote") or not confirmed:
            raise Refused("people are voting, or nobody confirmed")
        if here:
            here.release()
        if here and here.phase == "collect":
            here.shuffle()
            here.phase = "result"
        self.status = "ended"
        for question in self.agenda:
            question.history.steps.clear()

    def accept_new(self, page: Page, accepted: bool) -> None:
        here = self.on(page)
        if here.phase != "collect":
            raise Refused("nothing is collected")
        here.accepts = accepted

    def add_for_room(self, page: Page, name: str, text: str) -> None:
        """What the moderator writes down for the room is shown at once."""
        here = self.on(page)
        if here.phase not in ("collect", "cluster"):
            raise Refused("not in this phase")
        if not text.strip() or len(text) > LONGEST:
            raise Refused("no statement")
        made = Written(here.id, name, text, 1, place="board", is_somebodys=False)
        here.statements[name] = made
        here.board.lay([made.key], None)

    # ------------------------------------------------------------------ the agenda

    def add_between(self, page: Page, made: Question) -> None:
        """Behind the current question, or before all that wait; not twice by one press."""
        self.check_open()
        if page.question != (self.current.id if self.current else None):
            raise Refused("the page is stale")
        waiting = [place for place, one in enumerate(self.agenda) if one.phase == "waiting"]
        place = self.agenda.index(self.current) + 1 if self.current else min(waiting, default=len(self.agenda))
        self._queue(page, place, made)

    def add_follow_up(self, page: Page, made: Question, carried: Sequence[tuple[int, int, str]]) -> None:
        """A question about themes of earlier ones (from, new id, name), right behind its result."""
        here = self.on(page)
        known = {theme for question in self.agenda for theme in question.board.names}
        if here.phase != "result" or not carried or any(source not in known for source, _, _ in carried):
            raise Refused("there is nothing to carry")
        self._queue(page, self.agenda.index(here) + 1, made)
        for _, theme, name in carried:
            made.board.add_theme(theme, name)

    def _queue(self, page: Page, place: int, made: Question) -> None:
        if any(queued.changed > page.seq for queued in self.agenda[place : place + 1]):
            raise Refused("the page is stale")
        made.history.most = self.most_steps
        self.agenda.insert(place, made)

    def pass_over(self, question: int, skipped: bool, page_seq: int, seq: int) -> None:
        here = self._question(question)
        if self.status == "ended" or here.changed > page_seq or here.phase != "waiting":
            raise Refused("it had its turn, or the page is stale")
        here.skipped, here.changed = skipped, seq

    # ------------------------------------------------------------------

    def _question(self, question: int | None) -> Question:
        found = next((one for one in self.agenda if one.id == question), None)
        if found is None:
            raise Refused("there is no such question")
        return found

    def written(self, receipt: str) -> Written | None:
        return next((one.statements[receipt] for one in self.agenda if receipt in one.statements), None)

    def _check_takes(self, here: Question) -> None:
        """New statements are taken while collecting, late ones as long as they can be placed."""
        if self.status != "open" or here is not self.current or not (here.collecting or here.takes_late()):
            raise Refused("nothing is taken any more, or not yet")

    def _check_may_change(self, known: Written) -> None:
        """While collecting, and a late one until it has come in."""
        here = self._question(known.question)
        is_held = known.late and known.place != "board"
        if self.status != "open" or here is not self.current or not (here.collecting or is_held):
            raise Refused("it stands")
