"""The moderator: prepares the session, leads it from phase to phase, orders the board, and takes the report home."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from app.domain.statements import normalise
from app.replay.browser import AnswerLost, Browser
from app.replay.control_room import ENDED, Card, ControlRoom, found, said
from app.replay.page import Form, Page
from app.replay.plan import QuestionPlan
from app.replay.printed import Person, PrintedQuestion, PrintedSession, PrintedTheme
from app.replay.stops import ReplayStopped

REPORTS = ("report.pdf", "report.csv", "report.json")
TRIES = 5


class Moderator:
    """Knows the session's pages only by what is on them; `theme_ids` are those of the printed themes made so far."""

    def __init__(self, browser: Browser, pace: float) -> None:
        self.browser, self._pace = browser, pace
        self.room = ControlRoom(Page(0, "", ""))
        self.theme_ids: dict[tuple[int, int], str] = {}
        self._carried: list[tuple[int, int]] = []

    async def sign_in(self, email: str, password: str) -> None:
        page = await self.browser.open("sign-in")
        page = await self._send(found(page.form("/sign-in"), "sign in").fill(email=email, password=password))
        if page.form("/sessions") is None:
            page = await self.browser.open("sessions")
        self._sessions = page

    async def prepare(self, session: PrintedSession, plans: Sequence[QuestionPlan]) -> None:
        """A new session with its agenda; follow-up questions are queued on the night, from the result."""
        form = found(self._sessions.form("/sessions"), "new session")
        form.fill(title=session.title, group_name=session.group, language=session.language)
        if session.held_on:
            form.fill(held_on=session.held_on.isoformat())
        agenda = await self._send(form)
        self.agenda = agenda.address
        mixing = found(agenda.form("/details"), "details")
        if ("mixing", "1") not in mixing.fields():
            await self._send(mixing.fill(mixing=["1"]))
        for question, plan in zip(session.questions, plans, strict=True):
            if not question.is_follow_up:
                agenda = await self.browser.open(self.agenda)
                await self._send(found(agenda.form("/questions"), "new question").fill(text=question.text))
                await self._set_question(question, plan)

    async def open_session(self) -> str:
        """Lets people in; the code they type."""
        agenda = await self.browser.open(self.agenda)
        self._show(await self._send(found(agenda.form("/open"), "open")))
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
        """Themes made and filled in printed order, a statement at a time."""
        themes = await self._find_carried(number, question)
        for at, theme in enumerate(question.themes):
            if at not in themes:
                themes[at] = await self._make_theme(theme.name)
        await self._put_themes_in_order([themes[at] for at in range(len(themes))])
        self.theme_ids.update({(number, at): id for at, id in themes.items()})
        taken: set[str] = set()
        for at, theme in enumerate(question.themes):
            await self._fill_theme(themes[at], theme, taken)

    async def queue_follow_up(self, question: PrintedQuestion, plan: QuestionPlan) -> None:
        """The chosen themes of earlier results, under their new names, right after the present question."""
        names = {theme.carried_from: theme.name for theme in question.themes if theme.carried_from}
        form = self.room.form("/follow-up")
        chosen = {self.theme_ids[source]: source for source in names}
        form.fill(text=question.text, theme=list(chosen), vote=_box(question.points))
        form.fill(**{f"name-{id}": names[source] for id, source in chosen.items()})
        if question.points:
            form.fill(budget=str(plan.budget))
        self._carried = [chosen[value] for name, value in form.fields() if name == "theme"]
        queued = self.room.question_count + 1
        await self._until(lambda: self.room.question_count == queued, lambda: form)
        await self._set_question(question, plan)

    async def list_attendees(self, people: Sequence[Person]) -> None:
        page = await self.browser.open(found_link(self.room.page, "/attendees"))
        for person in people:
            if person.name:
                await self._send(found(page.form("/attendees"), "attendees").fill(name=person.name, role=person.role))

    async def take_home(self, directory: Path) -> None:
        self._show(await self.browser.open(self.room.page.address))
        for name in REPORTS:
            content = await self.browser.download(found_link(self.room.page, f"/{name}"))
            await asyncio.to_thread((directory / name).write_bytes, content)

    async def _press_next(self, arrived: Callable[[], bool]) -> None:
        await self._until(arrived, lambda: self.room.next_step())

    async def _until(self, done: Callable[[], bool], form: Callable[[], Form], pressed: str | None = None) -> None:
        """Presses until the control room shows that it happened: an answer may be lost, a page may be stale."""
        for _ in range(TRIES):
            if done():
                return
            try:
                page = await self._send(form(), pressed, stops=False)
                question = next((form for form in page.forms() if form.named("confirmed")), None)
                self._show(await self._send(question) if question else page)
            except AnswerLost:
                self._show(await self.browser.open(self.room.page.address))
        if not done():
            raise ReplayStopped(f"The server does not go on: {said(self.room.page)}")

    async def _send(self, form: Form, pressed: str | None = None, stops: bool = True) -> Page:
        await asyncio.sleep(self._pace)
        try:
            page = await self.browser.submit(form, pressed)
        except AnswerLost as error:
            if stops:
                raise ReplayStopped(f"The connection broke during {urlsplit(form.action).path}.") from error
            raise
        if stops and page.status >= 400:
            raise ReplayStopped(f"The server refuses {urlsplit(form.action).path}: {said(page)}")
        return page

    def _show(self, page: Page) -> None:
        self.room = ControlRoom(page)

    async def _make_theme(self, name: str) -> str:
        before = set(self.room.themes)
        await self._until(
            lambda: len(self.room.themes) > len(before), lambda: self.room.form("/themes").fill(name=name)
        )
        return next(id for id in self.room.themes if id not in before)

    async def _find_carried(self, number: int, question: PrintedQuestion) -> dict[int, str]:
        """Carried themes stand on the board from the start, in the order in which they were chosen."""
        if not question.is_follow_up:
            return {}
        places = {theme.carried_from: at for at, theme in enumerate(question.themes) if theme.carried_from}
        return {places[source]: id for source, id in zip(self._carried, self.room.themes, strict=True)}

    async def _put_themes_in_order(self, wanted: list[str]) -> None:
        for place, theme in enumerate(wanted):
            while (at := list(self.room.themes).index(theme)) > place:
                await self._until(
                    lambda theme=theme, at=at: list(self.room.themes).index(theme) < at,  # type: ignore[misc]
                    lambda theme=theme: self.room.form(f"/themes/{theme}/order"),  # type: ignore[misc]
                    "forward",
                )

    async def _fill_theme(self, theme: str, printed: PrintedTheme, taken: set[str]) -> None:
        for text in printed.statements:
            card = self._card(normalise(text), taken)
            taken.add(card.id)
            await self._until(
                lambda card=card: bool(self.room.themes[theme]) and self.room.themes[theme][-1] == card,  # type: ignore[misc]
                lambda card=card: self.room.form("/statements/put").fill(statement=[card.id]),  # type: ignore[misc]
                theme,
            )

    def _card(self, text: str, taken: set[str]) -> Card:
        card = next((card for card in self.room.cards if card.text == text and card.id not in taken), None)
        if card is None:
            raise ReplayStopped(f"A statement that was sent is not on the board: {text[:80]}")
        return card

    async def _set_question(self, question: PrintedQuestion, plan: QuestionPlan) -> None:
        """What the agenda lets one set about the question that was made last; a box ticked there shows more fields."""
        await self._send(self._settings(await self.browser.open(self.agenda)).fill(voting=_box(question.points)))
        form = self._settings(await self.browser.open(self.agenda)).fill(max_length=str(plan.longest_statement))
        await self._send(form.fill(budget=str(plan.budget)) if question.points else form)

    def _settings(self, agenda: Page) -> Form:
        """Of all questions on the agenda the newest: the one with the highest number in its address."""
        numbered = {form.path.rpartition("/")[2]: form for form in agenda.forms() if form.named("max_length")}
        newest = max((int(number) for number in numbered if number.isdigit()), default=0)
        return found(numbered.get(str(newest)), "settings of a question")


def _box(is_ticked: object) -> list[str]:
    return ["1"] if is_ticked else []


def found_link(page: Page, ending: str) -> str:
    link = page.link(ending)
    if link is None:
        raise ReplayStopped(f"The page of the server has no link to “{ending}”.")
    return link
