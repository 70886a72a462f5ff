"""The control room in real Chromium: what a moderator does with mouse and keyboard, and what no push may disturb."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import scenes
from tests.browser.conftest import LAPTOP
from tests.browser.scenes import Gallery

TEXTS = ["status overleggen", "start en uitbouw", "laagdrempelig burgers"]


@pytest.fixture
def open_room(browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Page]]:
    """Opens the moderator's page of a scene, as often as wanted; a scene is made when it is first asked for."""
    with contextlib.ExitStack() as stack:
        running: dict[str, Gallery] = {}

        def open_one(name: str, page_name: str = "control-room", **options: object) -> Page:
            if name not in running:
                monkeypatch.setattr(scenes, "SCENES", (getattr(scenes, name.replace("-", "_")),))
                running[name] = stack.enter_context(scenes.running_gallery(tmp_path / name))
            shown = running[name]
            context = stack.enter_context(
                browser.new_context(**{"locale": "nl", "viewport": LAPTOP, **options})  # type: ignore[arg-type]
            )
            context.set_default_timeout(5000)
            context.add_cookies(shown.cookies(shown.scenes[0], "moderator"))  # type: ignore[arg-type]
            page = context.new_page()
            page.goto(shown.url + shown.scenes[0].pages[page_name][0])
            return page

        yield open_one


def card(page: Page, text: str):
    return page.locator("#inbox").get_by_label(text, exact=True)


def test_a_selection_survives_what_another_moderator_does(open_room: Callable[..., Page]) -> None:
    mine, theirs = open_room("cluster"), open_room("cluster")
    card(mine, TEXTS[0]).check()
    card(mine, TEXTS[1]).check()
    # A list that a pointer rests on waits.
    mine.mouse.move(5, 5)
    card(theirs, TEXTS[2]).check()
    theirs.locator(".selection-themes").get_by_role("button", name="Samenwerking").click()
    expect(card(mine, TEXTS[2])).to_have_count(0)
    expect(card(mine, TEXTS[0])).to_be_checked()
    expect(mine.locator("#selection-count")).to_have_text("2 geselecteerd. Leg bij…")


def test_statements_are_grouped_with_the_keyboard_alone(open_room: Callable[..., Page]) -> None:
    page = open_room("cluster")
    boxes = page.locator("#inbox input[name=statement]")
    texts = page.locator("#inbox .statement-text").all_inner_texts()
    boxes.first.focus()
    page.keyboard.press("Space")
    expect(page.locator("#selection-bar")).to_be_visible()
    page.locator(".selection-themes button").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#inbox-heading")).to_have_text(f"Nog te ordenen ({len(texts) - 1})")
    # The focus is on the card behind the moved one, and the bar has gone.
    expect(card(page, texts[1])).to_be_focused()
    expect(page.locator("#selection-bar")).to_be_hidden()
    expect(page.locator("#announcement")).to_contain_text("1 kaart bij Samenwerking. Nog ", timeout=12_000)


def test_enter_in_the_name_field_makes_a_theme_and_never_moves_to_the_first(open_room: Callable[..., Page]) -> None:
    page = open_room("cluster")
    first = page.locator(".theme-cluster").first.locator(".statement-card").count()
    card(page, TEXTS[0]).check()
    page.locator("#selection-new-name").fill("Status")
    page.keyboard.press("Enter")
    expect(page.locator(".theme-cluster").filter(has_text="Status").locator(".statement-card")).to_have_count(1)
    assert page.locator(".theme-cluster").first.locator(".statement-card").count() == first


def test_undo_says_what_it_takes_back_and_puts_it_back(open_room: Callable[..., Page]) -> None:
    page = open_room("cluster")
    card(page, TEXTS[0]).check()
    page.locator(".selection-themes").get_by_role("button", name="Samenwerking").click()
    undo = page.get_by_role("button", name=re.compile("^Ongedaan maken"))
    expect(undo).to_have_attribute("title", "Ongedaan: 1 uitspraak naar Samenwerking")
    undo.click()
    expect(card(page, TEXTS[0])).to_be_visible()


