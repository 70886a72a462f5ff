"""The line of an open page where no socket gets through, and where the server says that it is over."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from app.replay import live
from app.replay.browser import Browser
from app.replay.live import Live
from app.replay.page import Page

pytestmark = pytest.mark.anyio
PUSH = '<div id="push" data-seq="{}"><p>{}</p></div>'


class Answers(BaseHTTPRequestHandler):
    """Opens no socket, and answers each poll with the next of `given` and the number it is asked since."""

    given: list[tuple[int, str]] = []
    asked: list[str] = []

    def do_GET(self) -> None:
        if "/screen" not in self.path:
            return self.send_error(403)
        self.asked.append(self.path)
        status, text = self.given.pop(0) if self.given else (204, "")
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *values: object) -> None:
        """Says nothing."""


@contextmanager
def serving(*given: tuple[int, str]) -> Iterator[str]:
    Answers.given, Answers.asked = list(given), []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


async def polled(monkeypatch: pytest.MonkeyPatch, url: str, until: Callable[[Live], Awaitable[object]]) -> list[str]:
    """What was heard by then."""
    monkeypatch.setattr(live, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(live, "LONGEST_PAUSE", 0.05)
    monkeypatch.setattr(live, "POLL_PAUSE", 0.01)
    heard: list[str] = []
    browser = Browser(url, "nl")
    page = Page(200, f"{url}/s/1", '<body data-socket="/s/1/socket" data-poll="/s/1/screen" data-seq="4"></body>')
    try:
        async with Live(browser, page, heard.append) as line:
            async with asyncio.timeout(20):
                await until(line)
    finally:
        await browser.close()
    return heard


async def test_where_no_socket_gets_through_it_polls_from_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    async def until(line: Live) -> None:
        while len(Answers.asked) < 4:
            await line.change(0.05)
        assert line.is_open

    given = ((200, PUSH.format(7, "nieuw")), (204, ""), (200, PUSH.format(9, "nieuwer")))
    with serving(*given) as url:
        assert await polled(monkeypatch, url, until) == [PUSH.format(7, "nieuw"), PUSH.format(9, "nieuwer")]
    assert [path.rpartition("=")[2] for path in Answers.asked[:4]] == ["4", "7", "7", "9"]


async def test_only_the_applications_own_no_is_for_good(monkeypatch: pytest.MonkeyPatch) -> None:
    async def until(line: Live) -> None:
        while not line.is_gone:
            await line.change(0.05)

    with serving((401, "a proxy's own page"), (401, '{"refusal":"seat_unknown"}')) as url:
        assert await polled(monkeypatch, url, until) == []
    assert len(Answers.asked) == 2
