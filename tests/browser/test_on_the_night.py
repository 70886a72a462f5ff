"""What a moderator changes while people are in the session, and what phones make of it, in real Chromium."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from app.commands import accounts
from app.domain import anonymity
from app.domain.agenda import QuestionSettings
from app.domain.phases import PAUSE_ONLY
from tests.browser.conftest import LAPTOP
from tests.browser.live_world import LiveWorld, join, served
from tests.world import POSITIVE

TYPO = "Wat ervaart u als postief aan de wijkaanpak?"
PAUSE = QuestionSettings("Koffie in de hal", phases=PAUSE_ONLY, minutes={"pause": 10})
HALF = "korte lijnen tussen"


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveWorld]:
    questions = (QuestionSettings(TYPO), PAUSE, QuestionSettings("Wat zijn de knelpunten?"))
    with served(tmp_path, questions=questions, seats=0) as running:
        yield running


@pytest.fixture
def control_room(live: LiveWorld, open_context: Callable[..., BrowserContext]) -> Page:
    token = secrets.token_urlsafe(18)
    run = live.world.parts.writer.run
    live.do(run(accounts.sign_in, moderator_id=live.world.moderator, token_hash=anonymity.hash_token(token)))
    context = open_context(viewport=LAPTOP)
    context.add_cookies([{"name": "sign_in", "value": token, "url": live.url}])
    page = context.new_page()
    page.goto(f"{live.url}/sessions/{live.world.session}/control-room")
    return page


def press_next(page: Page, shows: str) -> None:
    page.locator(".next-step-button").click()
    expect(page.locator("#stage")).to_contain_text(shows)


def test_a_typo_goes_without_eating_what_is_typed_and_a_question_comes_in_between(
    live: LiveWorld, control_room: Page, phone: Callable[..., Page]
) -> None:
    writer = join(phone(), live)
    press_next(control_room, TYPO)
    field = writer.get_by_label("Uw uitspraak")
    field.press_sequentially(HALF)
    control_room.get_by_text("Wijzig de tekst", exact=True).click()
    control_room.locator("#correct-text").fill(POSITIVE)
    control_room.get_by_role("button", name="Bewaar de tekst").click()
    expect(control_room.locator("#question-text h1")).to_have_text(POSITIVE)
    expect(control_room.locator("#correct-text")).to_be_hidden()
    expect(control_room.locator("#correct-text")).to_have_value(POSITIVE)
    expect(writer.locator("h1")).to_have_text(POSITIVE)
    expect(field).to_have_value(HALF)
    expect(field).to_be_focused()
    field.press_sequentially(" partijen")
    writer.get_by_role("button", name="Insturen").click()
    # The first statement is in: the text stands from here on.
    expect(control_room.get_by_text("Wijzig de tekst", exact=True)).to_have_count(0)

    control_room.get_by_role("link", name="Vraag tussendoor").click()
    control_room.locator("#between-text").fill("Wat zegt u van deze zaal?")
    control_room.keyboard.press("Tab")
    control_room.get_by_role("button", name="Zet op de agenda").click()
    expect(control_room.locator("#notice")).to_contain_text("als vraag 2, direct hierna")
    expect(control_room.locator("#between")).to_be_hidden()
    expect(control_room.locator("#between-text")).to_have_value("")
    expect(control_room.locator(".rail-text").nth(1)).to_have_text("Wat zegt u van deze zaal?")
    expect(writer.locator(".phone-place")).to_contain_text("Vraag 1 van 3")


def test_who_types_when_the_rest_is_skipped_keeps_the_text_and_then_it_is_pause(
    live: LiveWorld, control_room: Page, phone: Callable[..., Page]
) -> None:
    writer = join(phone(), live)
    press_next(control_room, TYPO)
    writer.get_by_label("Uw uitspraak").fill("status overleggen")
    writer.get_by_role("button", name="Insturen").click()
    writer.get_by_label("Uw uitspraak").fill(HALF)
    expect(control_room.locator("#rail .phase.is-current")).to_contain_text("1")
    control_room.get_by_role("button", name="Sla de rest over").click()
    expect(control_room.locator("#dialog")).to_contain_text("De 1 uitspraak blijft bewaard voor het verslag.")
    expect(control_room.get_by_role("link", name="Nu niet")).to_be_focused()
    control_room.locator("#dialog").get_by_role("button", name="Sla de rest over").click()
    expect(control_room.locator("#stage")).to_contain_text("Hierover is niet gestemd.")
    expect(writer.locator("#banner-held")).to_contain_text("Uw tekst staat er nog")
    writer.get_by_role("button", name="Bewaar hier en ga verder").click()
    expect(writer.locator("#scene")).to_contain_text("Hierover is niet gestemd.")
    expect(writer.locator("#kept")).to_contain_text(HALF)

    press_next(control_room, "Koffie in de hal")
    expect(writer.locator("#scene h1")).to_have_text("Koffie in de hal")
    expect(writer.locator("#scene .timer")).to_contain_text("9:5")
    control_room.get_by_role("button", name="+ 1 minuut").click()
    expect(writer.locator("#scene .timer")).to_contain_text("10:5")
    expect(writer.locator("#kept")).to_contain_text(HALF)
    expect(control_room.locator(".next-step-button")).to_have_text("Naar vraag 2")
    control_room.locator(".rail-skip button").click()
    expect(control_room.locator(".rail-skipped")).to_have_text("Overgeslagen")
    expect(control_room.locator(".next-step-button")).to_have_text("Rond sessie af")


def test_a_closed_door_keeps_new_phones_out_and_those_inside_in(
    live: LiveWorld, control_room: Page, phone: Callable[..., Page]
) -> None:
    inside, outside, screen = join(phone(), live), phone(), phone()
    row = live.do(live.world.row())
    screen.goto(f"{live.url}/big-screen/{row.big_screen_key}")
    control_room.get_by_role("button", name="Sluit de deur").click()
    expect(control_room.locator(".door-closed")).to_have_text("Deur dicht")
    expect(screen.locator("h1")).to_have_text("De deur is dicht")
    outside.goto(f"{live.url}/j/{row.join_key}")
    expect(outside.locator("main")).to_contain_text("De deur van deze sessie is dicht.")
    outside.get_by_role("button", name="Ga verder").click()
    expect(outside.get_by_role("alert")).to_contain_text("Vraag de moderator om de deur te openen.")
    # Scanning again, a second tab and loading again all lead back to the same seat.
    again = inside.context.new_page()
    again.goto(f"{live.url}/j/{row.join_key}")
    again.get_by_role("button", name="Ga verder").click()
    expect(again.locator(".connection-ok")).to_be_visible()
    inside.reload()
    expect(inside.locator(".connection-ok")).to_be_visible()
    control_room.get_by_role("button", name="Open de deur").click()
    expect(screen.locator("h1")).to_have_text("Doe mee met uw telefoon")
    outside.get_by_role("button", name="Meedoen").or_(outside.get_by_role("button", name="Ga verder")).click()
    expect(outside.locator(".connection-ok")).to_be_visible()
    # Somebody else goes on: what was said about the door has had its time.
    expect(control_room.locator("#notice")).to_contain_text("De deur is open")
    live.do(live.world.advance())
    expect(control_room.locator("#notice")).to_be_empty()