def test_undo_by_keyboard_says_what_was_done_and_keeps_the_focus(open_room: Callable[..., Page]) -> None:
    page = open_room("cluster")
    card(page, TEXTS[0]).focus()
    page.keyboard.press("Space")
    expect(page.locator("#announcement")).to_contain_text("1 geselecteerd. Leg bij…")
    page.locator(".selection-themes").get_by_role("button", name="Samenwerking").press("Enter")
    undo, redo = page.locator(".undo-button").first, page.locator(".undo-button.is-redo")
    expect(undo).to_have_attribute("title", "Ongedaan: 1 uitspraak naar Samenwerking")
    undo.press("Enter")
    expect(undo).to_be_focused()
    redo.press("Enter")
    expect(redo).to_have_attribute("aria-disabled", "true")
    expect(redo).to_be_focused()
    # Perhaps in one breath with new suggestions.
    said = "Opnieuw gedaan: 1 uitspraak naar Samenwerking"
    expect(page.locator("#announcement")).to_contain_text(said, timeout=12_000)
    # Pressed again it says that there is nothing, and still leaves the keyboard where it was.
    redo.press("Enter")
    expect(page.locator("#notice")).to_contain_text("Er is niets om opnieuw te doen.")
    expect(redo).to_be_focused()


def test_a_theme_is_renamed_moved_and_removed_from_its_menu(open_room: Callable[..., Page]) -> None:
    page = open_room("cluster")
    first = page.locator(".theme-cluster").first
    first.locator("summary").click()
    first.get_by_label("Naam", exact=True).fill("Samen")
    page.keyboard.press("Enter")
    expect(first.locator("h3")).to_have_text("Samen")
    expect(first.locator("details[open]")).to_have_count(0)
    first.locator("summary").click()
    first.get_by_role("button", name="Naar achteren").click()
    expect(page.locator(".theme-cluster h3").nth(1)).to_have_text("Samen")
    second = page.locator(".theme-cluster").nth(1)
    expect(page.locator("details[open]")).to_have_count(0)
    second.locator("summary").click()
    second.get_by_role("button", name="Verwijder thema").click()
    expect(page.locator(".theme-cluster h3").filter(has_text="Samen")).to_have_count(0)


def test_a_push_takes_neither_focus_nor_text_from_a_field(open_room: Callable[..., Page]) -> None:
    mine, theirs = open_room("cluster"), open_room("cluster")
    mine.locator(".new-theme summary").click()
    mine.locator("#new-theme-name").fill("Half getyp")
    card(theirs, TEXTS[0]).check()
    theirs.locator(".selection-themes").get_by_role("button", name="Samenwerking").click()
    expect(card(mine, TEXTS[0])).to_have_count(0)
    expect(mine.locator("#new-theme-name")).to_be_focused()
    expect(mine.locator("#new-theme-name")).to_have_value("Half getyp")


def test_loose_statements_are_asked_about_and_no_is_no(open_room: Callable[..., Page]) -> None:
    page = open_room("cluster")
    page.locator(".next-step-button").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("uitspraken hebben nog geen thema")
    dialog.get_by_role("link", name="Terug naar het bord").click()
    expect(dialog).to_be_hidden()
    expect(page.locator(".next-step-button")).to_be_focused()
    expect(page.locator("#stage")).to_have_class(re.compile("stage-cluster"))


