"""Preparing an evening in real Chromium: typed and kept, ordered by hand and by key, seen as participants will."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import LAPTOP
from tests.browser.test_dashboard import add, make_session

TITLES = ".agenda-question-form .agenda-question-text"


def with_three(page: Page) -> None:
    make_session(page)
    for text in ("Eerste?", "Tweede?", "Derde?"):
        add(page, text)


def expect_order(page: Page, *texts: str) -> None:
    expect(page.locator(".agenda-question-title")).to_have_text(list(texts))


def test_what_is_typed_is_kept_without_leaving_the_field_and_seen_on_the_phone(laptop: Page) -> None:
    make_session(laptop)
    add(laptop, "Wat gaat er goed?")
    field = laptop.locator(TITLES)
    field.press("End")
    field.press_sequentially(" En wat niet?")
    expect(laptop.locator("#phone-preview h1")).to_have_text("Wat gaat er goed? En wat niet?")
    expect(laptop.locator(".agenda-question-title")).to_have_text("Wat gaat er goed? En wat niet?")
    expect(field).to_be_focused()
    field.press_sequentially(" Nog meer.")
    # Gone before the second is over: what was typed goes along.
    laptop.reload()
    laptop.reload()
    expect(field).to_have_value("Wat gaat er goed? En wat niet? Nog meer.")


def test_what_did_not_arrive_when_leaving_is_there_again_and_saved(laptop: Page) -> None:
    make_session(laptop)
    add(laptop, "Wat gaat er goed?")
    laptop.evaluate("navigator.sendBeacon = () => false")
    laptop.locator(TITLES).fill("Wat gaat er nog beter?")
    with laptop.expect_response("**/questions/*") as saved:
        laptop.reload()
    assert saved.value.ok
    expect(laptop.locator(TITLES)).to_have_value("Wat gaat er nog beter?")
    expect(laptop.locator(".agenda-question-title")).to_have_text("Wat gaat er nog beter?")


def test_questions_are_ordered_with_alt_and_arrows_and_the_focus_stays(laptop: Page) -> None:
    with_three(laptop)
    field = laptop.get_by_role("textbox", name="Vraag", exact=True).first
    field.press("End")
    field.press_sequentially(" Net getypt.")
    field.press("Alt+ArrowDown")
    expect_order(laptop, "Tweede?", "Eerste? Net getypt.", "Derde?")
    expect(laptop.locator("#announcement")).to_contain_text("Staat nu op plaats 2 van 3", timeout=9000)
    expect(laptop.locator(TITLES).nth(1)).to_be_focused()
    laptop.keyboard.press("Alt+ArrowUp")
    expect_order(laptop, "Eerste? Net getypt.", "Tweede?", "Derde?")
    laptop.keyboard.type("!")
    expect(laptop.locator(TITLES).first).to_have_value("Eerste? Net getypt.!")


def test_a_question_is_dragged_to_its_place_also_when_the_line_breaks_just_then(laptop: Page) -> None:
    with_three(laptop)
    laptop.route("**/place", lambda route: route.abort("connectionreset"), times=1)
    laptop.locator(".agenda-question-head").first.click()
    grip = laptop.locator(".agenda-question-grip").nth(2)
    grip.drag_to(laptop.locator(".agenda-item").first, target_position={"x": 60, "y": 4})
    expect_order(laptop, "Derde?", "Eerste?", "Tweede?")
    expect(laptop.locator(".agenda-question-number")).to_have_text(["1", "2", "3"])


def test_a_break_has_minutes_and_no_number_and_the_agenda_says_when_it_is_through(laptop: Page) -> None:
    make_session(laptop)
    add(laptop, "Wat gaat er goed?")
    laptop.get_by_role("button", name="Pauze", exact=True).click()
    expect(laptop.locator(".agenda-question")).to_have_count(2)
    add(laptop, "Wat knelt er?")
    expect(laptop.locator(".agenda-question-number")).to_have_text(["1", "", "2"])
    laptop.locator("#agenda-session summary").click()
    laptop.get_by_label("Begint om").fill("19:30")
    expect(laptop.locator("#agenda-sum")).to_have_text("85 min, klaar om 20:55")


def test_a_template_asks_before_it_takes_the_place_of_questions_and_an_own_one_can_be_chosen(laptop: Page) -> None:
    make_session(laptop)
    add(laptop, "Eigen vraag?")
    laptop.get_by_text("Bewaar als sjabloon").click()
    laptop.get_by_label("Naam van het sjabloon").fill("Van ons")
    laptop.get_by_role("button", name="Bewaar sjabloon").click()
    expect(laptop.locator(".template-name").last).to_have_text("Van ons")
    laptop.locator(".template-card summary", has_text="Prioriteren").first.click()
    laptop.locator("summary", has_text="In plaats van de uwe: Prioriteren").click()
    laptop.get_by_role("button", name="Vervang 1 onderdeel").click()
    expect_order(laptop, "Wat moet volgens u voorgaan?")
    expect(laptop.locator("#phone-preview")).to_contain_text("Thema 3")
    laptop.locator(".template-card summary", has_text="Van ons").first.click()
    laptop.get_by_role("button", name=re.compile("Voeg achteraan toe.*Van ons")).click()
    expect_order(laptop, "Wat moet volgens u voorgaan?", "Eigen vraag?")


def test_a_second_window_that_is_overtaken_keeps_its_text_beside_what_stands(
    laptop: Page, open_context: Callable[..., BrowserContext]
) -> None:
    make_session(laptop)
    add(laptop, "Wat gaat er goed?")
    other = open_context(viewport=LAPTOP)
    other.add_cookies(laptop.context.cookies())  # type: ignore[arg-type]
    second = other.new_page()
    second.goto(laptop.url)
    laptop.locator(TITLES).fill("Van de een?")
    expect(laptop.locator(".agenda-question-title")).to_have_text("Van de een?")
    second.locator(TITLES).fill("Van de ander?")
    expect(second.locator(".agenda-stands q")).to_have_text("Van de een?")
    expect(second.locator(TITLES)).to_have_value("Van de ander?")
    second.locator(".agenda-question-form").get_by_role("button", name="Bewaar").click()
    expect(second.locator(".agenda-question-title")).to_have_text("Van de ander?")
    expect(second.locator(".agenda-question .error")).to_have_count(0)
    laptop.reload()
    laptop.locator("summary", has_text="Verwijder").click()
    laptop.get_by_role("button", name="Verwijder vraag 1").click()
    expect(laptop.locator("#agenda-heading")).to_be_focused()
    second.locator(TITLES).fill("Nog aan het typen")
    expect(second.locator("#agenda-notice")).to_contain_text("intussen van de agenda gehaald")
    expect(second.locator("#text-new")).to_have_value("Nog aan het typen")
