"""A phone that comes back when the group is further: it hears what stands, and nothing waits for ever."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from app.domain.agenda import QuestionSettings
from tests.browser.journal import Journal
from tests.browser.live_world import LiveWorld, go_offline, join, served
from tests.world import POSITIVE


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveWorld]:
    with served(tmp_path, questions=(QuestionSettings(POSITIVE, budget=3), QuestionSettings("Wat nu?"))) as running:
        running.do(running.world.advance())
        yield running


@pytest.fixture
def journal(live: LiveWorld, phone: Callable[..., Page]) -> Journal:
    return Journal(join(phone(), live))


def test_a_statement_taken_back_too_late_is_shown_as_it_stands_though_no_answer_was_heard(
    live: LiveWorld, journal: Journal
) -> None:
    page = journal.page

    def lose_answer(route: Route) -> None:
        route.fetch()
        page.context.set_offline(True)
        route.abort()

    page.route("**/statements", lose_answer, times=1)
    journal.send("dat staat er nu")
    expect(page.locator(".connection-off")).to_be_visible()
    journal.retract("dat staat er nu")
    live.do(live.world.advance())
    page.context.set_offline(False)
    journal.settle()
    expect(journal.card("dat staat er nu")).to_contain_text("Het verzamelen is gesloten; deze uitspraak kan niet")
    assert live.texts == ["dat staat er nu"]


def test_points_left_on_a_closed_page_are_answered_in_the_next_question(live: LiveWorld, journal: Journal) -> None:
    async def vote() -> None:
        await live.world.write_all(["een", "twee", "drie"])
        await live.world.advance()
        await live.world.make_theme("Samenwerking", ["een"])
        await live.world.advance()

    async def go_on() -> None:
        for _ in ("result", "collect"):
            await live.world.advance()

    live.do(vote())
    expect(journal.page.get_by_role("button", name="Punt geven aan Samenwerking")).to_be_visible()
    go_offline(journal.page)
    journal.give("Samenwerking")
    address = journal.page.url
    journal.page.goto("about:blank")
    live.do(go_on())
    journal.page.context.set_offline(False)
    with journal.page.expect_response("**/allocation") as answer:
        journal.page.goto(address)
    assert answer.value.json()["refusal"] == "vote_is_closed"
    journal.settle()
    expect(journal.page.get_by_role("heading", name="Wat nu?")).to_be_visible()
