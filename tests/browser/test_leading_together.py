"""Two control rooms of one session: each follows the other at once, by name, and one goes on when the other dies."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from app.commands import accounts
from app.domain import anonymity
from app.domain.phases import Phase
from tests.browser.conftest import LAPTOP
from tests.browser.live_world import LiveWorld, served

TABLET = {"width": 1024, "height": 768}
Open = Callable[..., BrowserContext]


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveWorld]:
    with served(tmp_path) as running:
        running.do(running.world.advance())
        running.do(running.world.write_all(["een", "twee", "drie", "vier"]))
        running.do(running.world.advance())
        running.do(running.world.make_theme("Contact burgers"))
        yield running


def control_room(live: LiveWorld, context: BrowserContext, moderator: int) -> Page:
    token = secrets.token_urlsafe(18)
    signing_in = live.world.parts.writer.run(
        accounts.sign_in, moderator_id=moderator, token_hash=anonymity.hash_token(token)
    )
    live.do(signing_in)
    context.add_cookies([{"name": "sign_in", "value": token, "url": live.url}])
    page = context.new_page()
    page.goto(f"{live.url}/sessions/{live.world.session}/control-room")
    return page


@pytest.fixture
def laptop(live: LiveWorld, open_context: Open) -> Page:
    return control_room(live, open_context(viewport=LAPTOP), live.world.moderator)


@pytest.fixture
def tablet(live: LiveWorld, open_context: Open, laptop: Page) -> Page:
    """Jan's, beside the laptop."""
    page = control_room(live, open_context(viewport=TABLET), live.do(live.world.share_with("Jan")))
    expect(laptop.locator(".colleagues-here")).to_have_text("2 moderators: De moderator, Jan")
    return page


def undo_of(page: Page) -> Locator:
    """The own undo, the only one of all moderators' that a page shows."""
    return page.locator(".undo-button:not(.is-redo):visible")


def test_what_one_moves_the_other_sees_by_name_and_each_undoes_their_own(
    live: LiveWorld, laptop: Page, tablet: Page
) -> None:
    laptop.locator("#inbox").get_by_label("vier", exact=True).focus()
    tablet.locator("#inbox").get_by_label("een", exact=True).check()
    tablet.locator(".selection-themes").get_by_role("button", name="Contact burgers").click()
    expect(laptop.locator(".theme-cluster").get_by_text("een", exact=True)).to_be_visible()
    line = laptop.locator(".colleagues-deeds li:visible")
    expect(line).to_have_text("Jan: 1 uitspraak naar Contact burgers")
    expect(laptop.locator("#announcement")).to_contain_text("Jan: 1 uitspraak naar Contact burgers")
    expect(laptop.locator("#inbox").get_by_label("vier", exact=True)).to_be_focused()
    expect(tablet.locator(".colleagues-deeds li:visible")).to_have_text("De moderator: nieuw thema Contact burgers")

    expect(undo_of(laptop)).to_have_attribute("title", "Ongedaan: nieuw thema Contact burgers")
    expect(undo_of(tablet)).to_have_attribute("title", "Ongedaan: 1 uitspraak naar Contact burgers")
    undo_of(tablet).click()
    expect(laptop.locator("#inbox").get_by_label("een", exact=True)).to_be_visible()
    expect(line).to_have_text("Jan: ongedaan gemaakt: 1 uitspraak naar Contact burgers")
    expect(undo_of(tablet)).to_be_focused()
    expect(tablet.locator("#announcement")).to_have_text(
        "Ongedaan gemaakt: 1 uitspraak naar Contact burgers", timeout=12_000
    )


def test_an_undo_that_would_overwrite_another_asks_and_can_be_passed_over(laptop: Page, tablet: Page) -> None:
    for card in ("een", "twee"):
        laptop.locator("#inbox").get_by_label(card, exact=True).check()
    laptop.locator(".selection-themes").get_by_role("button", name="Contact burgers").click()
    tablet.locator(".theme-cluster").get_by_label("twee", exact=True).check()
    tablet.get_by_role("button", name="Terug naar nog te ordenen", exact=True).click()
    expect(laptop.locator("#inbox").get_by_label("twee", exact=True)).to_be_visible()
    undo_of(laptop).click()
    dialog = laptop.get_by_role("dialog", name=re.compile("^Jan legde daarna 1 uitspraak bij Nog te ordenen"))
    expect(dialog).to_contain_text("Uw stap: 2 uitspraken naar Contact burgers.")
    dialog.get_by_role("link", name="Laat alles zoals het is").click()
    expect(undo_of(laptop)).to_be_focused()
    undo_of(laptop).press("Enter")
    dialog.get_by_role("button", name="Maak de rest ongedaan (1)").press("Enter")
    expect(laptop.locator("#inbox").get_by_label("een", exact=True)).to_be_visible()
    expect(laptop.locator(".undo-button.is-redo:visible")).to_have_attribute(
        "title", "Opnieuw: 1 uitspraak naar Contact burgers"
    )
    expect(laptop.locator("#announcement")).to_contain_text(
        "Ongedaan gemaakt: 1 uitspraak naar Contact burgers", timeout=12_000
    )
    laptop.locator(".undo-button.is-redo:visible").click()
    tablet.locator(".theme-cluster").get_by_label("een", exact=True).check()
    tablet.get_by_role("button", name="Terug naar nog te ordenen", exact=True).click()
    expect(laptop.locator("#inbox").get_by_label("een", exact=True)).to_be_visible()
    undo_of(laptop).click()
    dialog.get_by_role("button", name="Sla deze stap over").click()
    expect(undo_of(laptop)).to_have_attribute("title", "Ongedaan: nieuw thema Contact burgers")


def test_a_tablet_goes_on_at_once_when_the_laptop_dies(live: LiveWorld, laptop: Page, tablet: Page) -> None:
    laptop.context.close()
    expect(tablet.locator(".colleagues-here")).to_have_text("1 moderator: Jan")
    tablet.locator(".next-step-button").click()
    tablet.locator("dialog[open] button.button-primary").click()
    expect(tablet.locator("#stage.stage-vote")).to_be_visible()
    assert live.do(live.world.question()).phase == Phase.VOTE
    assert tablet.evaluate("document.documentElement.scrollWidth <= innerWidth")