def test_look_alike_themes_are_named_and_a_refused_figure_keeps_the_dialog(open_room: Callable[..., Page]) -> None:
    page = open_room("cluster")
    page.locator(".new-theme summary").click()
    page.locator("#new-theme-name").fill("Samen werken aan samenwerking")
    page.keyboard.press("Enter")
    expect(page.locator(".theme-cluster")).to_have_count(6)
    page.locator(".next-step-button").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Samenwerking en Samen werken aan samenwerking")
    expect(dialog.get_by_label("Punten per deelnemer")).to_be_focused()
    dialog.get_by_label("Punten per deelnemer").fill("20")
    dialog.get_by_label("Hoogstens op één thema").fill("1")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("Van de 20 punten kunnen er maar 6")
    expect(dialog.get_by_label("Punten per deelnemer")).to_have_value("20")
    dialog.get_by_label("Hoogstens op één thema").fill("4")
    page.keyboard.press("Enter")
    expect(page.locator("#stage")).to_have_class(re.compile("stage-vote"))
    expect(page.locator("#stage")).to_contain_text("20")


def test_a_double_click_on_the_next_step_goes_one_step(open_room: Callable[..., Page]) -> None:
    page = open_room("collect")
    page.locator(".next-step-button").dblclick()
    expect(page.locator("#stage")).to_have_class(re.compile("stage-cluster"))
    page.wait_for_timeout(1000)
    expect(page.locator("#stage")).to_have_class(re.compile("stage-cluster"))
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_statements_are_hidden_shown_again_and_added_by_the_moderator(open_room: Callable[..., Page]) -> None:
    page = open_room("cluster")
    card(page, TEXTS[0]).check()
    page.get_by_role("button", name="Verberg").click()
    expect(card(page, TEXTS[0])).to_have_count(0)
    page.locator("summary", has_text="Verborgen (1)").click()
    page.get_by_role("button", name=re.compile(f"^Toon weer.*{TEXTS[0]}$")).click()
    expect(card(page, TEXTS[0])).to_be_visible()
    page.locator("summary", has_text="Voeg een uitspraak toe voor de zaal").click()
    page.get_by_label("Wat er gezegd is").fill("hardop gezegd")
    page.locator(".add-statement-form button").click()
    expect(card(page, "hardop gezegd")).to_be_visible()
    expect(page.get_by_label("Wat er gezegd is")).to_have_value("")


def test_two_themes_become_one(open_room: Callable[..., Page]) -> None:
    page = open_room("cluster")
    count = page.locator(".theme-cluster").count()
    first = page.locator(".theme-cluster").first
    first.locator("summary").click()
    first.get_by_label("Voeg samen met").select_option(index=0)
    first.get_by_role("button", name="Voeg samen").click()
    expect(page.locator(".theme-cluster")).to_have_count(count - 1)


def test_late_statements_are_told_when_they_come_in(open_room: Callable[..., Page]) -> None:
    page = open_room("cluster")
    expect(page.locator("#arrivals")).to_be_hidden()
    late = page.locator("#inbox-list .statement-card").first.evaluate(
        """card => {
            const list = card.closest("ul").cloneNode(true);
            const fresh = list.firstElementChild.cloneNode(true);
            fresh.id = "statement-late";
            fresh.querySelector("input").value = "late";
            list.append(fresh);
            return list.outerHTML;
        }"""
    )
    page.evaluate(
        """async html => (await import(document.querySelector('script[src*="live.js"]').src)).applyPush(
            `<div id="push" data-seq="${document.body.dataset.seq}">${html}</div>`)""",
        late,
    )
    expect(page.locator("#arrivals")).to_have_text("1 late uitspraak komt er nu bij")


def test_a_lost_connection_is_told_and_what_was_pressed_did_not_happen(open_room: Callable[..., Page]) -> None:
    page = open_room("cluster")
    page.context.set_offline(True)
    card(page, TEXTS[0]).check()
    page.locator(".selection-themes").get_by_role("button", name="Samenwerking").click()
    expect(page.locator("#connection")).to_contain_text("Geen verbinding")
    expect(card(page, TEXTS[0])).to_be_checked()
    page.context.set_offline(False)
    expect(page.locator("#connection")).to_be_hidden(timeout=10_000)


