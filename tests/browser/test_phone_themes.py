"""Answering per theme, and a pause in collecting, on phones in real Chromium."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlmodel import select

from app.commands import phases, themes
from app.domain.agenda import QuestionSettings
from app.store.tables import Statement
from tests.browser.live_world import LiveWorld, go_offline, join, served

Take = Callable[..., Page]
HALF = "meer aandacht voor soc"
LONG = "Afstemming tussen gemeente, politie en woningcorporaties in de wijkaanpak"
GUIDED = QuestionSettings("Wat moet er gebeuren?", themes=("Samenwerking", "Snelheid", LONG))


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveWorld]:
    with served(tmp_path, questions=(GUIDED, QuestionSettings("Wat nu?", phases=("collect", "result")))) as running:
        yield running


@pytest.fixture
def collecting(live: LiveWorld, phone: Take) -> Page:
    """A phone in the collect phase of a question with three given themes."""
    live.do(live.world.advance())
    return join(phone(), live)


def choice(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name="Waarover gaat dit?").get_by_role("radio", name=name)


def write(page: Page, text: str) -> None:
    page.locator("#composer-text").fill(text)
    page.locator("#composer-send").click()


def card(page: Page, text: str) -> Locator:
    return page.locator(".own-statement").filter(has_text=text)


def themes_of(live: LiveWorld) -> dict[str, str | None]:
    """What the database holds: the name of each statement's theme."""

    async def read() -> dict[str, str | None]:
        names = {number: name for name, number in (await live.world.theme_ids()).items()}
        async with live.world.parts.database.reader() as db:
            rows = (await db.exec(select(Statement))).all()
        return {row.text: names.get(row.theme_id or 0) for row in rows if not row.retracted}

    return live.do(read())


async def switch(live: LiveWorld, accepted: bool) -> None:
    await live.world.run(phases.accept_statements, page=await live.world.page(), accepted=accepted)


def test_a_theme_is_chosen_stays_chosen_and_is_never_forced(live: LiveWorld, collecting: Page) -> None:
    write(collecting, "nog zonder keuze")
    expect(card(collecting, "nog zonder keuze")).to_contain_text("Zojuist")
    choice(collecting, "Snelheid").check()
    write(collecting, "sneller terugbellen")
    expect(card(collecting, "sneller terugbellen").locator(".own-theme")).to_have_text("Snelheid")
    collecting.reload()
    expect(choice(collecting, "Snelheid")).to_be_checked()
    choice(collecting, "Iets anders").check()
    write(collecting, "heel iets anders")
    expect(card(collecting, "heel iets anders")).to_contain_text("Zojuist")
    expect(card(collecting, "heel iets anders").locator(".own-theme")).to_be_hidden()
    changed = card(collecting, "sneller terugbellen")
    changed.get_by_role("button", name="Trek in").click()
    changed.get_by_role("button", name="Zet terug").click()
    expect(changed.get_by_role("button", name="Trek in")).to_be_visible()
    assert themes_of(live) == {
        "nog zonder keuze": None,
        "sneller terugbellen": "Snelheid",
        "heel iets anders": None,
    }


def test_what_waits_offline_keeps_its_theme(live: LiveWorld, collecting: Page) -> None:
    choice(collecting, "Samenwerking").check()
    go_offline(collecting)
    write(collecting, "in de bus geschreven")
    choice(collecting, "Snelheid").check()
    collecting.context.set_offline(False)
    expect(collecting.locator("#own-list")).to_contain_text("in de bus geschreven")
    assert themes_of(live) == {"in de bus geschreven": "Samenwerking"}


def test_a_draft_that_is_held_keeps_its_theme_also_after_a_reload(live: LiveWorld, collecting: Page) -> None:
    choice(collecting, "Snelheid").check()
    collecting.locator("#composer-text").fill(HALF)
    live.do(live.world.advance())
    expect(collecting.locator("#banner-held")).to_be_visible()
    collecting.reload()
    kept = card(collecting, HALF)
    expect(kept.locator(".own-theme")).to_have_text("Snelheid")
    kept.get_by_role("button", name="Stuur nog in").click()
    expect(card(collecting, HALF)).to_contain_text("komt er later bij")
    assert themes_of(live) == {HALF: "Snelheid"}


def test_a_theme_that_went_away_takes_no_text_with_it(live: LiveWorld, collecting: Page) -> None:
    async def remove_and_go_on() -> None:
        await live.world.advance()
        theme = (await live.world.theme_ids())["Snelheid"]
        page = await live.world.page()
        await live.world.run(themes.remove, page=page, moderator_id=live.world.moderator, theme_id=theme)

    choice(collecting, "Snelheid").check()
    collecting.locator("#composer-text").fill(HALF)
    live.do(remove_and_go_on())
    collecting.get_by_role("button", name="Stuur nog in").click()
    kept = card(collecting, HALF)
    expect(kept).to_contain_text("Dit thema is er niet meer. Uw tekst is bewaard")
    kept.get_by_role("button", name="Probeer opnieuw").click()
    expect(card(collecting, HALF)).to_contain_text("komt er later bij")
    assert themes_of(live) == {HALF: None}


