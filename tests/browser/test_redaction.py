"""Redaction before publishing: a phone asks for an own statement, and a moderator decides over all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from app.commands import sessions
from app.domain.phases import Phase
from app.store.tables import Statement
from tests.browser.conftest import LAPTOP
from tests.browser.live_world import LiveWorld, go_offline, join, served
from tests.browser.test_leading_together import control_room
from tests.browser.test_proposals import SHORTEST

OWN = "Mijn buurman Kees van Dam zet zijn vuilnis te vroeg buiten"
OTHERS = ("Bel mij op 06-12345678", "Meer groen in de straat", "Minder hard rijden")
CONSEQUENCE = "De moderator ziet voor welke uitspraak dit wordt gevraagd, niet wie het vraagt, en beslist."


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveWorld]:
    with served(tmp_path) as running:
        running.do(running.world.advance())
        yield running


def end(live: LiveWorld) -> None:
    """The others write, and the session comes to its end without a vote."""
    for seat, text in zip(live.world.seats, OTHERS, strict=False):
        live.do(live.world.write(seat, text))
    live.do(live.world.advance_to(Phase.CLUSTER))
    live.do(live.world.make_theme("Kees van Dam aanspreken", OTHERS[1:2]))
    page = live.do(live.world.page())
    live.do(live.world.run(sessions.end, page=page, confirmed="end"))


def is_asked(live: LiveWorld, text: str) -> bool:
    async def read() -> bool:
        async with live.world.parts.database.reader() as db:
            found = await db.get(Statement, await live.world.statement_id(text))
        return found is not None and found.redaction_asked

    return live.do(read())


def test_a_phone_asks_without_a_line_and_without_its_seat_and_the_moderator_is_asked(
    live: LiveWorld, phone: Callable[..., Page]
) -> None:
    page = phone()
    page.add_init_script(SHORTEST)
    join(page, live)
    page.get_by_label("Uw uitspraak").fill(OWN)
    page.get_by_role("button", name="Insturen").click()
    expect(page.locator("#own-list .own-statement[data-state=sent]")).to_have_count(1)
    end(live)
    card = page.locator("#written .own-statement")
    expect(card).to_contain_text(OWN)
    go_offline(page)
    card.get_by_role("button", name="Vraag om weglaten").click()
    expect(card).to_contain_text(CONSEQUENCE)
    card.get_by_role("button", name="Niet vragen").click()
    expect(card.get_by_role("button", name="Vraag om weglaten")).to_be_focused()
    card.get_by_role("button", name="Vraag om weglaten").click()
    card.get_by_role("button", name="Vraag het de moderator").click()
    expect(card).to_contain_text("De moderator krijgt de vraag zodra u verbonden bent.")
    assert not is_asked(live, OWN)
    page.context.clear_cookies()
    page.context.set_offline(False)
    page.goto(f"{live.url}/s/{live.code}")
    page.get_by_role("link", name=f"Uw uitspraken in sessie {live.code}").click()
    expect(card).to_contain_text("De moderator heeft de vraag gekregen om dit weg te laten, en beslist.")
    expect(card.get_by_role("button")).to_have_count(0)
    assert is_asked(live, OWN)


def test_a_moderator_marks_rewords_what_repeats_it_and_leaves_it_out_for_good(
    live: LiveWorld, open_context: Callable[..., BrowserContext]
) -> None:
    live.do(live.world.write(live.world.seats[0], OWN))
    end(live)
    page = control_room(live, open_context(viewport=LAPTOP), live.world.moderator)
    page.get_by_role("link", name="Weglaten vóór publicatie").click()
    row = page.locator(".redaction-row", has_text=OWN)
    expect(row.locator("mark")).to_have_text(["buurman Kees van Dam"])
    expect(page.locator(".redaction-row", has_text="06-12345678")).to_contain_text("telefoonnummer")
    row.get_by_role("button", name="Weglaten").press("Enter")
    expect(row.get_by_role("button", name="Toch laten staan")).to_be_focused()
    expect(page.get_by_text("1 uitspraak is gemarkeerd.")).to_be_visible()
    page.get_by_label("Thema").fill("De buren aanspreken")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Overgenomen uit wat gemarkeerd is")).to_have_count(0)
    page.get_by_role("button", name="Laat voorgoed weg").click()
    dialog = page.get_by_role("dialog", name="1 uitspraak voorgoed weglaten?")
    expect(dialog).to_contain_text("reservekopieën")
    dialog.get_by_role("button", name="Laat voorgoed weg").click()
    expect(page.get_by_text("1 uitspraak is weggelaten.", exact=True)).to_be_visible()
    expect(page.get_by_text("Er is nog niets gemarkeerd. Eerder is 1 weggelaten.")).to_be_visible()
    expect(row).to_have_count(0)
    expect(page.locator("main")).to_be_focused()
    assert OWN not in live.texts and len(live.texts) == 4
