"""What is pushed of the board is placed where it lies, and nothing else on the page is touched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from app.commands import themes
from app.domain.moves import Spot
from app.store import themes as stored
from tests.browser.conftest import LAPTOP
from tests.browser.live_world import LiveWorld, served
from tests.browser.test_leading_together import control_room

Open = Callable[..., BrowserContext]
TEXTS = [f"uitspraak {number}" for number in range(12)]
SHOWN = """() => Object.fromEntries([...document.querySelectorAll("#stage [data-cards]")].map((list) =>
  [list.dataset.theme, [...list.querySelectorAll("input[name=statement]")].map((box) => box.value)]))"""
ORDER = "() => [...document.querySelectorAll('.theme-cluster')].map((theme) => Number(theme.dataset.themeId))"


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveWorld]:
    with served(tmp_path) as running:
        running.do(running.world.advance())
        running.do(running.world.write_all(TEXTS))
        running.do(running.world.advance())
        for number in range(3):
            running.do(running.world.make_theme(f"Thema {number}", TEXTS[2 * number : 2 * number + 2]))
        yield running


@pytest.fixture
def page(live: LiveWorld, open_context: Open) -> Page:
    opened = control_room(live, open_context(viewport=LAPTOP), live.world.moderator)
    expect(opened.locator("#board-heading")).to_contain_text("6 van 12")
    return opened


def key(live: LiveWorld, number: int) -> str:
    return live.do(live.world.statement_id(TEXTS[number]))


def theme(live: LiveWorld, number: int) -> int:
    return live.do(live.world.theme_ids())[f"Thema {number}"]


def act(live: LiveWorld, command: Any, **asked: Any) -> Any:
    """Another moderator's move: no form of this page was sent."""
    seen = live.do(live.world.page())
    return live.do(live.world.run(command, page=seen, moderator_id=live.world.moderator, **asked))


def put(live: LiveWorld, numbers: list[int], where: int | None, spot: Spot[str] | None = None) -> None:
    act(live, themes.put, chosen=[key(live, one) for one in numbers], theme_id=where, spot=spot or Spot())


def agrees(live: LiveWorld, page: Page) -> None:
    """Wait until the page shows what is stored: which cards in which lists and order, which themes in which order."""

    async def read() -> tuple[dict[str, list[str]], list[int]]:
        async with live.world.parts.database.reader() as db:
            board = await stored.board(db, (await live.world.question()).id)
            return {str(list_ or ""): keys for list_, keys in board.lists().items()}, board.in_order()

    lists, order = live.do(read())
    seq = live.do(live.world.row()).seq
    expect(page.locator("body")).to_have_attribute("data-seq", str(seq))
    assert page.evaluate(SHOWN) == lists
    assert page.evaluate(ORDER) == order


def test_moves_of_another_leave_focus_selection_and_what_is_open_where_they_are(live: LiveWorld, page: Page) -> None:
    kept = page.locator(f"#statement-{key(live, 8)} input")
    kept.check()
    page.locator(f"#theme-{theme(live, 1)}-menu summary").click()
    page.locator(f"#theme-name-{theme(live, 1)}").fill("Half getypt")
    kept.focus()
    put(live, [7, 9], theme(live, 1), Spot(before=key(live, 2)))
    put(live, [0], None)
    agrees(live, page)
    expect(kept).to_be_focused()
    put(live, [8], theme(live, 0), Spot(behind=key(live, 1)))
    agrees(live, page)
    expect(kept).to_be_checked()
    # Above the list that the card was taken from, where no key hits another card.
    expect(page.locator("#inbox-heading")).to_be_focused()
    expect(page.locator(f"#statement-{key(live, 8)}")).to_have_class("statement-card is-selected")
    expect(page.locator("#selection-count")).to_have_text("1 geselecteerd. Leg bij…")
    expect(page.locator(f"#theme-name-{theme(live, 1)}")).to_be_visible()
    expect(page.locator(f"#theme-name-{theme(live, 1)}")).to_have_value("Half getypt")
    expect(page.locator(f"#theme-{theme(live, 1)}-count")).to_contain_text("4")


