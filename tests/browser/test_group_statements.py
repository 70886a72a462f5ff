"""The group's statements on a phone while collecting: they join at the end, and never move what somebody reads."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from app.commands import phases, statements
from app.domain.agenda import QuestionSettings
from tests.browser.live_world import LiveWorld, join, served
from tests.world import POSITIVE

Take = Callable[..., Page]
SEEN = QuestionSettings(POSITIVE, statements_on_phones=True)


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveWorld]:
    with served(tmp_path, questions=(SEEN,)) as running:
        running.do(running.world.advance())
        yield running


def cards(page: Page) -> Locator:
    return page.locator("#statements .statement-card")


def top(card: Locator) -> float:
    return float(card.evaluate("card => card.getBoundingClientRect().top"))


def leave_it_to_the_page(page: Page) -> None:
    """As Safari: the browser itself keeps nothing in its place."""
    page.add_init_script(
        """CSS.supports = () => false;
        addEventListener("DOMContentLoaded", () => (document.documentElement.style.overflowAnchor = "none"));"""
    )


@pytest.mark.parametrize("helped", [True, False], ids=["by the browser", "by the page"])
def test_what_somebody_reads_stays_where_it_is_while_the_list_grows_changes_and_loses(
    live: LiveWorld, phone: Take, helped: bool
) -> None:
    receipts = [secrets.token_hex(16) for _ in range(2)]
    for seat, receipt in zip(live.world.seats, receipts, strict=False):
        live.do(live.world.write(seat, f"van {receipt}", receipt))
    live.do(live.world.write_all([f"uitspraak {number}" for number in range(30)]))
    page = phone()
    if not helped:
        leave_it_to_the_page(page)
    join(page, live)
    read = page.locator("#statements .statement-card").filter(has_text="uitspraak 20")
    read.evaluate("card => card.scrollIntoView({ block: 'center' })")
    order, before = cards(page).all_inner_texts(), top(read)
    live.do(live.world.write(live.world.seats[0], "anders " * 18, receipts[0], revision=2))
    live.do(live.world.run(statements.retract, receipt=receipts[1], revision=2))
    live.do(live.world.write_all(["nieuw 1", "nieuw 2", "nieuw 3"]))
    expect(cards(page).filter(has_text="nieuw")).to_have_count(3)
    expect(cards(page).filter(has_text="anders anders")).to_have_count(1)
    expect(cards(page).filter(has_text=receipts[1])).to_have_count(0)
    assert abs(top(read) - before) < 1
    stays = [text for text in order if text.startswith("uitspraak")]
    now = cards(page).all_inner_texts()
    assert [text for text in now if text.startswith("uitspraak")] == stays
    assert all(text.startswith("nieuw") for text in now[-3:])
    expect(page.locator("#group-heading")).to_have_text(f"Uitspraken van de groep ({len(now)})")


def test_a_return_brings_what_was_missed_at_the_end_and_a_new_page_the_order_of_all(
    live: LiveWorld, phone: Take
) -> None:
    async def once_more() -> None:
        await live.world.advance()
        await live.world.run(phases.go_back, page=await live.world.page(), confirmed="")
        await live.world.write_all(["nieuw 1", "nieuw 2", "nieuw 3"])

    live.do(live.world.write_all([f"uitspraak {number}" for number in range(12)]))
    page, other = join(phone(), live), join(phone(), live)
    field = page.locator("#composer-text")
    field.fill("half")
    order = cards(page).all_inner_texts()
    assert cards(other).all_inner_texts() == order
    live.do(once_more())
    expect(cards(page).filter(has_text="nieuw")).to_have_count(3)
    expect(field).to_have_value("half")
    assert cards(page).all_inner_texts()[: len(order)] == order, "the close mixed anew, and nothing moved under the eye"
    page.reload()
    other.reload()
    expect(cards(page)).to_have_count(15)
    assert cards(page).all_inner_texts() == cards(other).all_inner_texts()


def test_the_list_says_now_and_then_how_many_there_are_and_no_text(live: LiveWorld, phone: Take) -> None:
    page = join(phone(), live)
    live.do(live.world.write_all(["een", "twee", "drie"]))
    expect(page.locator("#announcement")).to_have_text("Er staan nu 3 uitspraken van de groep.")
    live.do(live.world.write_all(["vier", "vijf", "zes"]))
    expect(cards(page)).to_have_count(6)
    page.wait_for_timeout(300)
    expect(page.locator("#announcement")).to_have_text("Er staan nu 3 uitspraken van de groep.")
    assert page.locator("#group [aria-live], #group [role=status], #group[aria-live]").count() == 0


def test_a_phone_that_polls_reads_along_too(live: LiveWorld, phone: Take) -> None:
    page = phone()
    page.route_web_socket("**/socket**", lambda socket: socket.close())
    join(page, live)
    live.do(live.world.write_all(["een", "twee", "drie"]))
    expect(cards(page)).to_have_count(3)
