"""Two control rooms of one session: each follows the other at once, by name, and one goes on when the other dies."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

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


def test_what_one_moves_the_other_sees_by_name_and_takes_back(live: LiveWorld, laptop: Page, tablet: Page) -> None:
    laptop.locator("#inbox").get_by_label("vier", exact=True).focus()
    tablet.locator("#inbox").get_by_label("een", exact=True).check()
    tablet.locator(".selection-themes").get_by_role("button", name="Contact burgers").click()
    expect(laptop.locator(".theme-cluster").get_by_text("een", exact=True)).to_be_visible()
    line = laptop.locator(".colleagues-deeds li:visible")
    expect(line).to_have_text("Jan: 1 uitspraak naar Contact burgers")
    expect(laptop.locator("#announcement")).to_contain_text("Jan: 1 uitspraak naar Contact burgers")
    expect(laptop.locator("#inbox").get_by_label("vier", exact=True)).to_be_focused()
    expect(tablet.locator(".colleagues-deeds li:visible")).to_have_count(0)

    undo = laptop.locator(".undo-button").first
    expect(undo).to_have_attribute("title", "Ongedaan: 1 uitspraak naar Contact burgers (door Jan)")
    undo.click()
    expect(tablet.locator("#inbox").get_by_label("een", exact=True)).to_be_visible()
    expect(tablet.locator(".colleagues-deeds li:visible")).to_have_text(
        "De moderator: ongedaan gemaakt: 1 uitspraak naar Contact burgers"
    )


def test_a_tablet_goes_on_at_once_when_the_laptop_dies(live: LiveWorld, laptop: Page, tablet: Page) -> None:
    laptop.context.close()
    expect(tablet.locator("#colleagues")).to_be_hidden()
    tablet.locator(".next-step-button").click()
    tablet.locator("dialog[open] button.button-primary").click()
    expect(tablet.locator("#stage.stage-vote")).to_be_visible()
    assert live.do(live.world.question()).phase == Phase.VOTE
    assert tablet.evaluate("document.documentElement.scrollWidth <= innerWidth")
