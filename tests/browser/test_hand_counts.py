"""Points counted by hand, entered at a laptop while a colleague looks on: big screen and phones show them at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from app.domain.agenda import QuestionSettings
from tests.browser.conftest import BIG_SCREEN, LAPTOP
from tests.browser.live_world import LiveWorld, join, served
from tests.browser.test_leading_together import control_room
from tests.world import POSITIVE

Open = Callable[..., BrowserContext]


async def to_the_vote(live: LiveWorld) -> None:
    await live.world.advance()
    await live.world.write_all(["een", "twee", "drie", "vier"])
    await live.world.advance()
    for name in ("Samenwerking", "Korte lijnen"):
        await live.world.make_theme(name)
    await live.world.advance("start_vote")


def big_screen(live: LiveWorld, open_context: Open) -> Page:
    page = open_context(viewport=BIG_SCREEN).new_page()
    page.goto(f"{live.url}/big-screen/{live.do(live.world.row()).big_screen_key}")
    return page


def field(page: Page, theme: str) -> Locator:
    return page.locator(".hand-counts").get_by_role("textbox", name=theme, exact=True)


def test_hands_are_counted_by_two_moderators_and_everybody_sees_it(tmp_path: Path, open_context: Open) -> None:
    with served(tmp_path, questions=(QuestionSettings(POSITIVE, budget=3),)) as live:
        live.do(to_the_vote(live))
        phone = join(open_context(has_touch=True).new_page(), live)
        with phone.expect_response("**/allocation"):
            phone.get_by_role("button", name="Punt geven aan Korte lijnen").click()
        live.do(live.world.advance())
        own = phone.locator("#result-figures .own-points:visible")
        expect(own).to_have_text("1 punt van u")
        screen = big_screen(live, open_context)
        laptop = control_room(live, open_context(viewport=LAPTOP), live.world.moderator)
        jan = live.do(live.world.share_with("Jan"))
        tablet = control_room(live, open_context(viewport=LAPTOP), jan)

        field(laptop, "Samenwerking").fill("12")
        field(laptop, "Samenwerking").press("Enter")
        expect(laptop.locator("#notice")).to_contain_text("punten zijn bewaard")
        expect(screen.locator(".big-screen-result").first).to_contain_text("12 met de hand geteld")
        expect(phone.locator(".result-theme-name").first).to_contain_text("Samenwerking")
        expect(phone.locator(".result-theme-name").first).to_contain_text("· 12 met de hand geteld")
        expect(own).to_have_text("1 punt van u")

        # Jan's page had it pushed; whoever is in a field keeps what stood there when they came to it.
        expect(field(tablet, "Samenwerking")).to_have_value("12")
        field(tablet, "Korte lijnen").fill("5")
        field(laptop, "Korte lijnen").fill("3")
        laptop.get_by_role("button", name="Bewaar de punten").click()
        expect(tablet.locator(".result-row").nth(1)).to_contain_text("3 met de hand geteld")
        tablet.get_by_role("button", name="Bewaar de punten").click()
        expect(tablet.locator("#dialog-question")).to_contain_text("‘Korte lijnen’: nu 3, en u vulde 5 in.")
        tablet.get_by_role("button", name="Vervang het").click()
        expect(laptop.locator(".result-row").nth(1)).to_contain_text("5 met de hand geteld")
        expect(field(laptop, "Korte lijnen")).to_have_value("5")
        expect(laptop.locator(".result-row").first).to_contain_text("12 met de hand geteld")


@pytest.mark.parametrize("scripts", [True, False])
def test_letters_are_answered_in_our_own_words_and_stay_in_their_field(
    tmp_path: Path, open_context: Open, scripts: bool
) -> None:
    with served(tmp_path, questions=(QuestionSettings(POSITIVE, budget=3),)) as live:
        live.do(to_the_vote(live))
        live.do(live.world.advance())
        page = control_room(live, open_context(viewport=LAPTOP, java_script_enabled=scripts), live.world.moderator)
        field(page, "Korte lijnen").fill("3")
        field(page, "Samenwerking").fill("vijf")
        page.get_by_role("button", name="Bewaar de punten").click()
        wrong = field(page, "Samenwerking")
        expect(wrong).to_have_accessible_description("Dit is geen heel getal van 0 tot en met 100000.")
        expect(wrong).to_have_attribute("aria-invalid", "true")
        expect(wrong).to_have_value("vijf")
        expect(field(page, "Korte lijnen")).to_have_value("3")
        expect(field(page, "Korte lijnen")).to_have_accessible_description("")
        expect(page.get_by_text("wat u typte staat nog in het vak")).to_be_visible()
        wrong.fill("5")
        page.get_by_role("button", name="Bewaar de punten").click()
        expect(page.locator(".result-row").first).to_contain_text("5 met de hand geteld")
        expect(page.locator(".result-row").nth(1)).to_contain_text("3 met de hand geteld")
        expect(page.locator(".hand-count-field[aria-invalid]")).to_have_count(0)
