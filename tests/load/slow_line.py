"""How long a phone on a slow line takes: Chromium at 400 kbit/s and 400 ms, with nothing kept from before.

`make slow-line` prints when the field can be typed in, when a statement typed there is stored, and how much came.
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from app.domain.phases import Phase
from tests.browser.conftest import CHROMIUM, PHONE
from tests.browser.live_world import LiveWorld, served
from tests.world import Seat

KBITS, LATENCY = 400, 400
TEXT = "De wijkagent is weer zichtbaar op straat."
RUNS = 5
LONGEST_SECONDS, QUIET_MILLISECONDS = 30, 1500
DRAWN = """document.querySelector("#composer-send")
    && performance.getEntriesByName("first-contentful-paint")[0]?.startTime || null"""


@dataclass
class Journey:
    """What Chromium's network events tell of one visit; moments in seconds from the request for the page."""

    page_asked: float = 0.0
    stored: float | None = None
    finished: float = 0.0
    resources: dict[str, str] = field(default_factory=dict)
    bytes: dict[str, int] = field(default_factory=dict)
    posts: set[str] = field(default_factory=set)

    def listen(self, line: CDPSession) -> None:
        """Follow the events of a page that was not asked for yet."""
        line.on("Network.requestWillBeSent", self._asked)
        line.on("Network.responseReceived", self._answered)
        line.on("Network.loadingFinished", self._finished)
        line.send("Network.enable")

    def _asked(self, event: dict[str, Any]) -> None:
        # The answer to a form posted plainly is a redirect: stored by then.
        if "redirectResponse" in event and event["requestId"] in self.posts and self.stored is None:
            self.stored = event["timestamp"] - self.page_asked
        self.page_asked = self.page_asked or event["timestamp"]
        if event["request"]["method"] == "POST" and event["request"]["url"].endswith("/statements"):
            self.posts.add(event["requestId"])

    def _answered(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self.posts and self.stored is None:
            self.stored = event["timestamp"] - self.page_asked
        self.resources[event["requestId"]] = event["type"]

    def _finished(self, event: dict[str, Any]) -> None:
        kind = self.resources.get(event["requestId"], "Other")
        self.bytes[kind] = self.bytes.get(kind, 0) + int(event["encodedDataLength"])
        self.finished = event["timestamp"] - self.page_asked


@dataclass(frozen=True)
class Figures:
    """Of one visit: seconds, and bytes as they crossed the line, headers included, by kind of resource."""

    field_seen: float
    stored: float
    all_here: float
    bytes: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.bytes.values())


def visit(browser: Browser, live: LiveWorld, seat: Seat, slow: bool = True) -> Figures:
    """Open the page of a phone with a seat, type a statement as soon as the field is drawn, and send it."""
    context = browser.new_context(locale="nl-NL", viewport=PHONE, has_touch=True)
    context.add_cookies([{"name": "seat", "value": seat.token, "url": f"{live.url}/s/{live.code}"}])
    page = context.new_page()
    line, journey = context.new_cdp_session(page), Journey()
    if slow:
        speed = KBITS * 1000 / 8
        line.send("Network.enable")
        line.send(
            "Network.emulateNetworkConditions",
            {"offline": False, "latency": LATENCY, "downloadThroughput": speed, "uploadThroughput": speed},
        )
    journey.listen(line)
    page.goto(f"{live.url}/s/{live.code}", wait_until="commit")
    field_seen = _field_seen(page)
    page.focus("#composer-text")
    page.keyboard.insert_text(TEXT)
    page.focus("#composer-send")
    page.keyboard.press("Enter")
    _see_it_end(page, journey)
    context.close()
    assert journey.stored is not None
    return Figures(field_seen, journey.stored, journey.finished, journey.bytes)


def _field_seen(page: Page) -> float:
    """When the field was drawn. Asked again and again: the page's policy lets nothing be evaluated in it to wait."""
    while True:
        with contextlib.suppress(PlaywrightError):
            drawn = page.evaluate(DRAWN)
            if drawn is not None:
                return float(drawn) / 1000
        page.wait_for_timeout(10)


def _see_it_end(page: Page, journey: Journey) -> None:
    """Until the statement is stored and nothing has come for a while."""
    deadline = time.monotonic() + LONGEST_SECONDS
    while journey.stored is None and time.monotonic() < deadline:
        page.wait_for_timeout(50)
    page.wait_for_load_state("load")
    page.wait_for_timeout(QUIET_MILLISECONDS)


def main() -> int:
    """Print the figures of some visits, each by a new phone."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright, served(Path(folder)) as live:
        live.do(live.world.advance_to(Phase.COLLECT))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        print(f"{KBITS} kbit/s, {LATENCY} ms, nothing kept from before")
        for seat in live.do(live.world.join(RUNS)):
            figures = visit(browser, live, seat)
            kinds = ", ".join(f"{kind.lower()} {count / 1000:.1f}" for kind, count in sorted(figures.bytes.items()))
            print(f"field usable after {figures.field_seen:.1f} s, sent after {figures.stored:.1f} s")
            print(f"  everything here after {figures.all_here:.1f} s: {figures.total / 1000:.1f} kB ({kinds})")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