def test_the_choice_fits_a_small_phone_and_the_keyboard(collecting: Page) -> None:
    collecting.set_viewport_size({"width": 320, "height": 568})
    assert collecting.evaluate("document.documentElement.scrollWidth") <= 320
    for option in collecting.locator(".theme-option").all():
        assert (option.bounding_box() or {})["height"] >= 44
    choice(collecting, "Samenwerking").focus()
    collecting.keyboard.press("Space")
    collecting.keyboard.press("ArrowDown")
    expect(choice(collecting, "Snelheid")).to_be_checked()
    expect(choice(collecting, "Snelheid")).to_be_focused()


def test_a_pause_in_collecting_takes_nothing_and_gives_the_composer_back(live: LiveWorld, collecting: Page) -> None:
    field = collecting.locator("#composer-text")
    write(collecting, "op tijd")
    field.press_sequentially(HALF)
    live.do(switch(live, accepted=False))
    banner = collecting.locator("#banner-held")
    expect(banner).to_contain_text("Het verzamelen is even dicht. Uw tekst staat er nog.")
    expect(field).to_be_focused()
    expect(collecting.get_by_role("button", name="Niet insturen")).to_be_visible()
    live.do(switch(live, accepted=True))
    expect(banner).to_be_hidden()
    expect(field).to_have_value(HALF)
    live.do(switch(live, accepted=False))
    collecting.get_by_role("button", name="Stuur nog in").click()
    expect(collecting.get_by_role("heading", name="Het verzamelen is even dicht")).to_be_focused()
    expect(card(collecting, HALF)).to_contain_text("komt er later bij")
    expect(card(collecting, "op tijd")).to_contain_text("Vast zolang het verzamelen dicht is")
    expect(card(collecting, "op tijd").get_by_role("button", name="Wijzig")).to_be_hidden()
    live.do(switch(live, accepted=True))
    expect(field).to_be_visible()
    expect(card(collecting, "op tijd").get_by_role("button", name="Wijzig")).to_be_visible()
    assert live.texts == [HALF, "op tijd"]


def test_a_draft_left_behind_in_a_pause_is_in_the_field_again_after_it(live: LiveWorld, collecting: Page) -> None:
    collecting.locator("#composer-text").fill(HALF)
    live.do(switch(live, accepted=False))
    expect(collecting.locator("#banner-held")).to_be_visible()
    collecting.reload()
    expect(collecting.get_by_role("heading", name="Het verzamelen is even dicht")).to_be_visible()
    expect(collecting.locator("#kept-list")).to_contain_text(HALF)
    live.do(switch(live, accepted=True))
    expect(collecting.locator("#composer-text")).to_have_value(HALF)
    expect(collecting.locator("#kept")).to_be_hidden()


def test_who_comes_in_a_pause_sees_a_calm_page(live: LiveWorld, phone: Take) -> None:
    live.do(live.world.advance())
    live.do(switch(live, accepted=False))
    page = join(phone(), live)
    expect(page.get_by_role("heading", name="Het verzamelen is even dicht")).to_be_visible()
    expect(page.locator("#own")).to_be_hidden()
    live.do(switch(live, accepted=True))
    expect(page.locator("#composer-text")).to_be_visible()


def test_where_no_grouping_follows_text_is_taken_for_a_minute(live: LiveWorld, phone: Take) -> None:
    async def to_second_question() -> None:
        while (await live.world.question()) is None or (await live.world.question()).text != "Wat nu?":
            await live.world.advance("start_vote")

    live.do(to_second_question())
    page = phone()
    page.clock.install()
    join(page, live)
    expect(page.locator("#question-themes")).to_have_count(0)
    page.locator("#composer-text").fill(HALF)
    live.do(live.world.advance())
    expect(page.locator("#banner-held")).to_contain_text("Het verzamelen is gesloten. Uw tekst staat er nog.")
    page.get_by_role("button", name="Stuur nog in").click()
    expect(page.locator("#scene")).to_have_attribute("data-scene", re.compile("-result$"))
    kept = page.locator("#kept-list .own-statement")
    expect(kept).to_contain_text("komt er later bij")
    expect(kept).to_contain_text("binnen een minuut")
    assert live.texts == [HALF]
    kept.get_by_role("button", name="Trek in").click()
    expect(page.locator("#kept")).to_be_hidden()
    assert live.texts == []


def test_after_that_minute_the_text_stays_with_a_sentence(live: LiveWorld, phone: Take) -> None:
    async def to_second_question() -> None:
        while (await live.world.question()) is None or (await live.world.question()).text != "Wat nu?":
            await live.world.advance("start_vote")

    live.do(to_second_question())
    page = phone()
    page.clock.install()
    join(page, live)
    page.locator("#composer-text").fill(HALF)
    live.do(live.world.advance())
    expect(page.get_by_role("button", name="Stuur nog in")).to_be_visible()
    page.clock.fast_forward(61_000)
    expect(page.get_by_role("button", name="Stuur nog in")).to_be_hidden()
    page.get_by_role("button", name="Bewaar hier en ga verder").click()
    expect(page.locator("#kept-list")).to_contain_text("Het verzamelen is gesloten. Uw tekst staat er nog.")
    assert live.texts == []
