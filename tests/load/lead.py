"""The moderator of the benchmark: prepares and leads by the forms of the pages, as a browser would."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any
from urllib.parse import urlencode, urlsplit

from app.replay.browser import Browser
from app.replay.control_room import ENDED, ControlRoom, found
from app.replay.desk import Desk
from app.replay.moderator import found_link
from app.replay.page import Page
from tests.load.load import Line, Socket
from tests.world import EMAIL, PASSWORD

BOUNDARY = b"between-the-parts-of-a-form"


@dataclass(frozen=True)
class Asked:
    """A question for the agenda; with themes it is a guided one."""

    text: str
    phases: tuple[str, ...] = ("collect",)
    themes: tuple[str, ...] = ()
    budget: int = 10
    limit: int | None = None
    verifiable: bool = False


async def make_account(url: str, link: str) -> None:
    """The moderator's account, through the link the server printed."""
    browser = Browser(url, "nl")
    page = await browser.open(link)
    form = found(next(iter(page.forms()), None), "set up")
    await browser.submit(form.fill(email=EMAIL, name="De moderator", password=PASSWORD))
    await browser.close()


class Lead:
    """One moderator with one session and its control room open; `code` and `join_key` are how people come in."""

    def __init__(self, url: str) -> None:
        self._browser = Browser(url, "nl")
        self._desk = Desk(self._browser, 0.0)
        self._line = Line(url)
        self.socket = Socket()
        self.code = self.join_key = ""

    @property
    def room(self) -> ControlRoom:
        return self._desk.room

    async def sign_in(self) -> None:
        page = await self._browser.open("sign-in")
        await self._desk.send(found(page.form("/sign-in"), "sign in").fill(email=EMAIL, password=PASSWORD))

    async def prepare(self, title: str, agenda: Sequence[Asked], mixing: bool) -> None:
        """A session with these questions, opened, with the control room's socket listening."""
        sessions = await self._browser.open("sessions")
        made = (form for form in sessions.forms() if form.path.endswith("/sessions") and form.named("title"))
        form = found(next(made, None), "new session").fill(title=title, group_name="De zaal", template="empty")
        address = (await self._desk.send(form)).address
        while left_over := (await self._browser.open(address)).form("/remove"):
            await self._desk.send(left_over)
        details = found((await self._browser.open(address)).form("/details"), "details")
        await self._desk.send(details.fill(mixing=["1"] if mixing else []))
        for asked in agenda:
            await self._ask(address, asked)
        opening = found((await self._browser.open(address)).form("/open"), "open")
        self._desk.show(await self._desk.send(opening))
        self.code = self.room.code
        self.join_key = re.findall(r"/j/([0-9a-f]{16})", self.room.page.html)[0]
        await self._listen()

    async def begin_next(self) -> int:
        """The next question of the agenda, in its first phase; its id."""
        before = self.room.where[0]
        await self._desk.until(
            lambda: self.room.where[0] not in ("", before) and self.room.phase != "result", self.room_next
        )
        return int(self.room.where[0])

    async def go_on_to(self, phase: str) -> None:
        await self._desk.until(lambda: self.room.phase == phase, self.room_next)

    async def go_back_to(self, phase: str) -> None:
        await self._desk.until(lambda: self.room.phase == phase, lambda: self.room.form("/back"))

    async def end(self) -> None:
        """After the last question's result."""
        await self.go_on_to(ENDED)

    async def close_door(self) -> None:
        self._desk.show(await self._browser.open(self.room.page.address))
        self._desk.show(await self._desk.send(self.room.form("/door")))

    async def connected(self) -> int:
        """How many participants the control room says are connected."""
        page = await self._browser.open(self.room.page.address)
        shown = page.root.first(class_="is-connected")
        number = shown.first("dd") if shown else None
        return int(number.text) if number else 0

    async def counts(self) -> str:
        """What the bar of the control room says now: who is connected, who took part, who is ready."""
        page = await self._browser.open(self.room.page.address)
        bar = page.root.first(id="top-bar")
        return bar.text if bar else ""

    async def press(self) -> float:
        """The one black button, at once; when its request was sent (`perf_counter`)."""
        form = self.room_next()
        body, path = urlencode(form.fields()).encode(), urlsplit(form.action).path
        answer = await self._line.request("POST", path, body, **self._headers())
        if answer.status != 200:
            raise RuntimeError(f"the next step was answered with {answer.status}")
        self._desk.show(Page(200, self.room.page.address, answer.body.decode()))
        return answer.sent_at

    async def agree(self, text: str) -> None:
        """One more action on the list, which every screen hears of."""
        path, body = f"{urlsplit(self.room.page.address).path.rpartition('/')[0]}/actions", urlencode({"text": text})
        answer = await self._line.request("POST", path, body.encode(), **self._headers())
        if answer.status != 200:
            raise RuntimeError(f"an action was answered with {answer.status}")

    def room_next(self) -> Any:
        return self.room.next_step()

    async def make_theme(self, name: str) -> str:
        """A theme on the board; its id."""
        before = set(self.room.themes)
        await self._desk.until(
            lambda: len(self.room.themes) > len(before), lambda: self.room.form("/themes").fill(name=name)
        )
        return next(id for id in self.room.themes if id not in before)

    async def put(self, statements: Sequence[str], theme: str) -> None:
        """Statements (ids) under a theme, in one move."""
        chosen = set(statements)
        await self._desk.until(
            lambda: chosen <= {card.id for card in self.room.themes[theme]},
            lambda: self.room.form("/statements/put").fill(statement=list(statements)),
            theme,
        )

    async def move(self, statements: Sequence[str], theme: str) -> float:
        """Statements (ids) under a theme, sent as the page's script does; seconds until it was acknowledged."""
        form = self.room.form("/statements/put")
        fields = [(name, value) for name, value in form.fields(theme) if name not in ("seq", "statement")]
        fields += [("seq", str(self.socket.seq)), *(("statement", key) for key in statements)]
        began = perf_counter()
        answer = await self._line.request(
            "POST", urlsplit(form.action).path, urlencode(fields).encode(), **self._headers()
        )
        seconds = perf_counter() - began
        if answer.status != 200:
            raise RuntimeError(f"a move was answered with {answer.status}")
        return seconds

    @property
    def sign_in_token(self) -> str:
        """For a browser in which this moderator is signed in too."""
        return re.findall(r"sign_in=([^;]+)", self._cookie())[0]

    async def archive(self) -> Any:
        """The JSON archive as it can be downloaded now."""
        page = await self._browser.open(self.room.page.address)
        answer = await self._browser.client.get(found_link(page, "/report.json"))
        return answer.raise_for_status().json()

    async def bring_in(self, archive: bytes) -> int:
        """A session from an archive, by the form for files; its id."""
        head = 'Content-Disposition: form-data; name="file"; filename="archive.json"\r\nContent-Type: application/json'
        body = b"--%b\r\n%b\r\n\r\n%b\r\n--%b--\r\n" % (BOUNDARY, head.encode(), archive, BOUNDARY)
        content_type = f"multipart/form-data; boundary={BOUNDARY.decode()}"
        headers = {**self._headers(), "Content-Type": content_type}
        answer = await self._line.request("POST", "/sessions/import", body, **headers)
        if answer.status != 303:
            raise RuntimeError(f"an archive was answered with {answer.status}")
        return int(answer.header("location").split("/")[2])

    async def report(self, session: int, language: str = "nl") -> bytes:
        """The PDF of a session on a line of its own, as a browser takes it that may first see how far it is."""
        line = Line(self._browser.origin)
        headers = self._headers()
        answer = await line.request("GET", f"/sessions/{session}/report.pdf?language={language}", **headers)
        if answer.status == 303:
            answer = await line.request("GET", f"{answer.header('location')}/file", **headers)
        line.close()
        if answer.status != 200:
            raise RuntimeError(f"a report was answered with {answer.status}")
        return answer.body

    async def close(self) -> None:
        self.socket.drop()
        self._line.close()
        await self._browser.close()

    async def _ask(self, address: str, asked: Asked) -> None:
        form = found((await self._browser.open(address)).form("/questions"), "new question").fill(text=asked.text)
        # No timer: a clock would push by itself in the middle of a measurement.
        await self._desk.send(form.fill(**{name: "" for name, _ in form.fields() if name.startswith("minutes-")}))
        agenda = await self._browser.open(address)
        numbered = {form.path.rpartition("/")[2]: form for form in agenda.forms() if form.named("max_length")}
        settings = numbered[str(max(int(number) for number in numbered if number.isdigit()))]
        settings.fill(phases=list(asked.phases), themes="\n".join(asked.themes), budget=str(asked.budget))
        settings.fill(limit_per_theme=str(asked.limit or ""), verifiable=["1"] if asked.verifiable else [])
        await self._desk.send(settings)

    async def _listen(self) -> None:
        page = await self._browser.open(self.room.page.address)
        self._desk.show(page)
        self.socket.seq = int(page.body["data-seq"])
        address = f"ws{self._browser.origin.removeprefix('http')}{page.body['data-socket']}"
        await self.socket.open(address, self._cookie())

    def _cookie(self) -> str:
        return self._browser.cookies_for(self.room.page.address)

    def _headers(self) -> dict[str, str]:
        form = {"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true"}
        return {"Cookie": self._cookie(), "Accept-Language": "nl", "Referer": self.room.page.address, **form}