def test_themes_that_come_go_and_change_do_so_without_the_rest_of_the_board(live: LiveWorld, page: Page) -> None:
    page.evaluate("document.querySelector('#inbox-list').dataset.mark = 'the same element'")
    made = act(live, themes.create, name="Nieuw & anders", chosen=[key(live, 10), key(live, 1)])
    agrees(live, page)
    act(live, themes.rename, theme_id=theme(live, 2), name="Thema heet anders")
    act(live, themes.order_at, theme_id=made, spot=Spot(before=theme(live, 0)))
    agrees(live, page)
    act(live, themes.merge, theme_id=theme(live, 0), into=made)
    agrees(live, page)
    act(live, themes.undo)
    agrees(live, page)
    act(live, themes.remove, theme_id=theme(live, 1))
    act(live, themes.hide, chosen=[key(live, 10)], hidden=True)
    agrees(live, page)
    expect(page.locator("#inbox-list[data-mark]")).to_be_visible()
    expect(page.locator("#hidden-statements summary")).to_have_text("Verborgen (1)")
    page.locator(f"#theme-{made}-menu summary").click()
    expect(page.locator(f"#theme-into-{made} option")).to_have_text(["A Thema 0", "C Thema heet anders"])
    expect(page.locator(".selection-themes button")).to_have_count(3)
    # The forms that came so are live: sent without leaving the page.
    page.locator(f"#theme-{made} .theme-remove").click()
    expect(page.locator(f"#theme-{made}")).to_have_count(0)
    agrees(live, page)


def test_a_list_that_somebody_points_at_waits_until_it_is_let_go(live: LiveWorld, page: Page) -> None:
    before = page.evaluate(SHOWN)[""]
    page.evaluate("document.querySelector('#inbox-list').dataset.frozen = ''")
    put(live, [6], theme(live, 0))
    put(live, [0], None)
    put(live, [4], theme(live, 1))
    act(live, themes.order, theme_id=theme(live, 0), step=1)
    expect(page.locator("#phase-count, .phase-count").first).to_be_visible()
    expect(page.locator(f"#theme-{theme(live, 1)}-list li")).to_have_count(3)
    assert page.evaluate(SHOWN)[""] == before
    page.evaluate(
        "() => { const list = document.querySelector('#inbox-list'); delete list.dataset.frozen;"
        " list.dispatchEvent(new CustomEvent('moderato:released')) }"
    )
    agrees(live, page)


def test_what_was_moved_before_the_push_came_is_only_confirmed(live: LiveWorld, page: Page) -> None:
    card, list_ = f"#statement-{key(live, 7)}", f"#theme-{theme(live, 0)}-list"
    page.evaluate(
        """([card, list]) => {
          document.querySelector(list).append(document.querySelector(card));
          window.touched = 0;
          const watch = new MutationObserver((changes) => (window.touched += changes.length));
          for (const one of document.querySelectorAll("[data-cards]")) watch.observe(one, { childList: true });
        }""",
        [card, list_],
    )
    put(live, [7], theme(live, 0))
    agrees(live, page)
    assert page.evaluate("window.touched") == 0
    put(live, [7], theme(live, 1))
    agrees(live, page)
    assert page.evaluate("window.touched") == 2, "taken from one list and put in another"


def test_a_page_that_lacks_a_card_asks_for_the_board(live: LiveWorld, page: Page) -> None:
    page.evaluate("key => document.getElementById(`statement-${key}`).remove()", key(live, 1))
    put(live, [7], theme(live, 0))
    expect(page.locator(f"#statement-{key(live, 1)}")).to_be_visible()
    agrees(live, page)


def test_where_cards_went_is_said_also_when_the_vote_has_begun_meanwhile(live: LiveWorld, page: Page) -> None:
    page.clock.install()
    page.locator("#inbox-list").get_by_label(TEXTS[6], exact=True).check()
    # What is said next waits five seconds.
    expect(page.locator("#announcement")).to_contain_text("1 geselecteerd")
    page.locator(".selection-themes").get_by_role("button", name="Thema 0").click()
    expect(page.locator("#board-heading")).to_contain_text("7 van 12")
    live.do(live.world.advance("start_vote"))
    expect(page.get_by_text("Uitslag verborgen.")).to_be_visible()
    page.clock.run_for(6000)
    expect(page.locator("#announcement")).to_contain_text("1 kaart bij Thema 0.")
