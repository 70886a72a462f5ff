"""The moderator of a run: leads the group through a whole session and orders the board meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Callable

from app.replay.browser import AnswerLost, Browser
from app.replay.moderator import Moderator
from app.replay.page import Form
from app.replay.plan import QuestionPlan
from app.replay.printed import PrintedQuestion, PrintedSession, PrintedTheme
from app.replay.stops import ReplayStopped

QUESTIONS = ("Wat gaat er goed in de buurt?", "Wat kan er beter?")
FOLLOW_UP = "Wat moet er concreet gebeuren?"
THEMES = ("Groen", "Veiligheid", "Verkeer", "Ontmoeten", "Jeugd", "Overleg")
PRESSES = 10
SHORTEST_VOTE = 1.0
HIDE = "1"
PLAN = QuestionPlan(budget=7, longest_statement=140, statements=(), ballots=())


class Leader(Moderator):
    """`room_texts` are the statements written down for the room."""

    def __init__(self, browser: Browser, seed: int, seconds: float) -> None:
        super().__init__(browser, pace=0.0)
        self._chance = random.Random(f"{seed} moderator")
        self._seconds = seconds
        self.room_texts: list[str] = []

    async def make_ready(self, email: str, password: str) -> str:
        """A session of two questions, opened; its code."""
        await self.sign_in(email, password)
        asked = [PrintedQuestion(text, (PrintedTheme("Groen", points=1),)) for text in QUESTIONS]
        session = PrintedSession("Duurproef", "wijkteam", None, "nl", (), tuple(asked))
        await self.prepare(session, [PLAN] * len(asked))
        return await self.open_session()

    async def lead(self) -> None:
        """From the first question to the end; each phase gets its share of the time."""
        await self._wait(0.02)
        await self._ask(collect=0.15, cluster=0.08, vote=0.08, goes_back=True)
        await self._desk.until(lambda: self.room.phase == "vote", lambda: self.room.form("/vote-again"))
        await self._vote(0.07)
        await self._queue_follow_up()
        await self._ask(collect=0.10, cluster=0.07, vote=0.06)
        await self._ask(collect=0.09, cluster=0.05, vote=0.05)
        await self.end()

    async def archive(self) -> bytes:
        self._desk.show(await self.browser.open(self.room.page.address))
        link = self.room.page.link("/report.json")
        assert link is not None
        return await self.browser.download(link)

    async def _wait(self, share: float) -> None:
        await asyncio.sleep(share * self._seconds)

    async def _ask(self, collect: float, cluster: float, vote: float, goes_back: bool = False) -> None:
        await self.begin_question()
        await self._wait(collect / 2)
        await self._pause_collecting(collect / 10)
        await self._write_for_room()
        await self._wait(collect / 2)
        await self.go_on_to("cluster")
        if goes_back:
            await self._wait(cluster / 4)
            await self._desk.until(lambda: self.room.phase == "collect", lambda: self.room.form("/back"))
            await self._wait(collect / 5)
            await self.go_on_to("cluster")
        await self._order(cluster)
        await self.go_on_to("vote")
        await self._vote(vote)

    async def _press_next(self, arrived: Callable[[], bool]) -> None:
        """Once more for each few late statements that come in first."""
        for _ in range(PRESSES):
            with contextlib.suppress(ReplayStopped):
                await super()._press_next(arrived)
            if arrived():
                return
        raise ReplayStopped("The session does not go on.")

    async def _vote(self, share: float) -> None:
        await asyncio.sleep(max(SHORTEST_VOTE, share * self._seconds))
        await self.go_on_to("result")
        await self._wait(0.02)

    async def _pause_collecting(self, share: float) -> None:
        """New statements off for a moment, and on again."""
        for accepted in ([], ["1"]):
            await self._desk.until(
                lambda wanted=accepted: self._takes_new() == bool(wanted), lambda: self.room.form("/new-statements")
            )
            await self._wait(share if not accepted else 0)

    def _takes_new(self) -> bool:
        """The switch sends the state it would bring about."""
        return not self.room.form("/new-statements").named("accepted")

    async def _write_for_room(self) -> None:
        """What somebody says aloud. Once only: the form has no receipt, so a lost answer is looked up first."""
        text = f"hardop gezegd ({len(self.room_texts) + 1})"
        await self._desk.until(
            lambda: text in self.room.page.html, lambda: self.room.form("/statements").fill(text=text)
        )
        self.room_texts.append(text)

    async def _order(self, share: float) -> None:
        """Themes, and statements moved, hidden and moved back, for as long as clustering lasts."""
        until = asyncio.get_running_loop().time() + share * self._seconds
        for name in THEMES[len(self.room.themes) :]:
            await self._act(self.room.form("/themes").fill(name=name))
        while asyncio.get_running_loop().time() < until:
            await self._move()
            await asyncio.sleep(min(2.0, share * self._seconds / 10))

    async def _move(self) -> None:
        """One act on the board. A stale form is refused, a lost answer is not asked for again: neither matters."""
        cards, themes = [card.id for card in self.room.cards], list(self.room.themes)
        if not cards or not themes:
            return
        if self._chance.random() < 0.1:
            await self._act(self.room.form("/undo"))
            return
        chosen = self._chance.sample(cards, min(len(cards), self._chance.randint(1, 6)))
        # A button is pressed by its value, and that of hiding must not be a theme's.
        hides = HIDE not in themes and self._chance.random() < 0.05
        put = self.room.form("/statements/put").fill(statement=chosen[:1] if hides else chosen)
        await self._act(put, HIDE if hides else self._chance.choice(themes))

    async def _act(self, form: Form, pressed: str | None = None) -> None:
        with contextlib.suppress(AnswerLost):
            await self._desk.send(form, pressed, stops=False)
        # An answer tells only what changed on the board.
        await self._desk.look_again()

    async def _queue_follow_up(self) -> None:
        chosen = list(self.room.form("/follow-up").named("theme"))[:3]
        form = self.room.form("/follow-up").fill(
            text=FOLLOW_UP, theme=[box["value"] for box in chosen], vote=["1"], budget="5"
        )
        queued = self.room.question_count + 1
        await self._desk.until(lambda: self.room.question_count == queued, lambda: form)
        if not chosen:
            raise ReplayStopped("There is no theme to ask a follow-up question about.")
