"""Suggestions on the board as a moderator meets them: taken over, left out, ignored, named, never in the way."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from app.commands import accounts, themes
from app.domain import anonymity
from app.domain.phases import Phase
from tests.browser.conftest import LAPTOP
from tests.browser.live_world import LiveWorld, served
from tests.browser.test_accessibility import check_light_and_dark
from tests.world import make_world

TEXTS = ("gras", "gras maaien", "veel gras", "parkeren bij de winkel", "parkeren bij de school", "zwaluwstaart")

FRAMES: list[str] = []


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveWorld]:
    with served(tmp_path_factory.mktemp("suggestions")) as running:
        yield running


@pytest.fixture
def board(live: LiveWorld, open_context: Callable[..., BrowserContext]) -> Page:
    """A board with one theme and one statement in it, in a session of its own, on the screen of who leads it."""
    FRAMES.clear()
    live.world = live.do(make_world(live.world.app))
    world = live.world
    live.do(world.advance())
    live.do(world.write_all(TEXTS))
    live.do(world.advance_to(Phase.CLUSTER))
    live.do(world.make_theme("Groen", ["gras"]))
    token = secrets.token_urlsafe(18)
    signed_in = {"moderator_id": world.moderator, "token_hash": anonymity.hash_token(token)}
    live.do(world.parts.writer.run(accounts.sign_in, **signed_in))
    context = open_context(viewport=LAPTOP)
    context.add_cookies([{"name": "sign_in", "value": token, "url": live.url}])
    page = context.new_page()
    page.on("websocket", lambda line: line.on("framereceived", lambda text: FRAMES.append(str(text))))
    page.goto(f"{live.url}/sessions/{world.session}/control-room")
    expect(suggestion(page)).to_be_visible()
    return page


def heard(page: Page, words: str) -> None:
    """Wait until a push with these words has come to the page, whether it shows it or not."""
    for _ in range(100):
        if any(words in frame for frame in FRAMES):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"no push came with {words}")


def suggestion(page: Page) -> Locator:
    """What is suggested for the theme."""
    return page.locator(".theme-cluster [data-suggestion]")


def group(page: Page) -> Locator:
    return page.locator("#suggested-groups [data-suggestion]")


def in_theme(page: Page, name: str) -> Locator:
    cluster = page.locator(".theme-cluster").filter(has=page.get_by_role("heading", name=name, exact=True))
    return cluster.locator("[data-cards] .statement-text")


def marked(page: Page) -> Locator:
    return page.locator("#inbox .statement-card").filter(has=page.locator(".statement-resembles"))


def test_a_suggestion_says_why_and_is_taken_over_in_one_step_that_can_be_undone(board: Page) -> None:
    expect(suggestion(board).get_by_role("heading")).to_have_text("Voorstel: 2 uitspraken lijken op Groen")
    expect(suggestion(board).locator(".suggestion-why")).to_have_text(["vanwege: gras", "vanwege: gras"])
    expect(marked(board).locator(".statement-resembles")).to_have_text(["↳ lijkt op AGroen"] * 2)
    expect(board.get_by_text("De voorstellen maakt deze server zelf")).to_be_visible()
    suggestion(board).get_by_role("button", name="Neem over").click()
    expect(in_theme(board, "Groen")).to_have_count(3)
    expect(board.locator("#inbox-list input:focus")).to_have_count(1)
    expect(board.locator("#announcement")).to_have_text("2 kaarten bij Groen. Nog 3 te ordenen.")
    expect(suggestion(board)).to_be_hidden()
    expect(marked(board)).to_have_count(0)
    board.get_by_title("Ongedaan: voorstel overgenomen: 2 uitspraken naar Groen").click()
    expect(in_theme(board, "Groen")).to_have_text(["gras"])
    board.mouse.move(5, 5)
    expect(suggestion(board).get_by_role("heading")).to_have_text("Voorstel: 2 uitspraken lijken op Groen")


def test_what_is_left_out_stays_and_what_is_ignored_stays_ignored(board: Page) -> None:
    suggestion(board).get_by_label("veel gras").uncheck()
    suggestion(board).get_by_role("button", name="Neem over").click()
    expect(in_theme(board, "Groen")).to_have_text(["gras", "gras maaien"])
    expect(board.locator("#inbox").get_by_label("veel gras")).to_be_visible()
    group(board).get_by_role("button", name="Negeer").click()
    expect(group(board)).to_be_hidden()
    expect(board.locator("#stage :focus, #stage:focus")).to_have_count(1)
    board.reload()
    expect(board.get_by_text("De voorstellen maakt deze server zelf")).to_be_visible()
    expect(board.locator("[data-suggestion]")).to_have_count(0)


def test_a_group_gets_the_name_that_the_moderator_makes_of_it(board: Page) -> None:
    expect(group(board).get_by_role("heading")).to_have_text("2 uitspraken lijken bij elkaar te horen")
    name = group(board).get_by_label("Voorgestelde naam")
    expect(name).to_have_value("Parkeren bij de school")
    name.fill("Auto's")
    name.press("Enter")
    expect(in_theme(board, "Auto's")).to_have_text(["parkeren bij de school", "parkeren bij de winkel"])
    expect(group(board)).to_be_hidden()


def test_nothing_comes_where_somebody_points_and_one_that_no_longer_fits_goes(board: Page, live: LiveWorld) -> None:
    world = live.world
    board.get_by_role("heading", name="Groen", exact=True).hover()
    live.do(world.make_theme("Parkeren"))
    parking = board.locator(".theme-cluster").nth(1)
    expect(parking.get_by_role("heading", name="Parkeren", exact=True)).to_be_visible()
    heard(board, "lijken op Parkeren")
    assert parking.locator("[data-suggestion]").count() == 0
    board.mouse.move(5, 5)
    board.locator("#board-heading").hover()
    expect(parking.locator("[data-suggestion]")).to_be_visible()
    chosen = [live.do(world.statement_id(text)) for text in ("gras maaien", "veel gras")]
    page, theme = live.do(world.page()), live.do(world.theme_ids())["Parkeren"]
    live.do(world.run(themes.put, page=page, moderator_id=world.moderator, chosen=chosen, theme_id=theme))
    expect(board.locator(".theme-cluster").first.locator("[data-suggestion]")).to_be_hidden()


def test_whoever_wants_none_turns_them_off_on_this_device(board: Page) -> None:
    board.get_by_label("Toon voorstellen").uncheck()
    expect(suggestion(board)).to_be_hidden()
    expect(marked(board)).to_have_count(0)
    board.reload()
    expect(board.get_by_label("Toon voorstellen")).not_to_be_checked()
    expect(suggestion(board)).to_be_hidden()
    board.get_by_label("Toon voorstellen").check()
    expect(suggestion(board)).to_be_visible()


def test_a_board_with_suggestions_keeps_to_the_guidelines(board: Page) -> None:
    expect(group(board)).to_be_visible()
    assert check_light_and_dark(board)[0] == []
    board.set_viewport_size({"width": 320, "height": 800})
    assert board.evaluate("document.documentElement.scrollWidth") <= 320
