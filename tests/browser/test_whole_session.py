"""A whole evening in Dutch, in real Chromium: a moderator, a big screen and three phones, every act in a page."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pypdf
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import BIG_SCREEN, Server
from tests.world import POSITIVE

STATEMENTS = [
    "evenwichtige samenhang",
    "overlast samen oplossen",
    "betere informatie",
    "verbeterde samenwerking met partners uit het wijkteam",
    "wijkteamproblemen als 'team' benaderen/oplossen",
    "zwaluwstaart",
    "integrale aanpak",
    "op adequate wijze problemen benaderen",
    "acties",
    "wijkmanager en zijn mandaat",
    "top kapitein op het schip",
    "meer aandacht voor sociale vraagstukken",
    "zoektocht quest",
    "korte lijnen tussen partijen -> snel actie",
    "korte lijnen (communicatie)",
    "reactie snelheid wijkteam",
    "status overleggen",
    "nieuwe wijkpost betere uitstraling wijkbeheer",
    "start en uitbouw",
    "geïntegreerd spreekuur",
]
THEMES = {"Samenwerking": STATEMENTS[:5], "Integrale werkwijze": STATEMENTS[5:7], "Korte lijnen": STATEMENTS[13:15]}


def prepare(laptop: Page) -> None:
    """A session with two questions, started."""
    laptop.get_by_label("Leeg: uw eigen vragen").check()
    laptop.get_by_label("Titel").fill("Quick scan wijkbeheer")
    laptop.get_by_label("Naam van de groep").fill("Wijkteam Buytenwegh de Leyens")
    laptop.get_by_role("button", name="Sessie maken").click()
    for text in (POSITIVE, "Wat zijn de belangrijkste knelpunten?"):
        new = laptop.locator(".agenda-question-new")
        new.get_by_label("Vraag", exact=True).fill(text)
        new.get_by_role("button", name="Vraag toevoegen").click()
        expect(laptop.locator(".agenda-items .agenda-question-text").last).to_have_value(text)
    laptop.get_by_role("button", name="Start sessie").click()
    laptop.wait_for_url("**/control-room")


def press_next(laptop: Page, name: str, confirm: str = "") -> None:
    # A person looks first; a press within half a second counts as the second half of a double click.
    laptop.wait_for_timeout(550)
    laptop.locator(".next-step-button").filter(has_text=name).click()
    if confirm:
        laptop.locator("dialog[open]").get_by_role("button", name=confirm).click()


def join(phone: Page, server: Server, code: str) -> None:
    phone.goto(server.url)
    phone.get_by_label("Sessiecode").fill(code)
    phone.get_by_role("button", name="Meedoen").tap()
    phone.wait_for_url(re.compile(r"/s/\d{6}$"))


def write(phone: Page, text: str) -> None:
    phone.locator("#composer-text").fill(text)
    phone.locator("#composer-send").tap()
    expect(phone.locator("#composer-text")).to_have_value("")


def make_theme(laptop: Page, name: str, texts: list[str]) -> None:
    """Select cards and lay them under a new theme."""
    for text in texts:
        laptop.locator("#inbox").get_by_label(text, exact=True).check()
    laptop.get_by_label("Naam van het nieuwe thema").last.fill(name)
    laptop.locator(".selection-new").get_by_role("button", name="Nieuw thema").click()
    cluster = laptop.locator(".theme-cluster").filter(has=laptop.locator(".theme-cluster-name", has_text=name))
    expect(cluster.locator(".statement-card")).to_have_count(len(texts))


def give(phone: Page, theme: str, times: int) -> None:
    for _ in range(times):
        phone.get_by_role("button", name=f"Punt geven aan {theme}").tap()


def pdf_text(laptop: Page) -> str:
    """The text of the report that the page of an ended session leads to."""
    with laptop.expect_download() as waiting:
        laptop.get_by_role("link", name="Verslag (pdf)").click()
    content = waiting.value.path().read_bytes()
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def test_a_whole_evening(
    laptop: Page, phone: Callable[..., Page], open_context: Callable[..., BrowserContext], server: Server
) -> None:
    prepare(laptop)
    code = laptop.locator(".join-code-digits").first.inner_text()
    with laptop.context.expect_page() as opened:
        laptop.get_by_role("link", name="Zaalscherm").first.click()
    screen = opened.value
    screen.set_viewport_size(BIG_SCREEN)
    expect(screen.get_by_text(code).first).to_be_visible()
    phones = [phone() for _ in range(3)]
    for one in phones:
        join(one, server, code)
        expect(one.get_by_role("heading", name="U bent binnen. We beginnen zo.")).to_be_visible()

    # Collecting: twenty statements, one phone reloaded with a half-typed text, one offline for a while.
    press_next(laptop, "Start vraag 1")
    for one in phones:
        expect(one.get_by_role("heading", name=POSITIVE)).to_be_visible()
    for number, text in enumerate(STATEMENTS[:17]):
        write(phones[number % 3], text)
    phones[0].locator("#composer-text").fill(STATEMENTS[17])
    phones[0].reload()
    expect(phones[0].locator("#composer-text")).to_have_value(STATEMENTS[17])
    phones[0].locator("#composer-send").tap()
    phones[1].context.set_offline(True)
    expect(phones[1].locator("#banner-off")).to_be_visible()
    write(phones[1], STATEMENTS[18])
    expect(phones[1].locator("#outbox-list")).to_contain_text(STATEMENTS[18])
    phones[1].context.set_offline(False)
    write(phones[2], STATEMENTS[19])
    expect(screen.get_by_text(STATEMENTS[0])).to_have_count(0)
    expect(phones[1].locator("#outbox")).to_be_hidden()
    expect(screen.locator("#counts, #stage").first).to_contain_text("20")

    # Clustering, with one undo.
    press_next(laptop, "Sluit en orden")
    expect(laptop.locator("#inbox .statement-card")).to_have_count(20)
    for name, texts in THEMES.items():
        make_theme(laptop, name, texts)
    laptop.get_by_role("button", name=re.compile("^Ongedaan maken")).click()
    expect(laptop.locator(".theme-cluster")).to_have_count(2)
    laptop.get_by_role("button", name=re.compile("^Opnieuw")).click()
    expect(laptop.locator(".theme-cluster")).to_have_count(3)
    expect(screen.get_by_text("zwaluwstaart")).to_be_visible()

    # Voting: the advice is read and changed; nobody sees anything before the close.
    press_next(laptop, "Start stemmen")
    expect(laptop.locator("dialog[open]")).to_contain_text("Met 3 deelnemers kunnen 3 punten elk gelijke standen")
    laptop.get_by_label("Hoogstens op één thema").fill("")
    laptop.locator("dialog[open]").get_by_role("button", name="Start stemmen").click()
    give(phones[0], "Samenwerking", 3)
    give(phones[1], "Samenwerking", 2)
    give(phones[1], "Integrale werkwijze", 1)
    give(phones[2], "Samenwerking", 2)
    give(phones[2], "Integrale werkwijze", 1)
    for one in phones:
        one.get_by_role("button", name="Ik ben klaar").tap()
    expect(laptop.locator("#counts")).to_contain_text("3 van 3")
    expect(laptop.get_by_text("Uitslag verborgen")).to_be_visible()
    expect(screen.get_by_text("(7)")).to_have_count(0)
    press_next(laptop, "Sluit stemming")
    for page in (laptop, screen, *phones):
        expect(page.get_by_text("Samenwerking").first).to_be_visible()
    expect(laptop.locator(".result-row-name").first).to_have_text("Samenwerking (7)")
    expect(phones[0].get_by_text("3 punten van u")).to_be_visible()
    expect(screen.get_by_text("(7)")).to_be_visible()

    # A second vote, from zero.
    laptop.get_by_role("button", name="Opnieuw stemmen").click()
    expect(laptop.locator("dialog[open]")).to_contain_text("Wat 3 deelnemers stemden, blijft bewaard")
    laptop.locator("dialog[open]").get_by_role("button", name="Opnieuw stemmen").click()
    for one in phones:
        expect(one.get_by_text("Nog 3 van 3 punten")).to_be_visible()
        give(one, "Samenwerking", 1)
        give(one, "Korte lijnen", 2)
        one.get_by_role("button", name="Ik ben klaar").tap()
    expect(laptop.locator("#counts")).to_contain_text("3 van 3")
    press_next(laptop, "Sluit stemming")
    expect(laptop.locator(".result-row-name").first).to_have_text("Korte lijnen (6)")

    # A follow-up question, its answers, an action, the end.
    laptop.locator("#follow-up").get_by_role("button", name="Zet klaar na vraag 1").click()
    expect(laptop.locator(".rail-question")).to_have_count(3)
    press_next(laptop, "Naar vraag 2")
    for number, one in enumerate(phones):
        expect(one.get_by_role("heading", name="Wat moet er concreet gebeuren?")).to_be_visible()
        write(one, f"wie doet wat {number}")
    press_next(laptop, "Sluit en orden")
    expect(laptop.locator("#inbox .statement-card")).to_have_count(3)
    laptop.get_by_role("link", name="Actielijst").click()
    laptop.get_by_label("Nieuwe actie. Enter bewaart en opent de volgende regel.").fill("Verslag maken en rondsturen")
    laptop.keyboard.press("Enter")
    expect(laptop.locator(".action-row .action-text")).to_have_value("Verslag maken en rondsturen")
    laptop.get_by_role("link", name="Terug naar de sessie").click()
    press_next(laptop, "Naar resultaat")
    expect(laptop.get_by_role("button", name="Maak actie")).to_have_count(3)
    press_next(laptop, "Naar vraag 3")
    press_next(laptop, "Sluit en orden")
    laptop.locator(".new-theme summary").click()
    laptop.locator("#new-theme-name").fill("Leeg thema")
    laptop.keyboard.press("Enter")
    expect(laptop.locator(".theme-cluster")).to_have_count(1)
    press_next(laptop, "Start stemmen", confirm="Start stemmen")
    press_next(laptop, "Sluit stemming")
    expect(laptop.get_by_text("Te weinig stemmen om geheim te blijven.").first).to_be_visible()
    press_next(laptop, "Rond sessie af", confirm="Rond sessie af")
    for one in phones:
        expect(one.get_by_role("heading", name="Bedankt voor uw inbreng.")).to_be_visible()
        expect(one.get_by_text("Verslag maken en rondsturen")).to_be_visible()

    # The report holds every word, exactly as it was typed.
    report = " ".join(pdf_text(laptop).split())
    for text in STATEMENTS:
        assert text in report
    assert "Korte lijnen (6)" in report
    assert "Verslag maken en rondsturen" in report
