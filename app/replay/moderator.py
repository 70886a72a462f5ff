"""The moderator: prepares the session, leads it from phase to phase, orders the board, and takes the report home."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

from app.domain.limits import MOST_STATEMENTS
from app.replay.board import Board
from app.replay.browser import Browser
from app.replay.control_room import ENDED, ControlRoom, found
from app.replay.desk import Desk
from app.replay.page import Form, Page
from app.replay.plan import QuestionPlan
from app.replay.printed import Person, PrintedQuestion, PrintedSession
from app.replay.stops import ReplayStopped

REPORTS = ("report.pdf", "report.csv", "report.json")


class Moderator:
    """Knows the session's pages only by what is on them; `theme_ids` are those of the printed themes made so far."""

    def __init__(self, browser: Browser, pace: float) -> None:
        self.browser, self._desk = browser, Desk(browser, pace)
        self.theme_ids: dict[tuple[int, int], str] = {}
        self._given: list[int] = []

    @property
    def room(self) -> ControlRoom:
        return self._desk.room

    async def sign_in(self, email: str, password: str) -> None:
        page = await self.browser.open("sign-in")
        page = await self._desk.send(found(page.form("/sign-in"), "sign in").fill(email=email, password=password))
        if page.form("/sessions") is None:
            page = await self.browser.open("sessions")
        self._sessions = page

    async def prepare(self, session: PrintedSession, plans: Sequence[QuestionPlan]) -> None:
        """A new session with its agenda; follow-up questions are queued on the night, from the result."""
        # The dashboard also has a form that searches at the same address.
        made = (form for form in self._sessions.forms() if form.path.endswith("/sessions") and form.named("title"))
        form = found(next(made, None), "new session")
        form.fill(title=session.title, group_name=session.group, language=session.language)
        if session.held_on:
            form.fill(held_on=session.held_on.isoformat())
        if form.named("template"):
            form.fill(template="empty")
        agenda = await self._desk.send(form)
        self.agenda = agenda.address
        mixing = found(agenda.form("/details"), "details")
        if ("mixing", "1") not in mixing.fields():
            await self._desk.send(mixing.fill(mixing=["1"]))
        while left_over := (await self.browser.open(self.agenda)).form("/remove"):
            # A new session may come with a usual agenda; this one has its own.
            await self._desk.send(left_over)
        for question, plan in zip(session.questions, plans, strict=True):
            if not question.is_follow_up:
                agenda = await self.browser.open(self.agenda)
                form = found(agenda.form("/questions"), "new question").fill(text=question.text)
                # A printed session tells nothing of time, and a clock is no part of what is replayed.
                timed = {name: "" for name, _ in form.fields() if name.startswith("minutes-")}
                await self._desk.send(form.fill(**timed))
                await self._set_question(question, plan)

    async def open_session(self) -> str:
        """Lets people in; the code they type."""
        agenda = await self.browser.open(self.agenda)
        self._desk.show(await self._desk.send(found(agenda.form("/open"), "open")))
        return self.room.code

    async def begin_question(self) -> str:
        """The next question of the agenda; its id."""
        before = self.room.where
        await self._press_next(lambda: self.room.phase == "collect" and self.room.where != before)
        return self.room.where[0]

    async def go_on_to(self, phase: str) -> None:
        await self._press_next(lambda: self.room.phase == phase)

    async def end(self) -> None:
        await self._press_next(lambda: self.room.phase == ENDED)

    async def order_board(self, number: int, question: PrintedQuestion) -> None:
        """Themes made and filled in printed order; given ones are there, in the order in which they were queued."""
        given = zip(self._given, self.room.themes, strict=True) if question.is_follow_up else ()
        themes = await Board(self._desk).order(question, dict(given))
        self.theme_ids.update({(number, at): id for at, id in enumerate(themes)})

    async def queue_follow_up(self, question: PrintedQuestion, plan: QuestionPlan) -> None:
        """The chosen themes of earlier results under their new names, and the new ones, right after this question."""
        form = self.room.form("/follow-up")
        places = list(enumerate(question.themes))
        chosen = {self.theme_ids[theme.carried_from]: at for at, theme in places if theme.carried_from}
        added = {at: theme.name for at, theme in places if not theme.carried_from} if form.named("added") else {}
        form.fill(text=question.text, theme=list(chosen), vote=["1"] if question.points else [])
        form.fill(**{f"name-{id}": question.themes[at].name for id, at in chosen.items()})
        if added:
            form.fill(added="\n".join(added.values()))
        if question.points:
            form.fill(budget=str(plan.budget))
        # As the page lists them, the added ones behind: so they will stand on the board and on the phones.
        self._given = [*(chosen[value] for name, value in form.fields() if name == "theme"), *added]
        queued = self.room.question_count + 1
        await self._desk.until(lambda: self.room.question_count == queued, lambda: form)
        await self._set_question(question, plan)

    async def list_attendees(self, people: Sequence[Person]) -> None:
        page = await self.browser.open(found_link(self.room.page, "/attendees"))
        for person in people:
            if person.name:
                await self._desk.send(
                    found(page.form("/attendees"), "attendees").fill(name=person.name, role=person.role)
                )

    async def take_home(self, directory: Path) -> None:
        self._desk.show(await self.browser.open(self.room.page.address))
        for name in REPORTS:
            content = await self.browser.download(found_link(self.room.page, f"/{name}"))
            await asyncio.to_thread((directory / name).write_bytes, content)

    async def _press_next(self, arrived: Callable[[], bool]) -> None:
        await self._desk.until(arrived, lambda: self.room.next_step())

    async def _set_question(self, question: PrintedQuestion, plan: QuestionPlan) -> None:
        """What the agenda lets one set about the question that was made last; a box ticked there shows more fields."""
        phases = ["collect", "cluster", *(["vote"] if question.points else [])]
        await self._desk.send(self._settings(await self.browser.open(self.agenda)).fill(phases=phases))
        form = self._settings(await self.browser.open(self.agenda)).fill(max_length=str(plan.longest_statement))
        if plan.most_statements > MOST_STATEMENTS:
            form.fill(most_statements=str(plan.most_statements))
        await self._desk.send(form.fill(budget=str(plan.budget)) if question.points else form)

    def _settings(self, agenda: Page) -> Form:
        """Of all questions on the agenda the newest: the one with the highest number in its address."""
        numbered = {form.path.rpartition("/")[2]: form for form in agenda.forms() if form.named("max_length")}
        newest = max((int(number) for number in numbered if number.isdigit()), default=0)
        return found(numbered.get(str(newest)), "settings of a question")


def found_link(page: Page, ending: str) -> str:
    link = page.link(ending)
    if link is None:
        raise ReplayStopped(f"The page of the server has no link to “{ending}”.")
    return link
