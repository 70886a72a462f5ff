"""A moderator's sessions in real Chromium: found, copied, deleted, put back; by keyboard, and without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PHONE, Server
from tests.browser.test_dashboard import add, make_session
from tests.world import EMAIL, PASSWORD


def open_menu(page: Page, name: str) -> None:
    page.locator("summary", has_text=f"Meer voor {name}").click()


def test_a_session_is_copied_found_deleted_and_put_back(laptop: Page, server: Server) -> None:
    make_session(laptop, "Wijkvisie 2035")
    add(laptop, "Wat gaat er goed?")
    laptop.goto(f"{server.url}/sessions")
    open_menu(laptop, "Wijkvisie 2035")
    laptop.get_by_role("link", name="Kopieer voor een andere groep").click()
    expect(laptop.get_by_label("Naam van de groep")).to_be_focused()
    laptop.keyboard.type("Jongerenraad Één")
    laptop.get_by_label("Begint om").fill("19:30")
    laptop.get_by_role("button", name="Maak de kopie").click()
    laptop.wait_for_url("**/agenda")
    expect(laptop.locator(".agenda-question-form .agenda-question-text")).to_have_value("Wat gaat er goed?")

    laptop.goto(f"{server.url}/sessions")
    laptop.get_by_role("searchbox").fill("een jong")
    laptop.keyboard.press("Enter")
    rows = laptop.locator(".session-row")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("19:30")
    expect(laptop.get_by_role("status")).to_contain_text("1 sessie gevonden")

    open_menu(laptop, "Jongerenraad Één")
    laptop.get_by_role("button", name="Verwijder").click()
    expect(laptop.get_by_role("status").first).to_contain_text("‘Jongerenraad Één’ is verwijderd")
    expect(laptop.get_by_role("button", name="Zet terug").first).to_be_focused()
    laptop.keyboard.press("Enter")
    expect(laptop.get_by_role("status")).to_contain_text("is terug")
    expect(rows).to_have_count(2)


def test_the_menu_of_a_session_opens_and_folds_by_keyboard(laptop: Page, server: Server) -> None:
    make_session(laptop)
    laptop.goto(f"{server.url}/sessions")
    menu = laptop.locator("summary", has_text=re.compile("Meer voor"))
    menu.focus()
    laptop.keyboard.press("Enter")
    laptop.keyboard.press("Tab")
    expect(laptop.get_by_role("link", name="Kopieer voor een andere groep")).to_be_focused()
    laptop.keyboard.press("Escape")
    expect(menu).to_be_focused()
    expect(laptop.get_by_role("link", name="Kopieer voor een andere groep")).to_be_hidden()


def test_on_a_small_screen_without_scripts_a_session_is_deleted_and_put_back(
    laptop: Page, open_context: Callable[..., BrowserContext], server: Server
) -> None:
    make_session(laptop, "Wijkvisie 2035")
    page = open_context(viewport={**PHONE, "width": 320}, java_script_enabled=False).new_page()
    page.goto(f"{server.url}/sign-in")
    page.get_by_label("E-mailadres").fill(EMAIL)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    open_menu(page, "Wijkvisie 2035")
    page.get_by_role("button", name="Verwijder").click()
    expect(page.locator(".session-row:visible")).to_have_count(0)
    page.locator("summary", has_text="Verwijderd (1)").click()
    page.locator(".deleted-sessions").get_by_role("button", name="Zet terug").click()
    expect(page.locator(".session-row")).to_have_count(1)


def test_an_address_without_an_account_says_what_to_do_and_stays_typed(laptop: Page, server: Server) -> None:
    make_session(laptop, "Wijkvisie 2035")
    laptop.goto(f"{server.url}/sessions")
    open_menu(laptop, "Wijkvisie 2035")
    laptop.get_by_role("link", name="Delen").click()
    laptop.get_by_label("E-mailadres").fill("niemand@example.org")
    laptop.get_by_role("button", name="Delen").click()
    expect(laptop.get_by_role("alert")).to_contain_text("Er is nog geen account met dit adres")
    expect(laptop.get_by_label("E-mailadres")).to_have_value("niemand@example.org")
    expect(laptop.get_by_label("E-mailadres")).to_be_focused()
