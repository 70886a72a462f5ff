"""One small known world: the district team of 2005, its moderator and participants; built through real commands."""

from __future__ import annotations

import atexit
import contextlib
import functools
import itertools
import json
import secrets
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from sqlmodel import col, select

from app.commands import accounts, agenda, ballots, participants, phases, sessions, statements, themes
from app.commands.pages import Page
from app.commands.passwords import hash_now
from app.domain import anonymity
from app.domain.agenda import QuestionSettings
from app.domain.phases import Phase
from app.main import create_app
from app.settings import Settings
from app.store import questions as stored_questions
from app.store import themes as stored_themes
from app.store.migrate import migrate
from app.store.tables import CoModerator, ModerationSession, Moderator, Question, Statement
from app.web import downloads
from app.web.parts import Parts

REAL_SESSIONS = json.loads((Path(__file__).parents[1] / "app/demo/sessions-2005.json").read_text())["sessions"]
DISTRICT_TEAM, RESIDENTS = REAL_SESSIONS
POSITIVE = "Wat ervaart u als positief aan de wijkaanpak nieuwe stijl?"
EMAIL, PASSWORD = "moderator@example.org", "een lang wachtwoord"
ORIGIN = "http://test"
PASSWORD_HASH = hash_now(PASSWORD)


@dataclass
class Seat:
    """A participant's device: the seat's token, and the receipts of what it wrote."""

    token: str = field(default_factory=lambda: anonymity.seat_token(secrets.token_bytes(10)))
    receipts: list[str] = field(default_factory=list)

    @property
    def hash(self) -> str:
        return anonymity.hash_token(self.token)


@dataclass
class World:
    """A running application with one session; every act goes through the writer."""

    app: FastAPI
    moderator: int
    session: int
    seats: list[Seat] = field(default_factory=list)

    @property
    def parts(self) -> Parts:
        found: Parts = self.app.state.parts
        return found

    async def run(self, command: Any, **arguments: Any) -> Any:
        return await self.parts.writer.run(command, self.session, **arguments)

    async def row(self) -> ModerationSession:
        async with self.parts.database.reader() as db:
            found = await db.get(ModerationSession, self.session)
            assert found is not None
            return found

    async def question(self, number: int | None = None) -> Any:
        """The current question, or the one at a place in the agenda (from 1)."""
        async with self.parts.database.reader() as db:
            agenda_now = await stored_questions.of_session(db, self.session)
        if number is not None:
            return agenda_now[number - 1]
        current = (await self.row()).current_question_id
        return next((question for question in agenda_now if question.id == current), None)

    async def page(self) -> Page:
        """The page a moderator has before them now."""
        question = await self.question()
        seq = (await self.row()).seq
        return Page(Phase(question.phase) if question else Phase.WAITING, question.id if question else None, seq)

    async def advance(self, confirmed: str = "start_vote") -> Any:
        return await self.run(phases.advance, page=await self.page(), confirmed=confirmed)

    async def advance_to(self, phase: Phase) -> None:
        while (question := await self.question()) is None or question.phase != phase:
            await self.advance()

    async def join(self, count: int = 1) -> list[Seat]:
        new = [Seat() for _ in range(count)]
        for seat in new:
            await self.run(participants.join, participant=seat.hash)
        self.seats += new
        return new

    async def write(self, seat: Seat, text: str, receipt: str | None = None, revision: int = 1) -> Any:
        """A participant writes a statement on the current question."""
        return await self._write_on((await self.question()).id, seat, text, receipt, revision)

    async def _write_on(
        self, question_id: int, seat: Seat, text: str, receipt: str | None = None, revision: int = 1
    ) -> Any:
        receipt = receipt or secrets.token_hex(16)
        seat.receipts.append(receipt)
        return await self.run(
            statements.submit,
            participant=seat.hash,
            question_id=question_id,
            receipt=receipt,
            revision=revision,
            text=text,
        )

    async def write_all(self, texts: Sequence[str]) -> None:
        """The texts, spread over the participants."""
        question = await self.question()
        for index, text in enumerate(texts):
            await self._write_on(question.id, self.seats[index % len(self.seats)], text)

    async def vote(self, seat: Seat, points: dict[int, int], revision: int = 1, secret: str | None = None) -> Any:
        question = await self.question()
        async with self.parts.database.reader() as db:
            vote = await stored_questions.last_round(db, question.id)
        assert vote is not None and vote.id is not None
        return await self.run(
            ballots.allocate,
            voter_key=anonymity.voter_key(seat.token, vote.id),
            round_id=vote.id,
            revision=revision,
            points={str(theme): given for theme, given in points.items()},
            secret=secret,
        )

    async def make_theme(self, name: str, texts: Sequence[str] = ()) -> int:
        """A theme with the statements that have these texts; its id."""
        chosen = await self.statement_ids(texts)
        made: int = await self.run(
            themes.create, page=await self.page(), moderator_id=self.moderator, name=name, chosen=chosen
        )
        return made

    async def share_with(self, name: str) -> int:
        """Another account, with which this session is shared; its id."""
        email = f"{name.lower()}@example.org"
        made: int = await self.parts.writer.run(accounts.create, email=email, name=name, password_hash=PASSWORD_HASH)
        async with self.parts.database.writer() as db, db.begin():
            db.add(CoModerator(session_id=self.session, moderator_id=made))
        return made

    async def statement_id(self, text: str) -> str:
        return (await self.statement_ids([text]))[0]

    async def statement_ids(self, texts: Sequence[str]) -> list[str]:
        """The ids of the statements that have these texts, in this order."""
        async with self.parts.database.reader() as db:
            own = select(Question.id).where(Question.session_id == self.session)
            wanted = select(Statement).where(col(Statement.text).in_(set(texts)), col(Statement.question_id).in_(own))
            found = {one.text: one.id for one in await db.exec(wanted)}
        return [found[text] for text in texts]

    async def theme_ids(self) -> dict[str, int]:
        async with self.parts.database.reader() as db:
            return {theme.name: int(theme.id or 0) for theme in await stored_themes.of_session(db, self.session)}

    @contextlib.asynccontextmanager
    async def phone(self, seat: Seat | None = None, **headers: str) -> AsyncIterator[httpx.AsyncClient]:
        """A participant's browser, with the seat's cookie when a seat is given."""
        cookies = {"seat": seat.token} if seat else {}
        transport = httpx.ASGITransport(app=self.app)
        own = {"Origin": ORIGIN, "Accept-Language": "nl", **headers}
        async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers=own, cookies=cookies) as client:
            yield client

    @contextlib.asynccontextmanager
    async def laptop(self, moderator: int | None = None, **headers: str) -> AsyncIterator[httpx.AsyncClient]:
        """The browser of the moderator (or of another one), signed in."""
        token, who = secrets.token_urlsafe(18), moderator or self.moderator
        await self.parts.writer.run(accounts.sign_in, moderator_id=who, token_hash=anonymity.hash_token(token))
        transport = httpx.ASGITransport(app=self.app)
        own = {"Origin": ORIGIN, "Accept-Language": "nl", **headers}
        async with httpx.AsyncClient(
            transport=transport, base_url=ORIGIN, headers=own, cookies={"sign_in": token}
        ) as client:
            yield client


