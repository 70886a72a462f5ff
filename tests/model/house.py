"""The real application, in this process on a real file, led and written to through its own doors; can be restarted."""

from __future__ import annotations

import asyncio
import contextlib
import random
import secrets
import time
from collections.abc import Awaitable, Coroutine
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar
from unittest import mock

import httpx
from fastapi import FastAPI

from app import main
from app.commands import accounts, phases, releases, sessions, sharing, statements
from app.domain import anonymity
from app.domain.agenda import QuestionSettings
from app.domain.phases import LATE_SECONDS_WITHOUT_CLUSTER
from app.store import history, questions
from tests.promises.watch import steady
from tests.world import ORIGIN, PASSWORD_HASH, first_moderator, running, unhurried

LATE_MINUTE = 61.0
Answered = TypeVar("Answered")


@dataclass(frozen=True)
class Answer:
    """What a door said: done or not, and why not (`confirm` where a person must read something first)."""

    status: int
    why: str
    said: Any = None

    @property
    def done(self) -> bool:
        return self.status < 400


class House:
    """One session in a running application, with two moderators and the participants' phones."""

    def __init__(self, folder: Path, agenda: list[QuestionSettings], mixing: bool, most_steps: int) -> None:
        self.folder, self.now = folder, time.time()
        self._runner = asyncio.Runner()
        self._patched = contextlib.ExitStack()
        self._transport = httpx.ASGITransport(app=FastAPI())
        # It stands still unless the test moves it, however busy the machine is.
        clock = SimpleNamespace(time=lambda: self.now)
        for module in (statements, phases):
            self._patched.enter_context(mock.patch.object(module, "time", clock))
        # Any order is as good as another, and one that can be had again shows a fault again.
        self._patched.enter_context(mock.patch.object(releases, "CHANCE", random.Random(2005)))
        # So few that the oldest are forgotten soon, or as many as there are.
        self._patched.enter_context(mock.patch.object(history, "STEPS_TO_UNDO", most_steps))
        # The rounds come when the test says so.
        self._patched.enter_context(mock.patch.object(main, "ROUNDS_SECONDS", 3600.0))
        self._living = contextlib.AsyncExitStack()
        self.wait_for(self._start())
        self.wait_for(self._prepare(agenda, mixing))

    def wait_for(self, act: Coroutine[Any, Any, Answered]) -> Answered:
        return self._runner.run(act)

    async def _start(self) -> None:
        self.app = await self._living.enter_async_context(running(self.folder))
        self.app.state.parts.writer.batches.clock = unhurried()
        self._transport.app = self.app

    async def _prepare(self, agenda: list[QuestionSettings], mixing: bool) -> None:
        owner = await first_moderator(self.app)
        fields = sessions.SessionFields("Buytenwegh", "wijkteam", date(2005, 8, 18), "nl", mixing)
        self.session = await self.run(sessions.create, moderator_id=owner, fields=fields, questions_asked=agenda)
        email = f"{secrets.token_hex(4)}@example.org"
        other = await self.run(accounts.create, email=email, name="Jan", password_hash=PASSWORD_HASH)
        await self.run(sharing.share, self.session, moderator_id=owner, email=email)
        await self.run(sessions.open_session, self.session)
        self.laptops = {"owner": await self._laptop(owner), "co-moderator": await self._laptop(other)}
        async with self.app.state.parts.database.reader() as db:
            row = await sessions.sessions.by_id(db, self.session)
        self.code, self.join_key, self.big_screen_key = row.code, row.join_key, row.big_screen_key
        self.phones: dict[str, httpx.AsyncClient] = {}

    async def run(self, command: Any, session: int | None = None, **arguments: Any) -> Any:
        return await self.app.state.parts.writer.run(command, session, **arguments)

    async def _laptop(self, moderator: int) -> httpx.AsyncClient:
        token = secrets.token_urlsafe(18)
        await self.run(accounts.sign_in, moderator_id=moderator, token_hash=anonymity.hash_token(token))
        return self.browser({"sign_in": token})

    def browser(self, cookies: dict[str, str] | None = None) -> httpx.AsyncClient:
        headers = {"Origin": ORIGIN, "Accept-Language": "nl", "Accept": "application/json"}
        return httpx.AsyncClient(transport=self._transport, base_url=ORIGIN, headers=headers, cookies=cookies)

    def restart(self) -> None:
        """Stopped and started again on the same file; browsers keep their cookies."""
        self.wait_for(self._living.aclose())
        self.wait_for(self._start())

    def a_minute_passes(self) -> None:
        """What the rounds do when the minute for late statements is over."""
        self.now += LATE_MINUTE
        self.wait_for(self._make_rounds())

    async def _make_rounds(self) -> None:
        before = int(self.now) - LATE_SECONDS_WITHOUT_CLUSTER
        async with self.app.state.parts.database.reader() as db:
            late = await questions.past_late_time(db, before)
        for question in late:
            await self.run(phases.release_past_late_time, question.session_id, question_id=question.id)

    # ------------------------------------------------------------------ the doors

    async def join(self, seat: str) -> Answer:
        phone = self.browser()
        answer = await _told(phone.post(f"/s/{self.code}/join/{self.join_key}"))
        if answer.done:
            self.phones[seat] = phone
        return answer

    def token(self, seat: str) -> str:
        return str(self.phones[seat].cookies["seat"])

    async def phone(self, seat: str, door: str, **body: Any) -> Answer:
        """A participant's JSON, as the scripts send it."""
        return await _told(self.phones[seat].post(f"/s/{self.code}/{door}", json=body))

    async def lead(self, who: str, door: str, **fields: Any) -> Answer:
        """A moderator's form, as it goes without scripts."""
        return await _told(self.laptops[who].post(f"/sessions/{self.session}/{door}", data=fields))

    async def look(self, who: str, path: str) -> str:
        answer = await (self.phones.get(who) or self.laptops[who]).get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.text

    async def all_pages(self, seat: str) -> dict[str, str]:
        """What a participant, the moderators and the big screen see now, and what can be taken home."""
        own = f"/sessions/{self.session}"
        paths = [(seat, f"/s/{self.code}"), (seat, f"/s/{self.code}/screen"), ("owner", f"{own}/control-room")]
        paths += [("owner", f"{own}/report.{kind}") for kind in ("json", "csv")]
        paths += [("owner", f"/big-screen/{self.big_screen_key}")]
        return steady({f"{who} {path}": await self.look(who, path) for who, path in paths})

    async def archive(self, session: int | None = None) -> Any:
        path = f"/sessions/{session or self.session}/report.json"
        return (await self.laptops["owner"].get(path)).json()

    async def bring_in(self, content: bytes) -> int:
        """The id of the session that an archive became."""
        answer = await self.laptops["owner"].post("/sessions/import", files={"file": ("a.json", content)})
        assert answer.status_code == 303, answer.text
        return int(answer.headers["location"].split("/")[2])

    def close(self) -> None:
        self.wait_for(self._living.aclose())
        self._patched.close()
        self._runner.close()


async def _told(asking: Awaitable[httpx.Response]) -> Answer:
    answer = await asking
    assert answer.status_code < 500, answer.text
    is_json = answer.headers.get("content-type", "").startswith("application/json")
    said = answer.json() if is_json else answer.text if answer.status_code == 409 else None
    why = said.get("refusal", "") if isinstance(said, dict) else "confirm" if answer.status_code == 409 else ""
    return Answer(answer.status_code, why, said)
