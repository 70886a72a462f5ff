"""Participants help to group: a phone says where its own statements belong, and the moderator takes that over."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from app.commands import proposals
from app.domain.agenda import QuestionSettings
from app.domain.phases import Phase
from tests.browser.conftest import LAPTOP
from tests.browser.live_world import LiveWorld, go_offline, join, served
from tests.browser.test_leading_together import control_room
from tests.world import POSITIVE

Take = Callable[..., Page]
OWN = "Meer bomen in de straat"
# Each proposal waits a time of its own; here the shortest, so that nobody waits for chance.
SHORTEST = """const real = crypto.getRandomValues.bind(crypto);
crypto.getRandomValues = (array) => (array instanceof Uint32Array ? array.fill(0) : real(array));"""

# When, by the clock of the page, a proposal went.
SENT_AT = """const real = window.fetch;
window.sentAt = [];
window.fetch = (address, ...rest) => {
  if (String(address).endsWith("/proposals")) window.sentAt.push(Date.now());
  return real(address, ...rest);
};"""


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveWorld]:
    with served(tmp_path, questions=(QuestionSettings(POSITIVE, takes_proposals=True),)) as running:
        running.do(running.world.advance())
        yield running


def write_and_group(live: LiveWorld, page: Page) -> list[str]:
    """The phone writes one statement and two others do, then the moderator groups: the receipts of the others."""
    page.add_init_script(SHORTEST)
    join(page, live)
    page.get_by_label("Uw uitspraak").fill(OWN)
    page.get_by_role("button", name="Insturen").click()
    expect(page.locator("#own-list .own-statement[data-state=sent]")).to_have_count(1)
    receipts = [secrets.token_hex(16) for _ in range(2)]
    for seat, receipt in zip(live.world.seats, receipts, strict=False):
        live.do(live.world.write(seat, f"van een ander {receipt[:4]}", receipt))
    live.do(live.world.advance_to(Phase.CLUSTER))
    expect(page.locator(".scene-cluster")).to_be_visible()
    return receipts


def others_propose(live: LiveWorld, receipts: list[str], theme: int) -> None:
    for seat, receipt in zip(live.world.seats, receipts, strict=False):
        about = {"participant": seat.hash, "receipt": receipt, "revision": 1, "theme_id": theme}
        live.do(live.world.run(proposals.propose, **about))


def test_what_a_phone_proposes_without_a_line_comes_later_is_taken_over_and_undone(
    live: LiveWorld, phone: Take, open_context: Callable[..., BrowserContext]
) -> None:
    page = phone()
    receipts = write_and_group(live, page)
    theme = live.do(live.world.make_theme("Groen"))
    room = control_room(live, open_context(viewport=LAPTOP), live.world.moderator)
    others_propose(live, receipts, theme)
    go_offline(page)
    page.get_by_role("button", name="Bij welk thema hoort dit?").click()
    page.get_by_role("radio", name="Groen").check()
    page.get_by_role("button", name="Geef door").click()
    card = page.locator(".own-statement")
    expect(card).to_contain_text("Hoort bij: Groen")
    expect(card).to_contain_text("Wordt verstuurd zodra u verbonden bent")
    proposed = room.get_by_role("group", name="Ingedeeld bij Groen")
    expect(room.get_by_role("switch", name="Deelnemers delen hun uitspraken in")).to_have_attribute(
        "aria-checked", "true"
    )
    expect(proposed).to_have_count(0)
    page.context.set_offline(False)
    expect(card).to_contain_text("De moderator ziet het samen met die van anderen", timeout=20_000)
    expect(proposed).to_contain_text("Volgens de schrijvers horen 3 uitspraken hier")
    expect(proposed).to_contain_text(OWN)
    proposed.get_by_role("button", name="Neem over").press("Enter")
    grouped = room.locator(f"#theme-{theme}-list .statement-card")
    expect(grouped).to_have_count(3)
    expect(room.locator("#announcement")).to_have_text("3 kaarten bij Groen. Nog 0 te ordenen.")
    expect(room.get_by_role("heading", name="Nog te ordenen")).to_be_focused()
    expect(proposed).to_have_count(0)
    room.get_by_role("button", name=re.compile("^Ongedaan maken")).click()
    expect(grouped).to_have_count(0)
    expect(proposed).to_be_visible()
    proposed.get_by_role("button", name="Negeer").click()
    expect(proposed).to_have_count(0)
    room.get_by_role("button", name=re.compile("^Toon weer")).click()
    expect(proposed).to_be_visible()


def test_a_name_is_typed_by_keyboard_survives_a_reload_and_is_not_taken_away_by_the_vote(
    live: LiveWorld, phone: Take
) -> None:
    page = phone()
    write_and_group(live, page)
    page.get_by_role("button", name="Bij welk thema hoort dit?").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Bomen en")
    live.do(live.world.make_theme("Groen"))
    page.reload()
    field = page.get_by_label("Naam van het nieuwe thema")
    expect(field).to_have_value("Bomen en")
    field.press("End")
    field.press_sequentially(" struiken")
    live.do(live.world.advance_to(Phase.VOTE))
    expect(page.get_by_text("Het ordenen is klaar, dus deze naam")).to_be_visible()
    expect(field).to_have_value("Bomen en struiken")
    page.get_by_role("button", name="Bewaar hier en ga verder").click()
    expect(page.locator(".scene-vote")).to_be_visible()
    expect(page.locator("#kept-list")).to_contain_text("Bomen en struiken")


def test_a_phone_hears_of_new_themes_and_of_the_switch_and_keeps_an_open_form(live: LiveWorld, phone: Take) -> None:
    page = phone()
    write_and_group(live, page)
    theme = live.do(live.world.make_theme("Groen"))
    choose = page.get_by_role("button", name="Bij welk thema hoort dit?")
    expect(page.locator(f"#themes-to-choose input[value='{theme}']")).to_be_attached()
    choose.click()
    page.get_by_role("button", name="Geef door").click()
    expect(page.get_by_role("radio", name="Groen")).to_be_focused()
    expect(page.get_by_text("Kies een thema, of schrijf").locator("visible=true")).to_be_in_viewport()
    expect(page.get_by_role("group", name="Bij welk thema hoort dit?")).to_have_accessible_description(re.compile(OWN))
    page.get_by_role("button", name="Laat zo").click()
    expect(choose).to_be_focused()
    live.do(live.world.run(proposals.switch, page=live.do(live.world.page()), taken=False))
    expect(choose).to_be_hidden()
    live.do(live.world.run(proposals.switch, page=live.do(live.world.page()), taken=True))
    choose.click()
    page.get_by_role("radio", name="Groen").check()
    live.do(live.world.make_theme("Verkeer"))
    page.get_by_role("button", name="Geef door").click()
    card = page.locator(".own-statement")
    expect(card).to_contain_text("De moderator ziet het samen met die van anderen", timeout=20_000)
    page.get_by_role("button", name="Neem terug").click()
    expect(card.locator(".own-proposed")).to_be_hidden()
    expect(choose).to_be_focused()


def test_what_was_due_while_a_phone_slept_does_not_go_all_at_once_when_it_wakes(live: LiveWorld, phone: Take) -> None:
    page = phone()
    page.add_init_script(SENT_AT)
    join(page, live)
    for text in ("Meer bomen", "Minder haast", "Een bank"):
        page.get_by_label("Uw uitspraak").fill(text)
        page.get_by_role("button", name="Insturen").click()
    expect(page.locator("#own-list .own-statement[data-state=sent]")).to_have_count(3)
    live.do(live.world.advance_to(Phase.CLUSTER))
    live.do(live.world.make_theme("Groen"))
    page.clock.install()
    page.reload()
    page.clock.pause_at(page.evaluate("Date.now() + 1000"))
    for card in page.locator(".own-statement").all():
        card.get_by_role("button", name="Bij welk thema hoort dit?").click()
        card.get_by_role("radio", name="Groen").check()
        card.get_by_role("button", name="Geef door").click()
    page.clock.fast_forward(60_000)
    assert page.evaluate("sentAt") == [], "they were all due while it slept"
    page.clock.run_for(21_000)
    sent_at = page.evaluate("sentAt")
    # An answer that takes real time can be too late for a clock that runs so fast, and then one goes again.
    assert len(sent_at) >= 3 and min(sent_at) < max(sent_at)
