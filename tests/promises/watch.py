"""Everything that leaves the server, as a stranger, a participant, the big screen and the moderator see it."""

from __future__ import annotations

import asyncio
import io
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from pypdf import PdfReader

from app.exports import FORMATS
from app.languages import LANGUAGES
from app.live.connection import BEAT, Connection
from app.main import ROUTERS
from app.screens.refresh import SCREENS
from app.store import questions
from tests.exports.readers import READERS
from tests.world import Seat, World

NOT_OURS_TO_READ = ("/static/",)
PACKED = [FORMATS[name] for name in ("docx", "xlsx", "csv-zip")]
# Each look at everything signs one more laptop in.
CHANGES_BY_ITSELF = re.compile(
    r'data-(seq|seconds-left|late|connected)="\d+"|ingelogd in \d+ browsers?[^<]*'
    r'|name="(receipt|form_number)" value="[0-9a-f]+"|<!-- [0-9a-f]* -->'
)


@dataclass
class Socket:
    """The far end of a socket: keeps what it was sent, but for the beats that only break a silence."""

    sent: list[str] = field(default_factory=list)

    async def send_text(self, text: str) -> None:
        if text != BEAT:
            self.sent.append(text)

    async def close(self, code: int) -> None:
        """Nothing to tidy up."""


@dataclass
class Sockets:
    """One open socket for each screen and language."""

    by_screen: dict[tuple[str, str], Socket]

    def pushes(self, screen: str = "") -> str:
        """All that was pushed, to one screen or to all."""
        return "\n".join(
            text for (name, _), socket in self.by_screen.items() if name.startswith(screen) for text in socket.sent
        )

    def forget(self) -> None:
        for socket in self.by_screen.values():
            socket.sent.clear()


@asynccontextmanager
async def open_sockets(world: World, seat: Seat) -> AsyncIterator[Sockets]:
    """Sockets of all screens, the phones' being this seat's."""
    room = world.parts.rooms.of(world.session)
    made: dict[tuple[str, str], Socket] = {}
    connections: list[Connection] = []
    for screen in SCREENS:
        for language in LANGUAGES:
            socket: Any = Socket()
            made[screen, language] = socket
            participant = seat.hash if screen == "phone" else None
            connections.append(Connection(socket, screen, language, participant))
    for connection in connections:
        await room.enter(connection, None)
    await settle(world)
    yield Sockets(made)
    for connection in connections:
        room.leave(connection)


async def settle(world: World) -> None:
    """Wait until everything taken is written, wiped and pushed."""
    await world.parts.writer._queue.join()
    room = world.parts.rooms.of(world.session)
    await asyncio.sleep(0.08)
    while room._tick is not None and not room._tick.done():
        await asyncio.sleep(0.01)
    await asyncio.sleep(0)


async def everything(world: World, seat: Seat) -> dict[str, str]:
    """Every page, poll and export, by who asks and where."""
    seen: dict[str, str] = {}
    paths = await _paths(world)
    async with world.phone() as stranger, world.phone(seat) as participant, world.laptop() as moderator:
        for who, client in (("stranger", stranger), ("participant", participant), ("moderator", moderator)):
            for path in paths:
                answer = await client.get(path)
                assert answer.status_code < 500, (who, path, answer.text)
                seen[f"{who} {path}"] = f"{answer.status_code} {dict(answer.headers)} {_text(answer)}"
    return seen


async def _paths(world: World) -> Sequence[str]:
    """The addresses of all pages; a new kind of address has to be taught here."""
    session = await world.row()
    question = await world.question()
    async with world.parts.database.reader() as db:
        vote = await questions.last_round(db, question.id) if question else None
    known = {
        "code": session.code or "000000",
        "session_id": session.id,
        "key": session.big_screen_key,
        "join_key": session.join_key,
        "attendance_key": session.attendance_key,
        "token": "geen",
        "logo_name": "geen",
        "language": "nl",
    }
    query = {"/s/{code}/allocation": f"?round={vote.id}" if vote else "?round=1"}
    paths = []
    for route in (route for router in ROUTERS for route in router.routes):
        template = getattr(route, "path", "")
        if "GET" not in (getattr(route, "methods", None) or ()) or template.startswith(NOT_OURS_TO_READ):
            continue
        for name in FORMATS if "{format_name}" in template else ("",):
            paths.append(template.format(**known, format_name=name) + query.get(template, ""))
    return paths


def _text(answer: httpx.Response) -> str:
    """What can be read in an answer, also where the file is packed: a text in it would go unseen."""
    kind = answer.headers.get("content-type", "")
    if kind.startswith("application/pdf"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    reader = next((READERS.get(one.name) for one in PACKED if kind == one.media_type), None)
    return "\n".join(reader(answer.content)) if reader else answer.text


def steady(seen: dict[str, str]) -> dict[str, str]:
    """The same without what changes by itself: seq, seconds left, one-time receipts, random ends, a PDF's length."""
    return {
        where: re.sub(r"'content-length': '\d+'", "", CHANGES_BY_ITSELF.sub("", text)) for where, text in seen.items()
    }
