"""The whole board by keyboard: every key, what it says, and a real question clustered without a mouse."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.board_report import (
    FIRST_QUESTION,
    loose_board,
    on_page,
    printed,
    reported,
    signed_in,
    stored,
    theme_of,
)
from tests.browser.conftest import LAPTOP
from tests.browser.live_world import LiveWorld
from tests.world import texts_of

FOCUSED = "document.activeElement.closest('.statement-card')?.querySelector('.statement-text').textContent.trim()"
LETTERS = {name: letter for (name, _), letter in zip(printed(), "ABCDEFGHI", strict=True)}


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveWorld]:
    with loose_board(tmp_path) as running:
        yield running


@pytest.fixture
def page(live: LiveWorld, open_context: Callable[..., BrowserContext]) -> Page:
    """The control room of a keyboard: what a mouse or a finger does is not used here."""
    return signed_in(open_context(viewport=LAPTOP), live)


def focused(page: Page) -> str | None:
    """The text of the card that has the focus."""
    text: str | None = page.evaluate(FOCUSED)
    return text


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def make_themes(page: Page) -> None:
    for name, _ in printed():
        press(page, "n")
        page.keyboard.type(name)
        press(page, "Enter")


def test_a_real_question_is_clustered_by_keyboard_alone(page: Page, live: LiveWorld) -> None:
    press(page, "Tab", "Enter")
    expect(page.locator("#stage")).to_be_focused()
    make_themes(page)
    press(page, "ArrowDown")
    strokes = 0
    # As fast as the keys go, never waiting for an answer: each hits the card that has the focus.
    for _ in texts_of(FIRST_QUESTION):
        text = focused(page)
        assert text is not None
        press(page, LETTERS[theme_of(text)].lower())
        strokes += 1
    expect(page.locator("#inbox-heading")).to_have_text("Nog te ordenen (0)")
    # Shown before it is stored.
    expect(page.locator("[aria-busy]")).to_have_count(0)
    assert on_page(page) == stored(live) == reported(page, live) == printed()
    assert strokes <= 2 * len(texts_of(FIRST_QUESTION))
    expect(page.locator("#inbox-heading")).to_be_focused()
    expect(page.locator("#announcement")).to_have_text(re.compile(r"Nog 0 te ordenen\.$"), timeout=12_000)


def make(live: LiveWorld, **themes: list[str]) -> None:
    for name, texts in themes.items():
        live.do(live.world.make_theme(name, texts))


def card(page: Page, number: int) -> str:
    """The text of a card of the inbox, from 0."""
    return page.locator("#inbox-list .statement-text").nth(number).inner_text()


def selected(page: Page) -> list[str]:
    return page.locator(".statement-card.is-selected .statement-text").all_inner_texts()


def said(page: Page, text: str) -> None:
    expect(page.locator("#announcement")).to_contain_text(text, timeout=12_000)


def test_arrows_go_over_cards_and_themes_and_tab_stops_once_in_each_list(page: Page, live: LiveWorld) -> None:
    make(live, Samenwerking=["overlast samen oplossen", "betere informatie"], Leeg=[])
    expect(page.locator(".theme-cluster")).to_have_count(2)
    page.locator("#stage").focus()
    press(page, "ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp")
    assert focused(page) == card(page, 1)
    press(page, "ArrowRight")
    expect(page.get_by_role("heading", name="Samenwerking", exact=True)).to_be_focused()
    press(page, "ArrowDown", "ArrowDown", "ArrowDown")
    assert focused(page) == "betere informatie"
    press(page, "ArrowUp", "ArrowUp")
    expect(page.get_by_role("heading", name="Samenwerking", exact=True)).to_be_focused()
    press(page, "ArrowRight", "ArrowRight")
    expect(page.get_by_role("heading", name="Leeg")).to_be_focused()
    press(page, "ArrowLeft", "ArrowLeft")
    assert focused(page) == card(page, 1)
    stops = "document.querySelectorAll('#inbox-list input[tabindex=\"0\"]').length"
    assert page.evaluate(stops) == 1
    press(page, "Tab", "Shift+Tab")
    assert focused(page) == card(page, 1)


def test_cards_are_selected_by_keys(page: Page) -> None:
    page.locator("#inbox-list input").first.focus()
    press(page, "Space")
    assert selected(page) == [card(page, 0)]
    press(page, "Shift+ArrowDown", "Shift+ArrowDown")
    assert selected(page) == [card(page, 0), card(page, 1), card(page, 2)]
    press(page, "Shift+ArrowUp")
    assert selected(page) == [card(page, 0), card(page, 1)]
    press(page, "Escape")
    assert selected(page) == []
    press(page, "Control+a")
    assert len(selected(page)) == len(texts_of(FIRST_QUESTION))
    press(page, "Escape", "/")
    # Capitals and accents don't matter, and what is filtered away is not selected.
    page.keyboard.type("GEINTEGREERD")
    expect(page.locator("#search-found")).to_have_text("1 van 23 uitspraken gevonden")
    press(page, "Enter", "Control+a")
    assert selected(page) == [focused(page)] == ["geïntegreerd spreekuur"]
    press(page, "Escape", "/", "Escape")
    expect(page.locator("#inbox-list > li:visible")).to_have_count(23)
    expect(page.locator("#statement-search")).to_be_focused()
    press(page, "Escape")
    assert focused(page) == "geïntegreerd spreekuur"


def test_cards_go_under_a_letter_and_back_and_each_step_can_be_undone(page: Page, live: LiveWorld) -> None:
    make(live, Samenwerking=[], Status=[])
    expect(page.locator(".theme-cluster")).to_have_count(2)
    page.locator("#inbox-list input").first.focus()
    moved, following = sorted(card(page, number) for number in range(3)), card(page, 3)
    press(page, "Space", "Shift+ArrowDown", "Shift+ArrowDown", "b")
    assert focused(page) == following
    said(page, "3 kaarten bij Status. Nog 20 te ordenen.")
    assert dict(stored(live))["Status"] == moved
    # Undone, done again and undone in one go, without a look at what came of it.
    steps: list[str] = []
    page.on("response", lambda answer: steps.append(answer.url) if re.search("/(un|re)do$", answer.url) else None)
    press(page, "Control+z", "Control+Shift+Z", "Control+z", "Control+y")
    while len(steps) < 4:
        page.wait_for_event("response")
    expect(page.locator("#inbox-heading")).to_have_text("Nog te ordenen (20)")
    assert dict(stored(live))["Status"] == moved
    assert focused(page) == following
    press(page, "ArrowRight", "ArrowRight", "ArrowDown", "Control+a", "0")
    expect(page.get_by_role("heading", name="Status", exact=True)).to_be_focused()
    expect(page.locator("#inbox-heading")).to_have_text("Nog te ordenen (23)")
    # Shown before it is stored.
    expect(page.locator("[aria-busy]")).to_have_count(0)
    assert dict(stored(live))["Status"] == []
    press(page, "ArrowLeft", "ArrowLeft", "k")
    said(page, "Er is geen thema K.")


def test_themes_are_made_named_ordered_and_combined_by_keys(page: Page, live: LiveWorld) -> None:
    page.locator("#inbox-list input").first.focus()
    first, second = card(page, 0), card(page, 1)
    press(page, "n", "Escape")
    assert focused(page) == first
    assert selected(page) == []
    # The letter of a theme that is only just being made waits for it.
    press(page, "n")
    page.keyboard.type("Eerste")
    press(page, "Enter", "a", "n")
    page.keyboard.type("Tweede")
    press(page, "Enter")
    expect(page.locator(".theme-cluster")).to_have_count(2)
    names = page.locator(".theme-cluster-name")
    expect(page.locator(".theme-cluster").first.locator(".statement-card")).to_have_count(2)
    assert dict(stored(live))["Eerste"] == sorted([first, second])
    press(page, "ArrowRight", "r")
    page.keyboard.type("Voorste")
    press(page, "Enter")
    expect(names).to_have_text(["Voorste", "Tweede"])
    expect(names.first).to_be_focused()
    press(page, "Alt+ArrowDown")
    expect(names).to_have_text(["Tweede", "Voorste"])
    press(page, "ArrowDown", "Alt+ArrowDown")
    assert focused(page) == first
    expect(page.locator("#history .undo-button").first).to_have_attribute("title", re.compile("andere plaats"))
    press(page, "m")
    expect(page.get_by_role("dialog", name="Voeg Voorste samen met…")).to_be_visible()
    press(page, "Escape")
    assert focused(page) == first
    press(page, "m", "b")
    expect(names).to_have_text(["Tweede"])
    expect(names.first).to_be_focused()
    assert len(dict(stored(live))["Tweede"]) == 3
    assert on_page(page) == stored(live)


def test_help_and_counts_are_asked_for_and_suggestions_answered_by_a_key(page: Page) -> None:
    page.locator("#inbox-list input").first.focus()
    first = focused(page)
    press(page, "?")
    expect(page.get_by_role("dialog", name="Toetsen van het bord")).to_be_visible()
    press(page, "Escape")
    assert focused(page) == first
    press(page, "t")
    said(page, "0 van 23 uitspraken geordend.")
    groups = page.locator("#suggested-groups [data-suggestion]:visible")
    expect(groups.first).to_be_visible()
    page.get_by_label("Toon voorstellen").uncheck()
    page.locator("#inbox-list input").first.focus()
    press(page, "v")
    said(page, "Er is nu geen voorstel.")
    page.get_by_label("Toon voorstellen").check()
    page.locator("#inbox-list input").first.focus()
    unwanted, wanted = (groups.nth(number).get_by_label("Voorgestelde naam").input_value() for number in range(2))
    press(page, "x")
    said(page, "Genegeerd.")
    press(page, "v")
    expect(page.locator(".theme-cluster-name")).to_have_text([wanted])
    assert unwanted != wanted


def test_keys_do_nothing_where_they_are_not_meant(page: Page, live: LiveWorld) -> None:
    make(live, Samenwerking=[])
    expect(page.locator(".theme-cluster")).to_have_count(1)
    before = stored(live)
    page.locator("#statement-search").focus()
    page.keyboard.type("a0nrm?")
    expect(page.locator("#statement-search")).to_have_value("a0nrm?")
    press(page, "Escape")
    page.locator(".next-step-button").focus()
    press(page, "a", "n", "?")
    expect(page.locator("dialog[open]")).to_have_count(0)
    box = page.locator("#inbox-list input").first
    for keys in ("Control+b", "Alt+a", "Meta+l", "Enter"):
        box.focus()
        press(page, keys)
        expect(box).to_be_focused()
    press(page, "?", "a", "Escape")
    assert stored(live) == before


def test_no_key_hits_another_card_when_somebody_else_took_this_one(page: Page, live: LiveWorld) -> None:
    make(live, Samenwerking=[])
    expect(page.locator(".theme-cluster")).to_have_count(1)
    page.locator("#inbox-list input").nth(4).focus()
    mine, following = card(page, 4), card(page, 5)
    make(live, Theirs=[mine])
    expect(page.locator("#inbox-heading")).to_be_focused()
    press(page, "a")
    said(page, "Kies eerst een kaart.")
    press(page, "ArrowDown")
    assert focused(page) == following
    assert dict(stored(live)) | {"": []} == {"Samenwerking": [], "Theirs": [mine], "": []}
