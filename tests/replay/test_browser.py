"""One person's browser against a server that is busy, breaks off, or sends one elsewhere."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from app.replay.browser import AnswerLost, Browser
from app.replay.control_room import found
from app.replay.page import Page
from app.replay.stops import ReplayStopped

FORM = '<form method="post" action="/act"{}><textarea name="text"></textarea></form>'
Act = Callable[[Browser, str], Awaitable[None]]


def answer(status: str, body: str = "", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/html", f"Content-Length: {len(body)}", *headers, "", body]
    return "\r\n".join(lines).encode()


def against(answers: list[bytes], act: Act) -> list[str]:
    """Runs `act` against a server that gives these answers one by one; an empty one hangs up. What it was asked."""
    asked: list[str] = []
    lines: list[asyncio.StreamWriter] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines.append(writer)
        while answers:
            try:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
            except asyncio.IncompleteReadError:
                break
            length = next((line for line in head.splitlines() if line.lower().startswith("content-length")), ":0")
            asked.append(head + (await reader.readexactly(int(length.split(":")[1]))).decode())
            given = answers.pop(0)
            writer.write(given)
            if not given:
                break
        writer.close()

    async def run() -> None:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        browser = Browser(url, "nl")
        try:
            await act(browser, url)
        finally:
            await browser.close()
            server.close()
            for line in lines:
                line.close()
                await line.wait_closed()

    asyncio.run(run())
    return asked


async def send(browser: Browser, url: str, html: str = FORM.format("")) -> Page:
    page = Page(200, f"{url}/page", html)
    return await browser.submit(found(page.form("/act"), "act").fill(text="a\nb"))


def test_a_form_travels_as_a_browser_sends_it() -> None:
    async def act(browser: Browser, url: str) -> None:
        assert (await send(browser, url)).html == "done"

    (asked,) = against([answer("200 OK", "done")], act)
    head, body = asked.split("\r\n\r\n")
    assert "POST /act" in head and "sec-fetch-site: same-origin" in head.lower()
    assert "origin: http://127.0.0.1" in head.lower() and "/page" in head
    assert body == "text=a%0D%0Ab"


def test_a_form_of_htmx_says_so_and_its_page_stays_where_it_was() -> None:
    async def act(browser: Browser, url: str) -> None:
        assert (await send(browser, url, FORM.format(' hx-post="/act"'))).address == f"{url}/page"

    (asked,) = against([answer("200 OK", "pushed")], act)
    assert "hx-request: true" in asked.lower()


def test_cookies_and_redirects_are_followed() -> None:
    async def act(browser: Browser, url: str) -> None:
        assert (await send(browser, url)).address == f"{url}/s/1"
        assert browser.cookies_for(f"{url}/s/1") == "seat=x"
        assert browser.cookies_for(url) == ""

    answers = [
        answer("307 Temporary Redirect", "", "Location: /s/1/join"),
        answer("303 See Other", "", "Location: /s/1", "Set-Cookie: seat=x; Path=/s/1"),
        answer("200 OK", "phone"),
    ]
    asked = against(answers, act)
    assert [one.split()[0] for one in asked] == ["POST", "POST", "GET"]
    assert asked[1].endswith("text=a%0D%0Ab") and "cookie: seat=x" in asked[2].lower()


def test_a_busy_server_is_asked_again_unseen() -> None:
    async def act(browser: Browser, url: str) -> None:
        assert (await browser.post_json(url, {})).status_code == 201

    busy = answer("503 Service Unavailable", "", "Retry-After: 0")
    assert len(against([busy, busy, answer("201 Created")], act)) == 3


def test_a_server_that_says_when_to_come_back_is_obeyed_longer_than_one_that_is_only_silent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.replay.browser.PATIENCE", 0.02)

    async def act(browser: Browser, url: str) -> None:
        assert (await browser.post_json(url, {})).status_code == 201

    later = answer("503 Service Unavailable", "", "Retry-After: 1")
    assert len(against([later] * 4 + [answer("201 Created")], act)) == 5


def test_what_may_arrive_twice_is_sent_again_after_a_break() -> None:
    async def act(browser: Browser, url: str) -> None:
        await browser.open("")
        assert (await browser.post_json(url, {})).status_code == 201

    assert len(against([answer("200 OK"), b"", answer("201 Created")], act)) == 3


def test_a_form_whose_answer_was_lost_is_not_sent_again_blindly() -> None:
    async def act(browser: Browser, url: str) -> None:
        await browser.open("")
        with pytest.raises(AnswerLost):
            await send(browser, url)

    assert len(against([answer("200 OK"), b""], act)) == 2


def test_an_endless_redirect_stops() -> None:
    async def act(browser: Browser, url: str) -> None:
        with pytest.raises(ReplayStopped, match="without end"):
            await browser.open("")

    against([answer("303 See Other", "", "Location: /")] * 20, act)
