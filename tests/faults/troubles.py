"""What can keep a running server from storing, brought about from outside and taken away again; and the check of it."""

from __future__ import annotations

import asyncio
import contextlib
import re
import resource
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from websockets.asyncio.client import connect

from app.domain.trouble import Trouble
from app.replay.page import Page
from tests.faults.served import Served, key_of, until

AT_ONCE = 40


@contextmanager
def no_larger_file(served: Served) -> Iterator[Trouble]:
    """No file may grow any more, which needs no privileges; the log of the server has some room left."""
    _, most = resource.prlimit(served.server.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(served.server.pid, resource.RLIMIT_FSIZE, (8192, most))
    try:
        yield Trouble.FULL
    finally:
        resource.prlimit(served.server.pid, resource.RLIMIT_FSIZE, (most, most))


@contextmanager
def a_full_disk(served: Served) -> Iterator[Trouble]:
    """The disk that holds the data, filled to its last byte by somebody else's file."""
    # What stands in the log already may be written over, and would be room for some more.
    _empty_the_log(served)
    filler = served.server.data / "filler"
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(bytes(4096)):
            pass
    try:
        yield Trouble.FULL
    finally:
        filler.unlink()


def _empty_the_log(served: Served) -> None:
    with contextlib.closing(sqlite3.connect(served.server.data / "moderato.db", timeout=30)) as other:
        while other.execute("pragma wal_checkpoint(truncate)").fetchone()[0]:
            time.sleep(0.05)


@contextmanager
def read_only(served: Served) -> Iterator[Trouble]:
    """SQLite itself refuses to write; needs a server with `turns_read_only`."""
    served.server.tell(signal.SIGUSR1)
    try:
        yield Trouble.READ_ONLY
    finally:
        served.server.tell(signal.SIGUSR2)


@contextmanager
def locked(served: Served) -> Iterator[Trouble]:
    """Another program keeps the lock for longer than anybody waits."""
    other = sqlite3.connect(served.server.data / "moderato.db", isolation_level=None)
    other.execute("begin exclusive")
    try:
        yield Trouble.LOCKED
    finally:
        other.execute("rollback")
        other.close()


@contextmanager
def a_small_disk(folder: Path) -> Iterator[Path | None]:
    """A real one of two megabytes, in memory; None where this user may mount nothing."""
    folder.mkdir()
    asked = ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(folder)]
    if subprocess.run(asked, capture_output=True, check=False).returncode:
        yield None
        return
    try:
        yield folder / "data"
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


class ControlRoom:
    """A moderator's page as its socket keeps it: only whether it shows that nothing can be stored."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self.banner = ""

    async def watch(self) -> None:
        address = f"{self._served.server.url.replace('http', 'ws')}/sessions/{self._served.session}/socket"
        cookies = {"Cookie": f"sign_in={self._served.sign_in}", "Accept-Language": "en"}
        async with connect(address, additional_headers=cookies, proxy=None) as line:
            async for pushed in line:
                shown = banner_in(str(pushed))
                self.banner = self.banner if shown is None else shown


def banner_in(html: str) -> str | None:
    """What the place of the banner says, nothing most of the time; None where the text has no such place."""
    place = Page(200, "", html).root.first(id="trouble")
    return place.text if place else None


BANNERS = {
    Trouble.FULL: "disk is full",
    Trouble.READ_ONLY: "can only be read",
    Trouble.LOCKED: "keeps the database locked",
}


async def check_trouble(served: Served, befalls: object, patience: float = 20.0) -> None:
    """While nothing can be stored nothing is acknowledged, all is said, reading goes on; then it works by itself."""
    room = ControlRoom(served)
    watching = asyncio.create_task(room.watch())
    try:
        async with httpx.AsyncClient(timeout=20, headers={"Accept-Language": "en"}) as client:
            assert (await served.send(client, "ervoor")).status_code == 201
            body = served.written("tijdens")
            with befalls(served) as trouble:  # type: ignore[operator]
                await _check_while(served, client, room, body, trouble, patience)
            await _check_after(served, client, room, body, patience)
    finally:
        watching.cancel()


async def _check_while(
    served: Served,
    client: httpx.AsyncClient,
    room: ControlRoom,
    body: dict[str, object],
    trouble: Trouble,
    patience: float,
) -> None:
    page = await served.control_room(client)
    texts = [f"storm {number}" for number in range(AT_ONCE)]
    sent = [served.post(client, "/statements", body), _step(served, client, page)]
    sent += [served.send(client, text, number) for number, text in enumerate(texts)]
    answers = await asyncio.gather(*sent)
    assert {answer.status_code for answer in answers} == {503}, "not stored, and not said"
    assert all("Retry-After" in answer.headers for answer in answers)
    assert "This device keeps what you wrote" in answers[0].json()["message"]
    assert "nothing was changed" in answers[1].text
    health = await client.get(f"{served.server.url}/healthz")
    assert (health.status_code, health.text) == (503, f"nothing can be stored: {trouble}")
    assert (await served.phone_page(client)).status_code == 200

    async def is_told() -> bool:
        return BANNERS[trouble] in room.banner

    assert await until(is_told, patience), "a control room that was open says nothing"
    page = await served.control_room(client)
    assert BANNERS[trouble] in str(banner_in(page)), "a control room that is opened now says nothing"
    assert [text for some in served.stored().values() for text in some] == ["ervoor"]


async def _step(served: Served, client: httpx.AsyncClient, page: str) -> httpx.Response:
    """The moderator starts the clock."""
    seq = re.findall(r'data-seq="(\d+)"', page)[0]
    return await client.post(
        f"{served.server.url}/sessions/{served.session}/timer",
        data={"phase": "collect", "question": str(served.question), "seq": seq, "act": "start"},
        headers={"Cookie": f"sign_in={served.sign_in}", "HX-Request": "true"},
    )


async def _check_after(
    served: Served, client: httpx.AsyncClient, room: ControlRoom, body: dict[str, object], patience: float
) -> None:
    async def works() -> bool:
        return (await client.get(f"{served.server.url}/healthz")).status_code == 200

    async def is_gone() -> bool:
        return room.banner == ""

    assert await until(works, patience), "it does not go on by itself"
    assert await until(is_gone, patience), "the banner stays"
    assert (await served.post(client, "/statements", body)).status_code == 201
    stored = served.stored()
    assert stored[key_of(body)] == ["tijdens"] and len(stored) == 2
    lines = served.server.log.read_text().splitlines()
    assert len([line for line in lines if "nothing can be stored" in line]) == 1, "more than one line, or none"
    assert len([line for line in lines if "storing works again" in line]) == 1
    assert not any("Traceback" in line or "tijdens" in line or "storm" in line for line in lines)
