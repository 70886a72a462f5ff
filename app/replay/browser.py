"""One person's browser: a cookie jar, pages, forms, the scripts' JSON, and patience with a busy server."""

import asyncio
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import httpx

from app.replay.connections import SharedConnections, certificates
from app.replay.page import Form, Page
from app.replay.stops import ReplayStopped

AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PATIENCE = 60.0
LONGEST_PAUSE = 4.0
# A server that says when to come back is obeyed this long in all: some write more than is taken in a minute.
OBEDIENCE = 600.0


@dataclass(frozen=True)
class Exchange:
    """What went over the line: a request, where it was redirected to, and the text that came back (or was pushed)."""

    method: str
    address: str
    sent: str = ""
    redirect: str = ""
    text: str = ""


Watch = Callable[[Exchange], None]


class AnswerLost(Exception):
    """The connection broke after a form was sent: nobody knows whether it arrived. Look before sending it again."""


class Browser:
    """`patience`: seconds after which a server that can't be reached is given up; without end, not at first either.

    `rested` counts the seconds that the server asked it to wait before coming back.
    """

    def __init__(
        self,
        url: str,
        language: str,
        watch: Watch | None = None,
        connections: SharedConnections | None = None,
        patience: float = PATIENCE,
    ) -> None:
        self.url = url.rstrip("/") + "/"
        self.patience, self.rested = patience, 0.0
        self._watch = watch
        self._has_reached = False
        self.client = httpx.AsyncClient(
            headers={"User-Agent": AGENT, "Accept-Language": language},
            verify=certificates(),
            timeout=30,
            follow_redirects=False,
            trust_env=False,
            transport=connections,
        )

    async def close(self) -> None:
        await self.client.aclose()

    @property
    def origin(self) -> str:
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    def cookies_for(self, url: str) -> str:
        request = httpx.Request("GET", url)
        self.client.cookies.set_cookie_header(request)
        return str(request.headers.get("Cookie", ""))

    def note(self, exchange: Exchange) -> None:
        """Tells whoever watches this browser."""
        if self._watch:
            self._watch(exchange)

    async def open(self, address: str) -> Page:
        """A page or a download, after redirects."""
        return await self._follow(await self._send("GET", urljoin(self.url, address)))

    async def download(self, address: str) -> bytes:
        """A file, also where a page comes first that shows how far it is."""
        answer = await self._send("GET", address)
        if answer.status_code == 303 and "/reports/" in answer.headers["location"]:
            answer = await self._send("GET", urljoin(address, f"{answer.headers['location']}/file"))
        if answer.status_code != 200:
            raise ReplayStopped(f"The server answered {answer.status_code} to {urlsplit(address).path}.")
        return answer.content

    async def submit(self, form: Form, pressed: str | None = None) -> Page:
        """What the server shows then: another page, or for a form that htmx sends the fragments it pushes."""
        fields, button = form.fields(pressed), form.button(pressed)
        target = urljoin(form.page.address, button["formaction"]) if button and "formaction" in button else form.action
        if form.method == "GET":
            return await self.open(target.split("?")[0] + "?" + urlencode(fields))
        body: dict[str, Any] = {
            "content": urlencode([(name, _with_line_ends(value)) for name, value in fields]),
            "headers": {"Content-Type": "application/x-www-form-urlencoded", "Referer": form.page.address},
        }
        if form.is_live:
            body["headers"]["HX-Request"] = "true"
        answer = await self._send("POST", target, twice=False, **body)
        if "HX-Redirect" in answer.headers:
            return await self.open(answer.headers["HX-Redirect"])
        shown = await self._follow(answer, **body)
        return Page(shown.status, form.page.address, shown.html) if form.is_live else shown

    async def post_json(self, address: str, body: dict[str, Any]) -> httpx.Response:
        """What a page's script sends; all of these may be sent twice without harm."""
        return await self._send("POST", address, json=body, headers={"Accept": "application/json"})

    async def glance(self, address: str) -> httpx.Response | None:
        """What is there, tried once; None where nothing answers."""
        try:
            return await self._send_once("GET", urljoin(self.url, address), headers={"Accept": "application/json"})
        except httpx.TransportError:
            return None

    async def _follow(self, answer: httpx.Response, **body: Any) -> Page:
        """307 and 308 send the same again, all other redirects only look."""
        for _ in range(10):
            if not answer.is_redirect:
                return Page(answer.status_code, str(answer.url), answer.text)
            target = urljoin(str(answer.url), answer.headers["Location"])
            if answer.status_code in (307, 308) and answer.request.method == "POST":
                answer = await self._send("POST", target, twice=False, **body)
            else:
                answer = await self._send("GET", target)
        raise ReplayStopped(f"The server redirects without end at {answer.url.path}.")

    async def _send(self, method: str, address: str, twice: bool = True, **more: Any) -> httpx.Response:
        """Repeats what a busy or restarting server did not take; `twice` tells whether it may arrive two times."""
        began, pause = asyncio.get_running_loop().time(), 0.25
        while True:
            try:
                answer = await self._send_once(method, address, **more)
            except httpx.InvalidURL as error:
                raise ReplayStopped(f"“{address}” isn't an address that can be opened.") from error
            except httpx.TransportError as error:
                if self._gives_up(began):
                    raise ReplayStopped(f"There is no answer from {self.url} ({type(error).__name__}).") from error
                if not twice and not isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout):
                    raise AnswerLost from error
                wait = pause
            else:
                self._has_reached = True
                asked = _seconds(answer.headers.get("Retry-After"))
                longest = max(OBEDIENCE if asked else PATIENCE, self.patience)
                if not _asks_to_come_back(answer) or asyncio.get_running_loop().time() > began + longest:
                    return answer
                wait = asked or pause
                self.rested += wait
            await asyncio.sleep(wait)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _gives_up(self, began: float) -> bool:
        if math.isinf(self.patience):
            return False
        return not self._has_reached or asyncio.get_running_loop().time() > began + self.patience

    async def _send_once(self, method: str, address: str, **more: Any) -> httpx.Response:
        headers = {"Sec-Fetch-Site": "same-origin", **({"Origin": self.origin} if method == "POST" else {})}
        answer = await self.client.request(method, address, **{**more, "headers": headers | more.get("headers", {})})
        is_text = answer.headers.get("Content-Type", "").startswith("text/")
        self.note(
            Exchange(
                method,
                str(answer.url),
                answer.request.content.decode(),
                answer.headers.get("Location", ""),
                answer.text if is_text else "",
            )
        )
        return answer


def _asks_to_come_back(answer: httpx.Response) -> bool:
    return answer.status_code == 503 or (answer.status_code == 429 and "Retry-After" in answer.headers)


def _seconds(retry_after: str | None) -> float:
    try:
        return min(max(float(retry_after or 0), 0.0), PATIENCE)
    except ValueError:
        return 0.0


def _with_line_ends(value: str) -> str:
    """Forms travel with CRLF, whatever was typed."""
    return value.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
