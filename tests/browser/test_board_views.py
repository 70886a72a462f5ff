"""What one device shows of the board: folded, the largest first, only what is loose, and stacks of what is the same."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from app.commands import accounts
from app.domain import anonymity
from app.store import themes as stored
from tests.browser.conftest import LAPTOP
from tests.browser.live_world import LiveWorld, served
from tests.browser.test_accessibility import check_light_and_dark

LOOSE = ["Meer groen", "meer groen!", "Meer groen", "losse uitspraak"]
GROUPED = {"Wijk": ["in de wijk"], "Buurt": ["in de buurt", "ook in de buurt", "nog in de buurt"]}


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveWorld]:
    """Two themes, of which the second is the larger, and four loose statements of which three say the same."""
    with served(tmp_path, mixing=False) as running:
        running.do(_prepare(running))
        yield running


async def _prepare(live: LiveWorld) -> None:
    await live.world.advance()
    await live.world.write_all([*LOOSE, *(text for texts in GROUPED.values() for text in texts)])
    await live.world.advance()
    for name, texts in GROUPED.items():
        await live.world.make_theme(name, texts)


@pytest.fixture
def look(live: LiveWorld, open_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """Opens the control room on a new device."""

    def open_one(**options: object) -> Page:
        context, token = open_context(**{"viewport": LAPTOP, **options}), secrets.token_urlsafe(18)
        sign_in = {"moderator_id": live.world.moderator, "token_hash": anonymity.hash_token(token)}
        live.do(live.world.parts.writer.run(accounts.sign_in, **sign_in))
        context.add_cookies([{"name": "sign_in", "value": token, "url": live.url}])
        page = context.new_page()
        page.goto(f"{live.url}/sessions/{live.world.session}/control-room")
        expect(page.locator("#selection-bar")).to_be_hidden()
        return page

    return open_one


def order_stored(live: LiveWorld) -> list[str]:
    """The names of the themes as everybody else has them."""

    async def read() -> list[str]:
        question = (await live.world.question()).id
        async with live.world.parts.database.reader() as db:
            board = await stored.board(db, question)
            return [board.themes[theme].name for theme in board.in_order()]

    return live.do(read())


def theme(page: Page, name: str) -> Locator:
    return page.locator(".theme-cluster").filter(has=page.get_by_role("heading", name=name, exact=True))


def names(page: Page) -> Locator:
    return page.locator(".theme-cluster-name")


def cards(within: Locator | Page) -> Locator:
    """The cards that can be seen."""
    return within.locator(".statement-card:visible")


def put(page: Page, letter: str) -> None:
    page.locator("#selection-themes").get_by_role("button", name=letter, exact=False).click()


def test_what_says_the_same_moves_as_one_card_and_each_original_can_be_taken_out(
    look: Callable[..., Page], live: LiveWorld
) -> None:
    page = look()
    inbox, wijk = page.locator("#inbox"), theme(page, "Wijk")
    expect(cards(inbox)).to_have_count(2)
    inbox.get_by_label("Meer groen", exact=True).first.check()
    expect(page.locator("#selection-count")).to_contain_text("3 geselecteerd")
    put(page, "A Wijk")
    expect(wijk.locator(".theme-cluster-count")).to_contain_text("4")
    expect(page.locator("#inbox-heading")).to_contain_text("(1)")
    # The server has said so too: until then the cards may be drawn anew under the key that is about to be pressed.
    expect(page.locator("#board-heading")).to_contain_text("7 van 8 uitspraken geordend")

    toggle = wijk.get_by_role("button", name="3×")
    expect(toggle).to_have_attribute("aria-expanded", "false")
    toggle.press("Enter")
    expect(cards(wijk)).to_have_count(4)
    wijk.get_by_label("meer groen!").check()
    expect(page.locator("#selection-count")).to_contain_text("1 geselecteerd")
    page.get_by_role("button", name="Terug naar Nog te ordenen").click()
    expect(wijk.get_by_role("button", name="2×")).to_be_visible()
    expect(inbox.locator("#inbox-list .statement-text")).to_have_text(["losse uitspraak", "meer groen!"])


def test_a_stack_that_was_taken_apart_stays_so_until_it_is_stacked_again(look: Callable[..., Page]) -> None:
    page = look()
    inbox = page.locator("#inbox")
    inbox.get_by_role("button", name="3×").click()
    inbox.get_by_role("button", name="Niet stapelen").click()
    again = page.get_by_role("button", name="Stapel gelijke uitspraken weer")
    expect(again).to_be_visible()
    page.reload()
    expect(cards(inbox)).to_have_count(4)
    again.click()
    expect(cards(inbox)).to_have_count(2)
    expect(again).to_be_hidden()


def test_a_folded_theme_stays_folded_over_pushes_and_a_reload_and_takes_what_is_put_there(
    look: Callable[..., Page], live: LiveWorld
) -> None:
    page, other = look(), look()
    buurt = theme(page, "Buurt")
    buurt.locator(".theme-fold").press("Enter")
    expect(cards(buurt)).to_have_count(0)
    page.get_by_label("losse uitspraak").check()
    put(page, "B Buurt")
    expect(buurt.locator(".theme-fold")).to_contain_text("4 uitspraken")
    expect(buurt.locator(".theme-fold")).to_have_attribute("aria-expanded", "false")
    page.reload()
    expect(cards(buurt)).to_have_count(0)
    expect(cards(theme(other, "Buurt"))).to_have_count(4)

    page.locator("#view-menu > summary").click()
    all_folded = page.get_by_role("button", name="Alle thema’s inklappen")
    all_folded.click()
    expect(cards(page.locator("#board"))).to_have_count(0)
    all_folded.click()
    expect(cards(page.locator("#board"))).to_have_count(5)


def test_the_largest_themes_come_first_on_this_device_only_and_nothing_is_reordered(
    look: Callable[..., Page], live: LiveWorld
) -> None:
    page, other = look(), look()
    page.locator("#view-menu > summary").click()
    by_size = page.get_by_role("button", name="Grootste thema’s eerst")
    by_size.click()
    expect(names(page)).to_have_text(["Buurt", "Wijk"])
    expect(by_size).to_have_attribute("aria-pressed", "true")
    # A script that is faster than any screen: what it asks for is not done, since it can't be seen.
    page.evaluate("document.querySelector('.theme-order button[value=back]:enabled').click()")
    expect(page.locator("#announcement")).to_contain_text("U kunt de volgorde niet wijzigen")
    page.reload()
    expect(names(page)).to_have_text(["Buurt", "Wijk"])
    assert order_stored(live) == ["Wijk", "Buurt"]
    expect(names(other)).to_have_text(["Wijk", "Buurt"])

    # Refilled from elsewhere while nobody points at them, the themes keep to their sizes.
    page.mouse.move(5, 5)
    for label in ("Meer groen", "losse uitspraak"):
        other.get_by_label(label, exact=True).first.check()
    put(other, "A Wijk")
    expect(names(page)).to_have_text(["Wijk", "Buurt"])
    page.get_by_role("button", name="Toon de eigen volgorde").click()
    expect(page.locator("#by-size-note")).to_be_hidden()
    expect(page.locator("#view-menu > summary")).to_be_focused()


def test_only_what_is_still_to_group_fills_the_screen_and_can_be_put_from_there(look: Callable[..., Page]) -> None:
    page = look()
    only = page.get_by_role("button", name="Alleen wat nog te ordenen is")
    only.click()
    expect(names(page).first).to_be_hidden()
    page.get_by_label("losse uitspraak").check()
    put(page, "A Wijk")
    expect(page.locator("#inbox-heading")).to_contain_text("(3)")
    expect(only).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(names(page).first).to_be_hidden()
    only.click()
    expect(cards(theme(page, "Wijk"))).to_have_count(2)


def test_a_part_of_a_theme_is_split_off_with_a_name_by_touch_on_a_narrow_phone(
    look: Callable[..., Page], live: LiveWorld
) -> None:
    page = look(viewport={"width": 320, "height": 568}, has_touch=True)
    bar = page.locator("#selection-bar")
    page.get_by_label("losse uitspraak").tap()
    expect(bar.get_by_role("button", name="Nieuw thema")).to_be_in_viewport()
    expect(bar.get_by_role("button", name="Terug naar Nog te ordenen")).to_be_hidden()
    bar.get_by_role("button", name="Wis").tap()

    page.get_by_label("in de buurt", exact=True).tap()
    bar.get_by_role("button", name="Afsplitsen").tap()
    expect(page.locator("#selection-new-name")).to_be_focused()
    page.keyboard.type("Straat")
    bar.get_by_role("button", name="Afsplitsen").tap()
    expect(theme(page, "Straat").locator(".statement-text")).to_have_text(["in de buurt"])
    assert order_stored(live) == ["Wijk", "Buurt", "Straat"]
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_an_open_stack_and_the_menu_of_views_pass_axe_in_light_and_dark(look: Callable[..., Page]) -> None:
    page = look()
    page.locator("#inbox").get_by_role("button", name="3×").click()
    theme(page, "Wijk").locator(".theme-fold").click()
    page.get_by_label("losse uitspraak").check()
    page.locator("#view-menu > summary").click()
    page.get_by_role("button", name="Grootste thema’s eerst").click()
    assert check_light_and_dark(page)[0] == []