# However busy the machine is: a test that means the page which shows how far a report is says so.
downloads.PATIENCE_SECONDS = 60.0


def lay_out(path: Path) -> None:
    """An empty database, as the first start makes it. Migrating takes longer than most tests, so it is done once."""
    file = path / "moderato.db"
    if not file.exists():
        path.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(_migrated(), file)


@functools.cache
def _migrated() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="moderato-"))
    atexit.register(shutil.rmtree, folder)
    migrate(folder / "moderato.db")
    return folder / "moderato.db"


@contextlib.asynccontextmanager
async def running(path: Path) -> AsyncIterator[FastAPI]:
    """The application with its lifespan, on a database in `path`, which is made when there is none."""
    lay_out(path)
    app = create_app(Settings(data=path, port=8000, public_url=""))
    async with app.router.lifespan_context(app):
        yield app


@contextlib.asynccontextmanager
async def a_world(
    path: Path,
    questions: Sequence[QuestionSettings] = (QuestionSettings(POSITIVE), QuestionSettings("Wat zijn de knelpunten?")),
    seats: int = 4,
    opened: bool = True,
    mixing: bool = True,
) -> AsyncIterator[World]:
    """The district team's session, open, with participants seated, before its first question."""
    async with running(path) as app:
        yield await make_world(app, questions, seats, opened, mixing)


async def make_world(
    app: FastAPI,
    questions: Sequence[QuestionSettings] = (QuestionSettings(POSITIVE), QuestionSettings("Wat zijn de knelpunten?")),
    seats: int = 4,
    opened: bool = True,
    mixing: bool = True,
    title: str = DISTRICT_TEAM["title"],
) -> World:
    """A session of the district team in a running application."""
    app.state.parts.writer.batches.clock = unhurried()
    moderator = await first_moderator(app)
    fields = sessions.SessionFields(title, "wijkteam Buytenwegh de Leyens", date(2005, 8, 18), "nl", mixing)
    session = await app.state.parts.writer.run(sessions.create, moderator_id=moderator, fields=fields)
    world = World(app, moderator, session)
    for settings in questions:
        await world.run(agenda.add_question, settings=settings)
    if opened:
        await world.run(sessions.open_session)
        await world.join(seats)
    return world


def unhurried() -> Callable[[], float]:
    """A clock by which people in tests, who write in milliseconds, take a minute for each thing they do."""
    minutes = itertools.count(1)
    return lambda: 60.0 * next(minutes)


async def first_moderator(app: FastAPI) -> int:
    """The account that runs the session; made once."""
    parts: Parts = app.state.parts
    async with parts.database.reader() as db:
        known = (await db.exec(select(Moderator))).first()
    if known is not None:
        return int(known.id or 0)
    made: int = await parts.writer.run(accounts.create, email=EMAIL, name="De moderator", password_hash=PASSWORD_HASH)
    return made


def texts_of(question: dict[str, Any]) -> list[str]:
    """All statements of a question of the real sessions."""
    return [text for theme in question["themes"] for text in theme["statements"]]
