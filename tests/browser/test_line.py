"""The line of a phone: dead ones are noticed at once, blocked ones are gone around, and nobody waits for a timer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, WebSocketRoute, expect

from app.commands import phases
from tests.browser.journal import Journal, compare
from tests.browser.live_world import LiveWorld, join, served
from tests.world import POSITIVE

Take = Callable[..., Page]
GROUPING = "De moderator ordent de uitspraken."
_SHOW = """(state) => {
    Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveWorld]:
    with served(tmp_path) as running:
        running.do(running.world.advance())
        yield running


class Wire:
    """What lies between a phone and the server for its sockets: it passes all, opens and passes nothing, or refuses."""

    def __init__(self, page: Page) -> None:
        self.does = "pass"
        self.opened = 0
        self.passed = 0
        self._dead: list[int] = []
        page.route_web_socket("**/socket**", self._carry)

    def cut(self) -> None:
        """Silence for what is open now, without a word to either side: a line that died stays dead."""
        self._dead = list(range(1, self.opened + 1))

    def _carry(self, phone: WebSocketRoute) -> None:
        self.opened += 1
        number = self.opened
        if self.does == "refuse":
            phone.close()
        elif self.does == "pass":
            server = phone.connect_to_server()
            server.on_message(lambda message: None if number in self._dead else self._bring(phone, message))
            phone.on_message(lambda message: None if number in self._dead else server.send(message))

    def _bring(self, phone: WebSocketRoute, message: str | bytes) -> None:
        self.passed += 1
        phone.send(message)


@pytest.fixture
def journal(live: LiveWorld, phone: Take) -> Journal:
    """Somebody in the collect phase, on a phone with a clock of its own."""
    page = phone()
    page.clock.install()
    return Journal(page)


def let_pass(page: Page, seconds: float) -> None:
    """Time goes by without a timer running, as on a phone that was locked or a laptop that slept."""
    page.clock.set_system_time(page.evaluate("Date.now()") / 1000 + seconds)


def stop_clock(page: Page) -> None:
    """From here no timer runs any more: what appears did not wait for one."""
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 1)


def run_until(page: Page, holds: Callable[[], bool]) -> None:
    """Let the page's clock run, by half a second at a time, until something holds; at most two minutes of its time."""
    for _ in range(240):
        if holds():
            return
        page.clock.run_for(500)
    raise AssertionError("it did not happen")


def test_after_ten_minutes_in_the_pocket_the_present_phase_is_there_at_once(
    live: LiveWorld, journal: Journal, tmp_path: Path
) -> None:
    page, wire = journal.page, Wire(journal.page)
    join(page, live)
    journal.send("voor het slot")
    journal.settle()
    stop_clock(page)
    page.evaluate(_SHOW, "hidden")
    let_pass(page, 600)
    wire.cut()
    live.do(live.world.advance())
    page.evaluate(_SHOW, "visible")
    expect(page.get_by_role("heading", name=GROUPING)).to_be_visible()
    assert wire.opened == 2, "the socket that looked open was not believed"
    page.clock.resume()
    journal.settle()
    assert compare([journal], tmp_path / "moderato.db") == []


def test_what_was_on_its_way_when_the_phone_was_locked_is_sent_at_the_unlocking(
    live: LiveWorld, journal: Journal, tmp_path: Path
) -> None:
    page = join(journal.page, live)
    held: list[Route] = []
    page.route("**/statements", lambda route: held.append(route) if not held else route.continue_())
    journal.send("nog onderweg")
    expect(page.locator("#outbox-list")).to_contain_text("nog onderweg")
    stop_clock(page)
    page.evaluate(_SHOW, "hidden")
    let_pass(page, 600)
    page.evaluate(_SHOW, "visible")
    page.clock.resume()
    journal.settle()
    assert len(held) == 1
    assert compare([journal], tmp_path / "moderato.db") == []


def test_a_laptop_that_slept_with_the_page_open_notices_that_its_clock_has_jumped(
    live: LiveWorld, journal: Journal
) -> None:
    page, wire = journal.page, Wire(journal.page)
    join(page, live)
    stop_clock(page)
    wire.cut()
    live.do(live.world.advance())
    let_pass(page, 3600)
    page.clock.run_for(1000)
    expect(page.get_by_role("heading", name=GROUPING)).to_be_visible()


def test_a_line_that_is_half_open_is_found_within_half_a_minute(live: LiveWorld, journal: Journal) -> None:
    page, wire = journal.page, Wire(journal.page)
    join(page, live)
    stop_clock(page)
    wire.cut()
    live.do(live.world.advance())
    expect(page.get_by_role("heading", name=POSITIVE)).to_be_visible()
    page.clock.run_for(26_000)
    expect(page.get_by_role("heading", name=GROUPING)).to_be_visible()


def test_reconnecting_offline_and_connected_are_shown_and_said(live: LiveWorld, journal: Journal) -> None:
    page, wire = journal.page, Wire(journal.page)
    join(page, live)
    said = page.locator("#announcement")
    stop_clock(page)
    wire.does = "swallow"
    page.evaluate("dispatchEvent(new Event('offline'))")
    expect(page.locator("#connection")).to_have_text("Verbinden…", use_inner_text=True)
    page.clock.run_for(1000)
    expect(said).to_have_text("Verbinden…")
    page.clock.run_for(6000)
    expect(page.locator("#connection")).to_have_text("Geen verbinding", use_inner_text=True)
    expect(said).to_have_text("Geen verbinding. Uw tekst blijft bewaard.")
    wire.does = "pass"
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#connection")).to_have_text("Verbonden", use_inner_text=True)
    page.clock.run_for(6000)
    expect(said).to_have_text("Weer verbonden.")


@pytest.mark.parametrize("proxy", ["refuse", "swallow"])
def test_a_phone_whose_sockets_are_blocked_polls_and_returns_to_the_socket_when_it_works(
    live: LiveWorld, journal: Journal, proxy: str, tmp_path: Path
) -> None:
    page, wire = journal.page, Wire(journal.page)
    wire.does = proxy
    page.goto(live.url)
    page.get_by_label("Sessiecode").fill(live.code)
    page.get_by_role("button", name="Meedoen").click()
    expect(page.locator(".connection-trying, .connection-off").locator("visible=true")).to_have_count(1)
    stop_clock(page)
    run_until(page, lambda: page.locator(".connection-ok").is_visible())
    assert wire.opened >= 3
    live.do(live.world.run(phases.set_timer, page=live.do(live.world.page()), act="start"))
    run_until(page, lambda: page.locator("#phone-header .timer").is_visible())
    journal.send("langs de omweg")

    room = live.world.parts.rooms.of(live.world.session)
    assert not room.connections
    wire.does = "pass"
    run_until(page, lambda: wire.passed > 0)
    page.clock.run_for(500)
    polls: list[str] = []
    page.on("request", lambda asked: "/screen" in asked.url and polls.append(asked.url))
    page.clock.run_for(6000)
    live.do(live.world.advance())
    expect(page.get_by_role("heading", name=GROUPING)).to_be_visible()
    assert polls == []
    page.clock.resume()
    journal.settle()
    assert compare([journal], tmp_path / "moderato.db") == []
