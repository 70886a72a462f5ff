"""What pages offer a person to do: read from HTML and scripts, apart from the replay's own parser."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit

from app.replay.browser import Exchange

SCRIPTS = Path(__file__).parents[2] / "app" / "static" / "js"
TYPED = {"/", "/sign-in"}
CONTROLS = {"input", "select", "textarea", "button"}


class Offers(HTMLParser):
    """All links, forms with their fields, and sockets of the pages seen so far."""

    def __init__(self) -> None:
        super().__init__()
        self.gets, self.posts, self.sockets = set(TYPED), set[str](), set[str]()
        self.fields: dict[str, set[str]] = {}
        self._action, self._actions_by_id = "", dict[str, str]()

    def read(self, exchange: Exchange) -> None:
        self._base = exchange.address
        target = self._path(exchange.redirect) if exchange.redirect else ""
        self.gets.add(target)
        if target and "/join/" in target:
            # A typed code is sent on, with the same form, to where a returning phone shows its seat.
            self.posts.add(target)
            self.fields[target] = {"code"}
        self.reset()
        self.feed(exchange.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in has:
            self.gets.add(self._path(has["href"]))
        if tag == "form":
            self._action = self._path(has.get("action", ""))
            self._actions_by_id[has.get("id", "")] = self._action
            self.posts.add(self._action)
            self.fields.setdefault(self._action, set())
        if tag in CONTROLS:
            self._read_control(has)
        if "data-socket" in has:
            self.sockets.add(self._path(has["data-socket"]))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._action = ""

    def allow(self, exchange: Exchange) -> bool:
        path = urlsplit(exchange.address).path
        if exchange.method in ("WS", "PUSH"):
            return path in self.sockets
        if path in self.gets if exchange.method == "GET" else path in self.posts and self._knows_fields(exchange):
            return True
        return bool(re.fullmatch(r"/s/\d+/(\w+)", path)) and path.rpartition("/")[2] in scripts_ask_for()

    def _read_control(self, has: dict[str, str]) -> None:
        action = self._actions_by_id.get(has["form"], "") if "form" in has else self._action
        self.fields.setdefault(action, set()).add(has.get("name", ""))
        if "formaction" in has:
            other = self._path(has["formaction"])
            self.posts.add(other)
            self.fields.setdefault(other, set()).update(self.fields[action])

    def _knows_fields(self, exchange: Exchange) -> bool:
        if exchange.sent.startswith("{"):
            return True
        sent = {name for name, _ in parse_qsl(exchange.sent, keep_blank_values=True)}
        return sent <= self.fields[urlsplit(exchange.address).path]

    def _path(self, href: str) -> str:
        return urlsplit(urljoin(self._base, href)).path


def scripts_ask_for() -> set[str]:
    """The last part of the addresses below /s/CODE that the phone's scripts fetch or post to."""
    text = "".join(path.read_text() for path in SCRIPTS.glob("*.js"))
    return set(re.findall(r"post\(\"(\w+)\"", text)) | set(re.findall(r"fetch\(`/s/\$\{code\}/(\w+)\?", text))
