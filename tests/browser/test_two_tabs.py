"""Two tabs of one device: they show the same, and neither undoes what was done in the other."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from app.domain.agenda import QuestionSettings
from tests.browser.journal import Journal, compare
from tests.browser.live_world import LiveWorld, join, served
from tests.browser.test_nothing_is_lost import to_vote
from tests.world import POSITIVE

TEXTS = ["een", "twee", "drie"]


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveWorld]:
    with served(tmp_path, questions=(QuestionSettings(POSITIVE, budget=3),)) as running:
        running.do(running.world.advance())
        yield running


@pytest.fixture
def journal(live: LiveWorld, phone: Callable[..., Page]) -> Journal:
    return Journal(join(phone(), live))


@pytest.fixture
def tabs(journal: Journal) -> tuple[Page, Page]:
    """Two tabs of the same phone in the collect phase; the journal is at the first."""
    other = journal.page.context.new_page()
    other.goto(journal.page.url)
    expect(other.locator(".connection-ok")).to_be_visible()
    return journal.page, other


def test_a_half_sentence_goes_on_in_the_other_tab(journal: Journal, tabs: tuple[Page, Page], tmp_path: Path) -> None:
    one, other = tabs
    other.locator("#composer-text").focus()
    journal.type("begonnen in de een")
    expect(other.locator("#composer-text")).to_have_value("begonnen in de een")
    journal.on(other).type(", verder in de ander")
    expect(one.locator("#composer-text")).to_have_value("begonnen in de een, verder in de ander")
    one.reload()
    assert compare([journal], tmp_path / "moderato.db") == []
    journal.send()
    expect(one.locator("#composer-text")).to_have_value("")
    expect(one.locator("#own-list")).to_contain_text("verder in de ander")
    journal.settle()
    assert compare([journal], tmp_path / "moderato.db") == []


def test_a_change_goes_on_in_the_other_tab_and_closes_in_both(
    journal: Journal, tabs: tuple[Page, Page], tmp_path: Path
) -> None:
    one, other = tabs
    journal.send("eerst zo")
    journal.settle()
    journal.open_editor("eerst zo").fill("dan zus")
    expect(other.locator("#own-list textarea")).to_have_value("dan zus")
    other.locator("#own-list textarea").fill("en dan zo")
    expect(one.locator("#own-list textarea")).to_have_value("en dan zo")
    one.get_by_role("button", name="Bewaar").click()
    journal.sent = ["en dan zo"]
    expect(other.locator("#own-list textarea")).to_have_count(0)
    expect(other.locator("#own-list")).to_contain_text("en dan zo")
    journal.settle()
    assert compare([journal], tmp_path / "moderato.db") == []


def test_both_send_the_same_outbox_at_once(journal: Journal, tabs: tuple[Page, Page], tmp_path: Path) -> None:
    one, other = tabs
    held: list[Route] = []
    one.context.route("**/statements", lambda route: held.append(route))
    journal.send("door twee tabs verstuurd")
    expect(other.locator("#outbox-list")).to_contain_text("door twee tabs verstuurd")
    other.evaluate("document.dispatchEvent(new Event('moderato:outbox'))")
    while len(held) < 2:
        one.wait_for_timeout(20)
    for route in held:
        route.continue_()
    journal.settle()
    expect(other.locator("#own-heading")).to_have_text("Uw uitspraken (1)")
    assert compare([journal], tmp_path / "moderato.db") == []


@pytest.mark.parametrize("is_delivered", [False, True])
def test_a_tab_that_writes_what_was_there_before_undoes_nothing(
    journal: Journal, tabs: tuple[Page, Page], tmp_path: Path, is_delivered: bool
) -> None:
    one, other = tabs
    journal.send("oude vorm")
    journal.settle()
    find = "() => Object.entries(localStorage).find(([key]) => key.includes(':statement:'))"
    key, before = other.evaluate(find)
    journal.change("oude vorm", "nieuwe vorm")
    if is_delivered:
        journal.settle()
    # The other tab had not seen the change yet when it noted that the statement was stored.
    other.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, before])
    expect(other.locator("#own-list")).to_contain_text("nieuwe vorm")
    journal.settle()
    assert json.loads(one.evaluate(find)[1])["revision"] == 2
    assert compare([journal], tmp_path / "moderato.db") == []


def test_points_and_readiness_agree(live: LiveWorld, journal: Journal, tabs: tuple[Page, Page], tmp_path: Path) -> None:
    one, other = tabs
    live.do(to_vote(live, TEXTS))
    journal.give("Samenwerking")
    expect(other.get_by_role("group", name="Samenwerking").locator(".points-number")).to_have_text("1")
    journal.on(other).give("Snelheid")
    expect(one.get_by_role("group", name="Snelheid").locator(".points-number")).to_have_text("1")
    done = "Ik ben klaar"
    one.get_by_role("button", name=done).click()
    expect(other.get_by_role("button", name=done)).to_have_attribute("aria-pressed", "true")
    journal.settle()
    assert compare([journal], tmp_path / "moderato.db", others=TEXTS) == []
    other.get_by_role("button", name=done).click()
    expect(one.get_by_role("button", name=done)).to_have_attribute("aria-pressed", "false")


def test_points_given_elsewhere_with_the_same_seat_are_shown_and_stand(
    live: LiveWorld, journal: Journal, phone: Callable[..., Page], tmp_path: Path
) -> None:
    live.do(to_vote(live, TEXTS))
    journal.page.reload()
    away = phone()
    away.context.add_cookies(journal.page.context.cookies())
    away.goto(journal.page.url)
    expect(away.locator(".connection-ok")).to_be_visible()
    # Else it may learn of the other's points before it gives its own.
    away.route("**/allocation?**", lambda asked: asked.abort())
    journal.give("Samenwerking")
    journal.settle()
    # The other phone has not heard of it, and counts its own first change as the first.
    with away.expect_response("**/allocation"):
        away.get_by_role("button", name="Punt geven aan Snelheid").click()
    expect(away.get_by_role("group", name="Samenwerking").locator(".points-number")).to_have_text("1")
    expect(away.get_by_role("group", name="Snelheid").locator(".points-number")).to_have_text("0")
    assert compare([journal], tmp_path / "moderato.db", others=TEXTS) == []
