"""Phones reach the laptop over the local network, by plain http, where browsers withhold many of their tools."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from app.settings import is_loopback, lan_address
from tests.browser.conftest import LAPTOP, Server
from tests.browser.test_whole_session import prepare, press_next, write
from tests.warm_server import WarmServer
from tests.world import EMAIL, PASSWORD


@pytest.fixture
def open_server(tmp_path: Path) -> Iterator[Server]:
    """A server that listens on all addresses, as `make run HOST=0.0.0.0` starts it."""
    running = WarmServer(tmp_path / "data", host="0.0.0.0")
    running.start()
    yield running
    running.stop()


def sign_in_first(page: Page, server: Server) -> None:
    page.goto(server.set_up_link)
    page.get_by_label("Uw naam").fill("De moderator")
    page.get_by_label("E-mailadres").fill(EMAIL)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Account maken").click()


def test_a_phone_joins_and_writes_over_the_local_network(
    open_server: Server, open_context: Callable[..., BrowserContext], phone: Callable[..., Page]
) -> None:
    address = f"http://{lan_address()}:{open_server.port}"
    assert not is_loopback(lan_address())
    laptop = open_context(viewport=LAPTOP).new_page()
    sign_in_first(laptop, open_server)
    prepare(laptop)
    expect(laptop.get_by_text(lan_address()).first).to_be_visible()
    one = phone()
    one.goto(address)
    assert one.evaluate("window.isSecureContext") is False
    one.get_by_label("Sessiecode").fill(laptop.locator(".join-code-digits").first.inner_text())
    one.get_by_role("button", name="Meedoen").tap()
    expect(one.get_by_role("heading", name="U bent binnen. We beginnen zo.")).to_be_visible()
    press_next(laptop, "Start vraag 1")
    expect(one.locator("#composer-text")).to_be_visible()
    write(one, "over plain http")
    expect(one.locator("#own-list")).to_contain_text("over plain http")
    press_next(laptop, "Sluit en orden")
    expect(laptop.locator("#inbox")).to_contain_text("over plain http")


def test_an_invitation_is_copied_over_plain_http_and_says_so(
    open_server: Server, open_context: Callable[..., BrowserContext]
) -> None:
    laptop = open_context(viewport=LAPTOP).new_page()
    sign_in_first(laptop, open_server)
    prepare(laptop)
    # By its own address: the one it was set up with is this computer's, where browsers hold nothing back.
    laptop.context.add_cookies(
        [
            {"name": one["name"], "value": one["value"], "url": f"http://{lan_address()}:{open_server.port}"}
            for one in laptop.context.cookies()
        ]
    )
    laptop.goto(laptop.url.replace("127.0.0.1", lan_address()))
    assert laptop.evaluate("window.isSecureContext") is False
    laptop.get_by_role("link", name="Toon code en QR").click()
    laptop.get_by_role("link", name="Een blad om te printen en een tekst om te versturen").click()
    text = laptop.get_by_label("Uitnodiging, in de taal van de sessie").input_value()
    assert f"http://{lan_address()}:{open_server.port}/j/" in text
    laptop.get_by_role("button", name="Kopieer").click()
    expect(laptop.get_by_role("status").filter(has_text="Gekopieerd.")).to_be_visible()
    expect(laptop.get_by_role("button", name="Kopieer")).to_be_focused()
    laptop.goto(f"http://{lan_address()}:{open_server.port}/sessions")
    laptop.get_by_role("searchbox").press("Control+V")
    assert laptop.get_by_role("searchbox").input_value().startswith(text[:40].replace("\n", " "))


def test_a_loopback_address_is_never_given_to_phones(laptop: Page) -> None:
    prepare(laptop)
    expect(laptop.get_by_text("make run HOST=0.0.0.0").first).to_be_visible()
    expect(laptop.locator("#stage svg.qr, #stage .join-way svg.qr")).to_have_count(0)
