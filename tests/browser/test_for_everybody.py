"""Small screens, large letters, a phone on its side, no motion, a screen reader, a cleared browser: all take part."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from app.domain.agenda import QuestionSettings
from tests.browser.live_world import LiveWorld, go_offline, join, served
from tests.browser.scenes import Gallery, running_gallery
from tests.browser.screenshots import ACTS, open_page, pages_of
from tests.world import POSITIVE

Take = Callable[..., Page]

# A laptop of 1280 by 1024 at 400 % has 320 by 256 left.
SIZES = {"small": (320, 568), "zoomed": (320, 256), "on its side": (667, 375), "usual": (390, 844)}
LARGE_TEXT = "document.documentElement.style.fontSize = '200%'"
# What sticks out of the page at a side or is cut off by its own box, but for what is there for the ear only.
STICKS_OUT = """() => [...document.querySelectorAll("body *")].filter(part => {
    const box = part.getBoundingClientRect(), { overflowX, clipPath, position } = getComputedStyle(part);
    if (part.closest("svg, .visually-hidden, input, textarea") || clipPath !== "none" || box.width < 2) return false;
    const isCut = overflowX !== "visible" && part.scrollWidth > part.clientWidth + 1;
    return position !== "absolute" && (box.right > innerWidth + 1 || box.left < -1 || isCut);
}).map(part => part.outerHTML.slice(0, 90))"""
# What takes the focus while something that stays on the screen lies on its middle, its top or its foot.
COVERED = """() => [...document.querySelectorAll("a[href], button, input, textarea, summary")].filter(part => {
    if (!part.checkVisibility({ visibilityProperty: true })) return false;
    part.focus();
    if (document.activeElement !== part) return false;
    const { left, top, bottom, width, height } = part.getBoundingClientRect();
    const hidden = [top + 2, (top + bottom) / 2, bottom - 2].map(y => {
        const over = document.elementFromPoint(left + width / 2, y)?.closest("header, .phone-top, .point-purse, .result-next");
        return y < 0 || y > innerHeight || Boolean(over && !over.contains(part));
    });
    // A field is scrolled to its caret, and what is taller than half the screen may begin above it.
    return height > innerHeight / 2 || part.matches("textarea") ? hidden.every(Boolean) : hidden.some(Boolean);
}).map(part => part.outerHTML.slice(0, 90))"""
MOVING = "document.getAnimations().filter(one => one.effect.getComputedTiming().duration > 0).length"


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gallery]:
    with running_gallery(tmp_path_factory.mktemp("gallery")) as gallery:
        yield gallery


def participants_pages(browser: Browser, gallery: Gallery, **options: Any) -> Iterator[tuple[str, Page]]:
    """Every page that a participant meets, one after the other, in trouble too."""
    todo = [(name, path, scene, who, None) for name, path, scene, who in pages_of(gallery)]
    for name, (page_name, scene_name, act) in ACTS.items():
        scene = next((scene for scene in gallery.scenes if scene.name == scene_name), None)
        path, who = scene.pages[page_name] if scene else (page_name, "anyone")
        todo.append((name, path, scene, who, act))
    for name, path, scene, who, act in todo:
        if not name.startswith(("phone", "join")):
            continue
        page = open_page(browser, gallery, scene, who, viewport={"width": 390, "height": 844}, **options)
        page.goto(gallery.url + path)
        if act:
            act(page)
        yield name, page
        page.context.close()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_nothing_sticks_out_or_hides_the_focus_on_any_screen_and_with_large_text(
    browser: Browser, shown: Gallery, language: str
) -> None:
    wrong: dict[str, list[str]] = {}
    for name, page in participants_pages(browser, shown, locale=language, reduced_motion="reduce"):
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            wrong[f"{name} {size}"] = sticks_out(page, width) + page.evaluate(COVERED)
        page.evaluate(LARGE_TEXT)
        wrong[f"{name} large text"] = sticks_out(page, width)
        wrong[f"{name} moves"] = ["something"] * page.evaluate(MOVING)
    assert {where: what for where, what in wrong.items() if what} == {}


def sticks_out(page: Page, width: int) -> list[str]:
    sideways = page.evaluate("document.documentElement.scrollWidth")
    found: list[str] = page.evaluate(STICKS_OUT)
    return found + [f"scrolls sideways to {sideways}"] * (sideways > width)
