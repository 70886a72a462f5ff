"""A full board: axe finds nothing wrong with it at any width, and the big screen stays readable and follows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from app.commands import themes
from tests.browser.full_board import NAMES, fill
from tests.browser.live_world import LiveWorld, served
from tests.browser.screenshots import dialog, full_board
from tests.browser.test_accessibility import INCOMPLETE_IS_FINE, check, check_light_and_dark
from tests.browser.test_big_screen import OVERFLOW
from tests.browser.test_leading_together import control_room

Open = Callable[..., BrowserContext]
NARROWER = {834: 1194, 768: 1024, 320: 568}
SMALLEST = """() => Math.min(...[...document.querySelectorAll("#fit *, .big-screen-footer *")]
    .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())
        && one.getClientRects().length && !one.closest(".big-screen-letter, .visually-hidden"))
    .map((one) => parseFloat(getComputedStyle(one).fontSize))) * 1920 / innerWidth"""
SUMS = """() => [...document.querySelectorAll(".big-screen-theme")].map((theme) => [
    Number(theme.querySelector(".big-screen-theme-count").textContent),
    theme.querySelectorAll("li:not([hidden])").length,
    Number(theme.querySelector(".big-screen-not-shown").textContent.replace(/\\D/g, ""))])"""


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveWorld]:
    with served(tmp_path_factory.mktemp("full"), seats=17) as running:
        running.do(fill(running.world, 202, NAMES[:12]))
        yield running


def big_screen(live: LiveWorld, open_context: Open, width: int = 1920, **options: Any) -> Page:
    page = open_context(viewport={"width": width, "height": width * 9 // 16}, **options).new_page()
    page.goto(f"{live.url}/big-screen/{live.do(live.world.row()).big_screen_key}")
    page.evaluate("document.fonts.ready")
    expect(page.locator(".big-screen-theme")).to_have_count(12)
    return page


async def move(live: LiveWorld, command: Any, **arguments: Any) -> Any:
    world = live.world
    return await world.run(command, page=await world.page(), moderator_id=world.moderator, **arguments)


def loose(live: LiveWorld) -> str:
    """A statement that lies in the inbox for a moment: it is put back there first."""
    key = live.do(live.world.statement_id("acties"))
    live.do(move(live, themes.put, chosen=[key], theme_id=None))
    return key


def test_a_full_board_violates_no_guideline(live: LiveWorld, open_context: Open) -> None:
    page = control_room(live, open_context(viewport={"width": 1440, "height": 900}), live.world.moderator)
    full_board(page)
    page.evaluate("document.querySelector('.theme-menu').open = true")
    found = [check_light_and_dark(page)]
    for width in NARROWER:
        page.set_viewport_size({"width": width, "height": NARROWER[width]})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        found.append(check(page))
    page.evaluate("document.querySelector('.theme-menu').open = false")
    dialog(page)
    found.append(check_light_and_dark(page))
    assert [violations for violations, _ in found] == [[]] * len(found)
    assert {line.split(":")[0] for _, undecided in found for line in undecided} <= set(INCOMPLETE_IS_FINE)


def test_the_board_ends_with_the_screen_and_its_bar_stays_one_line_and_where_it_is(
    live: LiveWorld, open_context: Open
) -> None:
    page = control_room(live, open_context(viewport={"width": 1440, "height": 900}), live.world.moderator)
    page.locator("#inbox-list input[name=statement]").first.check()
    expect(page.locator("#selection-bar")).to_be_visible()
    assert page.locator("#selection-bar").evaluate("bar => bar.offsetHeight") < 70
    board = page.locator("#board")
    board.evaluate("board => board.scrollTo(0, 150)")
    page.get_by_role("button", name="Nieuw thema").filter(visible=True).last.click()
    expect(page.locator("#selection-new-name")).to_be_focused()
    assert board.evaluate("board => board.scrollTop") == 150
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")


@pytest.mark.parametrize("width", [1280, 1920, 3840])
def test_a_full_board_can_be_read_on_the_big_screen_and_says_what_it_leaves_out(
    live: LiveWorld, open_context: Open, width: int
) -> None:
    page = big_screen(live, open_context, width)
    assert page.evaluate(OVERFLOW) == [False, False, []]
    assert page.evaluate(SMALLEST) >= 27 - 0.01
    sums = page.evaluate(SUMS)
    assert all(count == shown + left_out and shown >= 2 for count, shown, left_out in sums)


def test_a_move_is_seen_under_its_theme_until_the_next_one(live: LiveWorld, open_context: Open) -> None:
    key, ids = loose(live), live.do(live.world.theme_ids())
    page = big_screen(live, open_context)
    page.evaluate("document.querySelectorAll('.big-screen-theme').forEach((one) => (one.drawnBefore = one.innerHTML))")
    live.do(move(live, themes.put, chosen=[key], theme_id=ids["Jeugd"]))
    card = page.locator(f"#theme-{ids['Jeugd']} #statement-{key}")
    expect(card).to_have_class(re.compile("is-moved"))
    expect(card).to_be_visible()
    assert card.evaluate("one => getComputedStyle(one).animationName") == "big-screen-arrives"
    changed = page.evaluate(
        """() => [...document.querySelectorAll(".big-screen-theme")]
            .filter((one) => one.drawnBefore.replace(/ hidden=""/g, "") !== one.innerHTML.replace(/ hidden=""/g, ""))
            .map((one) => one.querySelector(".big-screen-theme-name").textContent)"""
    )
    assert "Jeugd" in changed and len(changed) <= 3
    assert page.evaluate(OVERFLOW) == [False, False, []]
    live.do(move(live, themes.rename, theme_id=ids["Verkeer"], name="Verkeer en parkeren"))
    expect(page.locator(f"#theme-{ids['Verkeer']} h2")).to_contain_text("Verkeer en parkeren")
    expect(page.locator(".is-moved")).to_have_count(0)
    live.do(move(live, themes.undo))


def test_with_reduced_motion_a_statement_is_there_at_once(live: LiveWorld, open_context: Open) -> None:
    key, ids = loose(live), live.do(live.world.theme_ids())
    page = big_screen(live, open_context, reduced_motion="reduce")
    live.do(move(live, themes.put, chosen=[key], theme_id=ids["Jeugd"]))
    card = page.locator(f"#theme-{ids['Jeugd']} #statement-{key}")
    expect(card).to_have_class(re.compile("is-moved"))
    assert card.evaluate("one => getComputedStyle(one).animationName") == "none"


def test_themes_come_go_and_change_places_where_they_lie(live: LiveWorld, open_context: Open) -> None:
    ids = live.do(live.world.theme_ids())
    page = big_screen(live, open_context)
    names = page.locator(".big-screen-theme-name")
    before = names.all_inner_texts()
    live.do(move(live, themes.order, theme_id=ids["Samenwerking"], step=1))
    expect(names.nth(1)).to_have_text("Samenwerking")
    live.do(move(live, themes.merge, theme_id=ids["Veiligheid"], into=ids["Jeugd"]))
    expect(page.locator(f"#theme-{ids['Veiligheid']}")).to_have_count(0)
    made = live.do(move(live, themes.create, name="Geld", chosen=[]))
    expect(names.last).to_have_text("Geld")
    expect(page.locator(f"#theme-{made}")).to_have_class(re.compile("is-new"))
    for _ in range(3):
        live.do(move(live, themes.undo))
    expect(names).to_have_text(before)
