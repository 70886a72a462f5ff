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
    assert on_page(page) == stored(live) == reported(page, live) == printed()
    assert strokes <= 2 * len(texts_of(FIRST_QUESTION))
    expect(page.locator("#inbox-heading")).to_be_focused()
    expect(page.locator("#announcement")).to_have_text(re.compile(r"Nog 0 te ordenen\.$"), timeout=12_000)