def test_a_follow_up_question_is_queued_from_the_result(open_room: Callable[..., Page]) -> None:
    page = open_room("result")
    questions = page.locator(".rail-question").count()
    page.locator("#follow-up").get_by_role("checkbox").nth(2).uncheck()
    page.locator("#follow-up .follow-up-card .field").first.fill("Samen verder")
    page.get_by_role("button", name="Zet klaar na vraag 1").click()
    expect(page.locator("#notice")).to_contain_text("De vervolgvraag staat klaar")
    expect(page.locator(".rail-question")).to_have_count(questions + 1)
    expect(page.locator(".rail-question").nth(1)).to_contain_text("Wat moet er concreet gebeuren?")


def test_the_address_of_the_session_opens_in_a_dialog_and_closes(open_room: Callable[..., Page]) -> None:
    page = open_room("collect")
    page.get_by_role("link", name="Toon code en QR").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("http://192.168.1.20")
    expect(dialog.locator("svg")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_actions_are_typed_one_after_another_and_kept(open_room: Callable[..., Page]) -> None:
    page = open_room("ended", "actions")
    rows = page.locator(".action-row").count()
    new = page.get_by_label("Nieuwe actie. Enter bewaart en opent de volgende regel.")
    for text in ("Verslag rondsturen", "Ronde door de wijk"):
        new.fill(text)
        page.keyboard.press("Enter")
        expect(new).to_have_value("")
    expect(new).to_be_focused()
    expect(page.locator(".action-row")).to_have_count(rows + 2)
    last = page.locator(".action-row").last
    last.get_by_label("Eigenaar").fill("Opbouwwerk")
    last.get_by_label("Uiterlijk").fill("2026-12-07")
    page.keyboard.press("Tab")
    expect(last.locator(".is-missing")).to_have_count(0)
    expect(page.locator("#saved")).to_contain_text("Bewaard om")
    page.reload()
    expect(page.locator(".action-row").last.get_by_label("Eigenaar")).to_have_value("Opbouwwerk")
    expect(page.locator(".action-row").last.get_by_label("Uiterlijk")).to_have_value("2026-12-07")


def test_answers_become_actions_by_keyboard_together_and_one_by_its_button(open_room: Callable[..., Page]) -> None:
    page = open_room("answered")
    listed = page.get_by_text("Op de actielijst", exact=True)
    expect(page.get_by_role("button", name="Maak acties van de aangevinkte antwoorden")).to_be_hidden()
    for text in ("beslissingsbevoegdheid", "betere afspraken"):
        page.get_by_role("checkbox", name=text).focus()
        page.keyboard.press("Space")
    page.get_by_role("button", name="Maak acties van de aangevinkte antwoorden").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_have_text("2 acties staan nu op de lijst.")
    expect(page.locator("#result-loose .answer-listed")).to_have_count(2)
    expect(listed.last).to_be_visible()
    page.get_by_role("button", name="Maak actie").click()
    expect(page.locator("#notice")).to_have_text("1 actie staat nu op de lijst.")
    expect(page.locator(".rail-links-count").first).to_have_text("5")


def test_a_row_stays_in_what_was_asked_for_while_it_is_filled_in(open_room: Callable[..., Page]) -> None:
    page = open_room("answered", "actions")
    page.get_by_role("link", name="Zonder eigenaar (1)").click()
    rows = page.locator(".action-row:visible")
    expect(rows).to_have_count(1)
    expect(rows.locator(".action-text")).to_have_accessible_description(re.compile("werkwoord.*Nog niemand.*Nog geen"))
    rows.get_by_label("Eigenaar").fill("Wijkmanager")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Zonder eigenaar (0)")).to_have_attribute("aria-current", "true")
    expect(rows).to_have_count(1)
    page.reload()
    expect(rows).to_have_count(0)


def test_what_a_group_left_goes_along_while_its_next_session_is_prepared(open_room: Callable[..., Page]) -> None:
    page = open_room("prepared", "agenda")
    page.locator(".agenda-question-text").last.fill("Een vraag die nog niet is toegevoegd")
    page.get_by_role("link", name="Nog open van eerdere sessies (3)").click()
    left = page.locator(".earlier-action")
    left.first.get_by_role("button", name="Neem mee").click()
    expect(page.locator(".earlier-said")).to_contain_text("1 actie gaat mee")
    left.first.get_by_role("button", name="Klaar").click()
    expect(page.locator(".earlier-said")).to_contain_text("Klaar: Actiepuntenlijst bijhouden")
    expect(left).to_have_count(1)
    expect(page.get_by_role("heading", name="Nog open van een eerdere sessie (1)")).to_be_visible()
    expect(page.locator(".agenda-question-text").last).to_have_value("Een vraag die nog niet is toegevoegd")


def test_what_can_not_be_saved_stays_in_its_cell(open_room: Callable[..., Page]) -> None:
    page = open_room("ended", "actions")
    owner = page.locator(".action-row").first.get_by_label("Eigenaar")
    page.context.set_offline(True)
    owner.fill("Iemand anders")
    page.keyboard.press("Tab")
    expect(page.locator("#saved")).to_have_text("Nog niet bewaard. Uw tekst staat er nog.")
    expect(owner).to_have_value("Iemand anders")


def test_attendees_are_typed_and_taken_off(open_room: Callable[..., Page]) -> None:
    page = open_room("ended", "attendees")
    page.get_by_label("Naam").fill("Anna")
    page.get_by_label("Rol", exact=True).fill("wijkagent")
    page.keyboard.press("Enter")
    row = page.get_by_role("row", name=re.compile("Anna"))
    expect(row).to_contain_text("wijkagent")
    row.locator("summary", has_text="Verwijder Anna").click()
    expect(row).to_contain_text("Dat kan niet ongedaan worden gemaakt.")
    row.get_by_role("button", name="Verwijder").click()
    expect(row).to_have_count(0)


def test_it_works_without_scripts(open_room: Callable[..., Page]) -> None:
    page = open_room("cluster", java_script_enabled=False)
    card(page, TEXTS[0]).check()
    page.locator(".selection-themes").get_by_role("button", name="Samenwerking").click()
    expect(card(page, TEXTS[0])).to_have_count(0)
    page.locator(".next-step-button").click()
    page.get_by_role("button", name="Start stemmen").click()
    expect(page.get_by_text("Uitslag verborgen.")).to_be_visible()


PHASES = ["waiting", "collect", "cluster", "vote", "result", "crowded-cluster", "crowded-result"]


@pytest.mark.parametrize("name", PHASES)
def test_no_width_needs_sideways_scrolling(open_room: Callable[..., Page], name: str) -> None:
    page = open_room(name)
    for width in (320, 390, 768, 1024):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


def test_who_makes_actions_by_keyboard_goes_on_with_the_next_answer(open_room: Callable[..., Page]) -> None:
    page = open_room("answered", "answers")
    acts = page.get_by_role("button", name="Maak actie")
    expect(acts).to_have_count(3)
    acts.first.press("Enter")
    expect(acts).to_have_count(2)
    expect(acts.first).to_be_focused()
    page.get_by_label("beslissingsbevoegdheid").check()
    page.get_by_role("button", name="Maak acties van de aangevinkte antwoorden").press("Enter")
    expect(acts).to_have_count(1)
    expect(acts.first).to_be_focused()
    acts.first.press("Enter")
    expect(acts).to_have_count(0)
    expect(page.locator("main")).to_be_focused()


def test_the_arrow_of_a_theme_tells_whether_its_statements_are_unfolded(open_room: Callable[..., Page]) -> None:
    page = open_room("result")
    theme = page.locator(".result-row details").first
    arrow = theme.locator("summary > .icon")
    expect(theme).to_have_js_property("open", True)
    expect(arrow).not_to_have_css("transform", "none")
    theme.locator("summary").click()
    expect(arrow).to_have_css("transform", "none")
