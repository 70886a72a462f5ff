"""A world that is served while a test drives it: its loop runs in a thread, since Playwright's has this one."""

from __future__ import annotations

import asyncio
import contextlib
import re
import threading
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from typing import Any, TypeVar

import uvicorn
from playwright.sync_api import Page, expect
from sqlmodel import select

from app.main import create_app
from app.settings import Settings
from app.store.tables import Statement
from tests.server import free_port
from tests.world import World, lay_out, make_world

Answer = TypeVar("Answer")


@dataclass
class LiveWorld:
    """The moderator acts through `do`; phones are pages at `url`."""

    url: str
    world: World
    loop: asyncio.AbstractEventLoop

    def do(self, act: Coroutine[Any, Any, Answer]) -> Answer:
        return asyncio.run_coroutine_threadsafe(act, self.loop).result(20)

    @property
    def code(self) -> str:
        return str(self.do(self.world.row()).code)

    @property
    def texts(self) -> list[str]:
        """What the database holds of statements, retracted ones left out."""

        async def read() -> list[str]:
            async with self.world.parts.database.reader() as db:
                rows = (await db.exec(select(Statement))).all()
            return sorted(row.text for row in rows if not row.retracted)

        return self.do(read())


@contextlib.contextmanager
def served(path: Path, **options: Any) -> Iterator[LiveWorld]:
    """A running server with one open session."""
    lay_out(path)
    port = free_port()
    app = create_app(Settings(data=path, port=port))
    server = uvicorn.Server(
        uvicorn.Config(app, port=port, log_level="warning", access_log=False, ws="websockets-sansio")
    )
    loops: Queue[asyncio.AbstractEventLoop] = Queue()

    async def serve() -> None:
        loops.put(asyncio.get_running_loop())
        await server.serve()

    # asyncio.run also ends what is still running when the server has stopped, such as the counting of a room.
    thread = threading.Thread(target=asyncio.run, args=[serve()])
    thread.start()
    try:
        live = LiveWorld(f"http://127.0.0.1:{port}", World(app, 0, 0), loops.get())
        live.do(_started(server))
        live.world = live.do(make_world(app, **options))
        yield live
    finally:
        server.should_exit = True
        thread.join()


async def _started(server: uvicorn.Server) -> None:
    while not server.started:
        await asyncio.sleep(0.02)


def join(page: Page, live: LiveWorld) -> Page:
    """Get in by typing the code."""
    page.goto(live.url)
    page.get_by_label("Sessiecode").fill(live.code)
    page.get_by_role("button", name="Meedoen").click()
    page.wait_for_url(re.compile(r"/s/\d{6}$"))
    expect(page.locator(".connection-ok")).to_be_visible()
    return page


def go_offline(page: Page) -> None:
    page.context.set_offline(True)
    expect(page.locator(".connection-off")).to_be_visible()
