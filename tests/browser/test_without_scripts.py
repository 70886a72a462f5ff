"""Phones whose scripts are off, blocked or late, in real Chromium: everything is sent once, and nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from app.domain.agenda import QuestionSettings
from app.domain.phases import Phase
from tests.browser.live_world import LiveWorld, served
from tests.browser.test_accessibility import INCOMPLETE_IS_FINE, check
from tests.world import POSITIVE

Open = Callable[..., BrowserContext]
SCRIPTS = "**/js/*.js"


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveWorld]:
    with served(tmp_path, questions=(QuestionSettings(POSITIVE, budget=3), QuestionSettings("Wat nu?"))) as running:
        yield running


def join(page: Page, live: LiveWorld) -> Page:
    page.goto(live.url)
    page.locator("#code").fill(live.code)
    page.locator(".join-form button").click()
    page.wait_for_url(re.compile(r"/s/\d{6}$"))
    return page


@pytest.fixture
def plain(live: LiveWorld, open_context: Open) -> Page:
    """A phone that runs no scripts, in the session before its first question."""
    return join(open_context(java_script_enabled=False, has_touch=True).new_page(), live)


def refresh(page: Page) -> None:
    page.locator("header .refresh").click()


def write(page: Page, text: str) -> None:
    page.get_by_label("Uw uitspraak").fill(text)
    page.get_by_role("button", name="Insturen").click()
    expect(page.locator("#notice")).to_contain_text("Ingestuurd")


async def to_the_vote(live: LiveWorld) -> None:
    await live.world.write_all(["een", "twee", "drie"])
    await live.world.advance()
    await live.world.make_theme("Samenwerking", ["een"])
    await live.world.make_theme("Snelheid", ["twee"])
    await live.world.advance("start_vote")


async def close(live: LiveWorld) -> None:
    theme = (await live.world.theme_ids())["Snelheid"]
    for seat in live.world.seats[:3]:
        await live.world.vote(seat, {theme: 1})
    await live.world.advance()


def test_an_evening_without_scripts(live: LiveWorld, plain: Page) -> None:
    expect(plain.get_by_text("De scripts van deze pagina werken hier niet.")).to_be_visible()
    expect(plain.get_by_text("Wat ontbreekt: een uitspraak wijzigen of intrekken")).to_be_visible()
    expect(plain.get_by_text("vanzelf verder zodra")).to_be_hidden()
    live.do(live.world.advance())
    refresh(plain)
    expect(plain.get_by_role("heading", name=POSITIVE)).to_be_visible()
    write(plain, "korte lijnen -> snel actie")
    write(plain, "wijkteam 'team'")
    assert live.texts == ["korte lijnen -> snel actie", "wijkteam 'team'"]
    plain.get_by_label("Uw uitspraak").fill("nog net")
    live.do(live.world.advance())
    plain.get_by_role("button", name="Insturen").click()
    expect(plain.locator("#notice")).to_contain_text("Ingestuurd en apart gehouden")
    assert "nog net" in live.texts

    async def vote() -> None:
        await live.world.make_theme("Samenwerking")
        await live.world.make_theme("Snelheid")
        # Late statements come in first, and the moderator asks once more.
        await live.world.advance_to(Phase.VOTE)

    live.do(vote())
    refresh(plain)
    plain.get_by_role("button", name="Punt geven aan Snelheid").click()
    plain.get_by_role("button", name="Punt geven aan Samenwerking").click()
    expect(plain.locator("#purse-left")).to_have_text("Nog 1 van 3 punten")
    plain.get_by_role("button", name="Punt weghalen bij Samenwerking").click()
    expect(plain.get_by_role("group", name="Snelheid: 1 punt.")).to_be_visible()
    plain.get_by_role("button", name="Ik ben klaar").click()
    expect(plain.get_by_text("Bedankt. Wijzigen kan tot de stemming sluit.")).to_be_visible()
    live.do(close(live))
    plain.get_by_role("button", name="Punt geven aan Samenwerking").click()
    expect(plain.locator("#notice")).to_contain_text("Uw laatste wijziging is niet meegeteld; wat hier staat, telt.")
    expect(plain.locator(".result-theme").first).to_contain_text("Snelheid (4)")
    expect(plain.get_by_text("4 deelnemers verdeelden 4 punten.")).to_be_visible()


def test_a_double_tap_and_a_reload_that_sends_again_store_one_statement(live: LiveWorld, plain: Page) -> None:
    live.do(live.world.advance())
    refresh(plain)
    plain.get_by_label("Uw uitspraak").fill("maar één keer")
    plain.get_by_role("button", name="Insturen").dblclick(no_wait_after=True)
    expect(plain.locator("#notice")).to_contain_text("Ingestuurd")
    assert live.texts == ["maar één keer"]
    plain.get_by_label("Uw uitspraak").fill("x" * 141)
    plain.get_by_role("button", name="Insturen").click()
    expect(plain.get_by_role("heading", name="Uw tekst staat er nog")).to_be_visible()
    plain.reload()
    field = plain.get_by_label("Uw uitspraak")
    expect(field).to_have_value("x" * 141)
    field.fill("kort genoeg")
    plain.get_by_role("button", name="Stuur opnieuw in").click()
    expect(plain.locator("#notice")).to_contain_text("Ingestuurd")
    assert live.texts == ["kort genoeg", "maar één keer"]


def test_refresh_takes_no_half_sentence(live: LiveWorld, plain: Page) -> None:
    live.do(live.world.advance())
    refresh(plain)
    plain.get_by_label("Uw uitspraak").fill("half een")
    refresh(plain)
    expect(plain.get_by_label("Uw uitspraak")).to_have_value("half een")
    live.do(to_the_vote(live))
    refresh(plain)
    expect(plain.get_by_role("heading", name="Uw tekst staat er nog")).to_be_visible()
    expect(plain.get_by_label("Uw uitspraak")).to_have_value("half een")


def test_in_english_by_the_link_of_the_qr_code(live: LiveWorld, open_context: Open) -> None:
    page = open_context(java_script_enabled=False, locale="en-GB").new_page()
    live.do(live.world.advance())
    page.goto(f"{live.url}/j/{live.do(live.world.row()).join_key}")
    page.get_by_role("button", name="Join").click()
    page.get_by_label("Your statement", exact=True).fill("short lines")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#notice")).to_contain_text("Sent. It came without scripts")
    expect(page.get_by_text("What is missing:")).to_be_visible()
    assert live.texts == ["short lines"]


def test_where_scripts_are_refused_the_same_stands_there_and_breaks_no_guideline(
    live: LiveWorld, open_context: Open
) -> None:
    page = open_context(has_touch=True).new_page()
    page.route(SCRIPTS, lambda route: route.abort())
    join(page, live)
    for _ in ("waiting", "collect"):
        expect(page.get_by_text("De scripts van deze pagina werken hier niet.")).to_be_visible()
        assert_no_violation(page)
        live.do(live.world.advance())
        refresh(page)
    live.do(to_the_vote_from_cluster(live))
    refresh(page)
    page.get_by_role("button", name="Punt geven aan Samenwerking").click()
    expect(page.get_by_role("group", name="Samenwerking: 1 punt.")).to_be_visible()
    expect(page.locator("header .refresh")).to_be_visible()
    assert_no_violation(page)


async def to_the_vote_from_cluster(live: LiveWorld) -> None:
    await live.world.make_theme("Samenwerking")
    await live.world.advance("start_vote")


def assert_no_violation(page: Page) -> None:
    violations, incomplete = check(page)
    assert violations == []
    assert {line.split(":")[0] for line in incomplete} <= set(INCOMPLETE_IS_FINE)


class Late:
    """Scripts that come when they are let through."""

    def __init__(self, page: Page) -> None:
        self.page, self.comes, self.waiting = page, False, list[Route]()
        page.route(SCRIPTS, self.hold)

    def hold(self, route: Route) -> None:
        if self.comes:
            route.continue_()
        else:
            self.waiting.append(route)

    def arrive(self) -> None:
        self.comes = True
        for route in self.waiting:
            route.continue_()
        expect(self.page.locator("html.has-scripts")).to_have_count(1)


def test_scripts_that_come_late_send_nothing_a_second_time(live: LiveWorld, open_context: Open) -> None:
    page = open_context(has_touch=True).new_page()
    live.do(live.world.advance())
    join(page, live)
    late = Late(page)
    page.goto(page.url, wait_until="commit")
    field = page.locator("#composer-text")
    field.fill("voor de scripts")
    field.focus()
    form = page.evaluate("Object.fromEntries(new FormData(document.getElementById('composer')))")
    sent = page.request.post(f"{page.url}/statements", form=form, max_redirects=0)
    assert sent.status == 303
    late.arrive()
    expect(field).to_be_focused()
    expect(field).to_have_value("voor de scripts")
    expect(page.locator(".without-scripts").first).to_be_hidden()
    page.locator("#composer-send").click()
    expect(page.locator("#own-list .own-statement")).to_contain_text("voor de scripts")
    page.locator("#composer-text").fill("erna")
    page.locator("#composer-send").click()
    expect(page.locator("#own-heading")).to_have_text("Uw uitspraken (2)")
    assert live.texts == ["erna", "voor de scripts"]


def test_what_the_form_has_sent_is_no_draft_any_more(live: LiveWorld, open_context: Open) -> None:
    page = open_context(has_touch=True).new_page()
    live.do(live.world.advance())
    join(page, live)
    late = Late(page)
    page.goto(page.url, wait_until="commit")
    page.locator("#composer-text").fill("onderweg")
    form = page.evaluate("Object.fromEntries(new FormData(document.getElementById('composer')))")
    late.arrive()
    answer = page.request.post(f"{page.url}/statements", form=form, max_redirects=0)
    page.goto(live.url + answer.headers["location"])
    expect(page.locator("html.has-scripts")).to_have_count(1)
    expect(page.locator("#composer-text")).to_have_value("")
    expect(page.locator("#notice")).to_contain_text("Ingestuurd")
    assert page.url.endswith(live.code)
    assert live.texts == ["onderweg"]


def test_points_of_the_form_are_those_of_the_scripts(live: LiveWorld, open_context: Open) -> None:
    page = open_context(has_touch=True).new_page()
    live.do(live.world.advance())
    live.do(to_the_vote(live))
    page.route(SCRIPTS, lambda route: route.abort())
    join(page, live)
    page.get_by_role("button", name="Punt geven aan Snelheid").click()
    page.wait_for_url("**#vote-*")
    page.unroute(SCRIPTS)
    page.reload()
    expect(page.locator("html.has-scripts")).to_have_count(1)
    with page.expect_response(re.compile("/allocation$")) as stored:
        page.get_by_role("button", name="Punt geven aan Snelheid").click()
    assert stored.value.json()["revision"] == 2
    expect(page.get_by_role("group", name="Snelheid: 2 punten.")).to_be_visible()
