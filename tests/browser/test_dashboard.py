"""Preparing a session in real Chromium: by keyboard, without losing a word, and without scripts too."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import LAPTOP, Server
from tests.world import EMAIL, PASSWORD


def make_session(page: Page, title: str = "Wijkvisie 2035") -> None:
    page.get_by_label("Leeg: uw eigen vragen").check()
    page.get_by_label("Titel").fill(title)
    page.get_by_role("button", name="Sessie maken").click()
    page.wait_for_url("**/agenda")


def add(page: Page, text: str) -> None:
    before = page.locator(".agenda-question").count()
    page.locator("#text-new").fill(text)
    page.locator(".agenda-question-new button").click()
    expect(page.locator(".agenda-question")).to_have_count(before + 1)


def test_a_session_is_made_with_the_keyboard_alone(laptop: Page) -> None:
    laptop.get_by_label("Evaluatie").focus()
    for _ in range(4):
        laptop.keyboard.press("ArrowDown")
    laptop.keyboard.press("Tab")
    laptop.keyboard.type("Wijkvisie 2035")
    laptop.keyboard.press("Enter")
    laptop.wait_for_url("**/agenda")
    laptop.locator("#text-new").focus()
    laptop.keyboard.type("Wat gaat er goed?")
    laptop.keyboard.press("Tab")
    laptop.keyboard.press("Enter")
    expect(laptop.locator(".agenda-question-form .agenda-question-text")).to_have_value("Wat gaat er goed?")
    expect(laptop.locator("#text-new")).to_be_focused()
    expect(laptop.locator("#text-new")).to_have_value("")


def test_what_is_changed_is_kept_without_pressing_anything(laptop: Page) -> None:
    make_session(laptop)
    add(laptop, "Wat gaat er goed?")
    question = laptop.locator(".agenda-question-form")
    question.get_by_label("Punten per deelnemer").fill("5")
    question.get_by_label("Hoogstens op één thema").fill("4")
    expect(laptop.locator("#saved")).to_contain_text("Bewaard om")
    question.get_by_label("Tekens per uitspraak").select_option("Hoogstens 280")
    laptop.wait_for_load_state("networkidle")
    laptop.reload()
    expect(question.get_by_label("Punten per deelnemer")).to_have_value("5")
    expect(question.get_by_label("Hoogstens op één thema")).to_have_value("4")
    expect(question.get_by_label("Tekens per uitspraak")).to_have_value("280")


def test_two_changes_in_a_row_do_not_overtake_each_other(laptop: Page) -> None:
    make_session(laptop)
    add(laptop, "Wat gaat er goed?")
    question = laptop.locator(".agenda-question-form")
    for budget in ("4", "6", "8"):
        question.get_by_label("Punten per deelnemer").fill(budget)
        question.get_by_label("Punten per deelnemer").dispatch_event("change")
    laptop.wait_for_load_state("networkidle")
    expect(laptop.locator(".agenda-question .error")).to_have_count(0)
    laptop.reload()
    expect(question.get_by_label("Punten per deelnemer")).to_have_value("8")


def test_a_refused_setting_says_why_and_keeps_what_was_typed(laptop: Page) -> None:
    make_session(laptop)
    add(laptop, "Wat gaat er goed?")
    question = laptop.locator(".agenda-question-form")
    question.get_by_label("Vraag", exact=True).fill("x" * 301)
    question.get_by_label("Vraag", exact=True).blur()
    expect(question.locator(".error")).to_contain_text("301")
    expect(question.get_by_label("Vraag", exact=True)).to_have_value("x" * 301)
    expect(laptop.locator("#saved")).to_contain_text("Nog niet bewaard")
    question.get_by_label("Vraag", exact=True).fill("Korter?")
    question.get_by_label("Punten per deelnemer").fill("0")
    question.get_by_label("Punten per deelnemer").blur()
    expect(question.locator(".error")).to_contain_text("Kies een getal van 1 tot en met 100")
    question.get_by_label("Punten per deelnemer").fill("7")
    question.get_by_label("Punten per deelnemer").blur()
    expect(question.locator(".error")).to_have_count(0)


def test_questions_change_places_and_disappear_after_a_second_look(laptop: Page) -> None:
    make_session(laptop)
    for text in ("Eerste?", "Tweede?", "Derde?"):
        add(laptop, text)
    laptop.locator(".agenda-question-head").nth(2).click()
    laptop.get_by_role("button", name=re.compile("Omhoog.*Vraag 3")).click()
    titles = laptop.locator(".agenda-question-form .agenda-question-text")
    expect(titles.nth(1)).to_have_value("Derde?")
    laptop.locator("summary", has_text=re.compile("Verwijder.*Vraag 2")).click()
    laptop.get_by_role("button", name="Verwijder vraag 2").click()
    expect(titles).to_have_count(2)
    expect(titles.nth(1)).to_have_value("Tweede?")


def test_a_vote_is_left_out_and_its_settings_go_with_it(laptop: Page) -> None:
    make_session(laptop)
    add(laptop, "Wat gaat er goed?")
    question = laptop.locator(".agenda-question-form")
    question.get_by_label("Stemmen", exact=True).uncheck()
    expect(question.get_by_label("Punten per deelnemer")).to_have_count(0)
    expect(laptop.locator(".agenda-question-sum")).to_have_text("Verzamelen, Ordenen, Resultaat")


def test_minutes_and_given_themes_are_kept_as_they_are_typed(laptop: Page) -> None:
    make_session(laptop)
    add(laptop, "Wat gaat er goed?")
    question = laptop.locator(".agenda-question-form")
    question.get_by_label("Minuten voor Verzamelen").fill("20")
    question.get_by_label("Vaste thema’s").fill("Groen\nOntmoeten")
    question.get_by_label("Vaste thema’s").blur()
    expect(laptop.locator(".agenda-question-minutes")).to_have_text("45 min")
    laptop.wait_for_load_state("networkidle")
    laptop.reload()
    expect(question.get_by_label("Minuten voor Verzamelen")).to_have_value("20")
    expect(question.get_by_label("Vaste thema’s")).to_have_value("Groen\nOntmoeten")


def test_the_evaluation_comes_with_its_questions(laptop: Page) -> None:
    laptop.get_by_label("Titel").fill("Terugblik")
    laptop.get_by_role("button", name="Sessie maken").click()
    laptop.wait_for_url("**/agenda")
    expect(laptop.locator(".agenda-question")).to_have_count(3)


def test_all_of_it_works_without_scripts(
    laptop: Page, open_context: Callable[..., BrowserContext], server: Server
) -> None:
    page = open_context(viewport=LAPTOP, java_script_enabled=False).new_page()
    page.goto(f"{server.url}/sign-in")
    page.get_by_label("E-mailadres").fill(EMAIL)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    make_session(page, "Zonder script")
    add(page, "Wat gaat er goed?")
    page.get_by_label("Punten per deelnemer").fill("4")
    page.locator(".agenda-question-form").get_by_role("button", name="Bewaar").click()
    expect(page.get_by_label("Punten per deelnemer")).to_have_value("4")
    page.get_by_role("button", name="Start sessie").click()
    page.wait_for_url("**/control-room")


def test_the_dashboard_shows_where_each_session_stands(laptop: Page, server: Server) -> None:
    make_session(laptop)
    laptop.goto(f"{server.url}/sessions")
    expect(laptop.locator(".session-row")).to_contain_text("Nog geen vraag")
    laptop.get_by_role("link", name="Maak af").click()
    add(laptop, "Wat gaat er goed?")
    laptop.goto(f"{server.url}/sessions")
    expect(laptop.locator(".session-row")).to_contain_text("Klaar om te starten")
    laptop.get_by_role("link", name="Open").click()
    laptop.get_by_role("button", name="Start sessie").click()
    laptop.wait_for_url("**/control-room")
    laptop.goto(f"{server.url}/sessions")
    expect(laptop.locator(".live-session-panel")).to_contain_text("Nog niet begonnen")
