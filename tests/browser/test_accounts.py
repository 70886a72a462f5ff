"""The owner of a server gives it a name and a logo; a moderator signs out everywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import BIG_SCREEN, LAPTOP
from tests.domain.test_owner_settings import png
from tests.server import Server
from tests.world import EMAIL, PASSWORD

ORGANISATION = "Gemeente Zoetermeer"


def sign_in(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/sign-in")
    page.fill("[name=email]", EMAIL)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{server.url}/sessions")


def make_session(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/sessions")
    if not page.is_visible("#title"):
        page.click("text=Nieuwe sessie")
    page.fill("#title", "Avond over de wijk")
    page.press("#title", "Enter")
    page.wait_for_url("**/agenda")


def test_the_owner_gives_the_server_a_name_and_a_logo_by_keyboard(
    server: Server,
    laptop: Page,
    phone: Callable[..., Page],
    open_context: Callable[..., BrowserContext],
    tmp_path: Path,
) -> None:
    (tmp_path / "logo.png").write_bytes(png(120, 60))
    make_session(laptop, server)
    laptop.goto(f"{server.url}/sessions")
    laptop.focus("a[href='/settings']")
    laptop.keyboard.press("Enter")
    laptop.wait_for_url("**/settings")
    laptop.focus("#organisation")
    laptop.keyboard.type(ORGANISATION)
    laptop.set_input_files("#logo", tmp_path / "logo.png")
    laptop.focus("text=Bewaar instellingen")
    laptop.keyboard.press("Enter")
    expect(laptop.get_by_role("status").filter(has_text="Bewaard.")).to_be_visible()
    visitor = phone()
    visitor.goto(server.url)
    expect(visitor.get_by_role("img", name=ORGANISATION)).to_be_visible()
    assert visitor.evaluate("document.querySelector('.organisation-logo').naturalWidth") == 120
    laptop.goto(f"{server.url}/sessions/1/control-room")
    address = str(laptop.locator("a[href*='/big-screen/']").first.get_attribute("href"))
    screen = open_context(viewport=BIG_SCREEN).new_page()
    screen.goto(server.url + address[address.index("/big-screen/") :])
    expect(screen.locator("#footer").get_by_role("img", name=ORGANISATION)).to_be_visible()
    for page in ("settings", "account"):
        laptop.set_viewport_size({"width": 320, "height": 640})
        laptop.goto(f"{server.url}/{page}")
        assert laptop.evaluate("document.documentElement.scrollWidth") <= 320


def test_signing_out_everywhere_closes_a_control_room_on_another_device(
    server: Server, laptop: Page, open_context: Callable[..., BrowserContext]
) -> None:
    make_session(laptop, server)
    tablet = open_context(viewport=LAPTOP).new_page()
    sign_in(tablet, server)
    tablet.goto(f"{server.url}/sessions/1/control-room")
    laptop.goto(f"{server.url}/account")
    expect(laptop.get_by_text("U bent ingelogd in 2 browsers")).to_be_visible()
    laptop.get_by_role("button", name="Log overal uit").click()
    laptop.wait_for_url("**/sign-in")
    bar = tablet.locator("#connection")
    expect(bar).to_have_text(str(bar.get_attribute("data-gone")))
    tablet.goto(f"{server.url}/account")
    tablet.wait_for_url("**/sign-in**")
