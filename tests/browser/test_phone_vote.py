"""Dividing points on real phones: at once, kept, sent whole, and honest about what came too late."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.domain.agenda import QuestionSettings
from tests.browser.live_world import LiveWorld, go_offline, join, served
from tests.world import POSITIVE

Take = Callable[..., Page]


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveWorld]:
    with served(tmp_path, questions=(QuestionSettings(POSITIVE, budget=3), QuestionSettings("Wat nu?"))) as running:
        yield running


@pytest.fixture
def voting(live: LiveWorld, phone: Take) -> Page:
    """A phone in the vote over two themes."""

    async def prepare() -> None:
        await live.world.advance()
        await live.world.write_all(["een", "twee", "drie"])
        await live.world.advance()
        await live.world.make_theme("Samenwerking", ["een"])
        await live.world.make_theme("Snelheid", ["twee"])
        await live.world.advance("start_vote")

    live.do(prepare())
    return join(phone(), live)


def give(page: Page, theme: str) -> None:
    page.get_by_role("button", name=f"Punt geven aan {theme}").click()


def points(page: Page, theme: str) -> object:
    return page.get_by_role("group", name=theme).locator(".points-number")


def test_steppers_of_two_tabs_agree_and_a_full_purse_says_why(live: LiveWorld, voting: Page) -> None:
    other = voting.context.new_page()
    other.goto(voting.url)
    for theme in ("Samenwerking", "Samenwerking", "Snelheid"):
        give(voting, theme)
    expect(points(other, "Samenwerking")).to_have_text("2")
    expect(other.get_by_text("Al uw punten zijn verdeeld")).to_be_visible()
    other.get_by_role("button", name="Punt geven aan Snelheid").click(force=True)
    expect(other.get_by_text("Anders kiezen? Haal eerst ergens een punt weg.")).to_be_visible()
    other.get_by_role("button", name="Punt weghalen bij Samenwerking").click()
    expect(points(voting, "Samenwerking")).to_have_text("1")


def test_a_theme_is_named_above_its_statements_and_its_steppers(voting: Page) -> None:
    parts = voting.locator(".theme-vote-card").first
    tops = [
        parts.locator(part).evaluate("(part) => part.getBoundingClientRect().top")
        for part in (".theme-name", ".theme-statements", ".point-stepper")
    ]
    assert tops[0] < min(tops[1:])


def test_points_set_offline_are_sent_when_the_line_is_back(live: LiveWorld, voting: Page) -> None:
    go_offline(voting)
    give(voting, "Snelheid")
    expect(voting.get_by_text("Wordt verstuurd zodra u verbonden bent.")).to_be_visible()
    with voting.expect_response("**/allocation") as sent:
        voting.context.set_offline(False)
    assert sent.value.json()["revision"] == 1
    expect(voting.locator("#purse-help")).to_be_hidden()


def test_a_server_that_has_forgotten_is_told_again_who_is_ready(live: LiveWorld, voting: Page) -> None:
    with voting.expect_response("**/presence"):
        voting.get_by_role("button", name="Ik ben klaar").click()
    presence = live.world.parts.rooms.of(live.world.session).presence
    go_offline(voting)
    presence._ready.clear()
    with voting.expect_request(lambda request: '"ready":true' in (request.post_data or "")):
        voting.context.set_offline(False)
    expect(voting.get_by_role("button", name="Ik ben klaar")).to_have_attribute("aria-pressed", "true")


def test_a_change_after_the_close_is_said_not_to_count(live: LiveWorld, voting: Page) -> None:
    with voting.expect_response(re.compile("/allocation$")):
        give(voting, "Snelheid")
    go_offline(voting)
    give(voting, "Samenwerking")

    async def close() -> None:
        theme = (await live.world.theme_ids())["Snelheid"]
        for seat in live.world.seats[:3]:
            await live.world.vote(seat, {theme: 1})
        await live.world.advance()

    live.do(close())
    voting.context.set_offline(False)
    expect(voting.locator("#banner-vote-late")).to_contain_text("Uw laatste wijziging is niet meegeteld")
    expect(voting.locator("#banner-vote-late")).to_be_visible()
    mine = voting.locator(".result-theme").filter(has_text="1 punt van u")
    expect(mine).to_have_count(1)
    expect(mine).to_contain_text("Snelheid")


def test_points_survive_a_reload_and_cleared_storage(live: LiveWorld, voting: Page) -> None:
    with voting.expect_response(re.compile("/allocation$")):
        give(voting, "Snelheid")
    voting.evaluate("localStorage.clear()")
    voting.reload()
    expect(points(voting, "Snelheid")).to_have_text("1")


@pytest.mark.parametrize("width", [320, 640])
def test_large_text_and_small_screens_never_scroll_sideways(live: LiveWorld, voting: Page, width: int) -> None:
    voting.set_viewport_size({"width": width, "height": 568})
    if width == 640:
        voting.evaluate("document.documentElement.style.fontSize = '200%'")
    assert voting.evaluate("document.documentElement.scrollWidth") <= width


def test_the_keyboard_reaches_every_point(voting: Page) -> None:
    button = voting.get_by_role("button", name="Punt geven aan Samenwerking")
    button.focus()
    button.press("Enter")
    button.press("Space")
    expect(points(voting, "Samenwerking")).to_have_text("2")
    expect(button).to_be_focused()
