"""A participant's way to the attendance list, from the big screen to the moderator's page."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import BIG_SCREEN
from tests.browser.test_whole_session import join, prepare, press_next
from tests.server import Server


def test_somebody_signs_by_the_big_screen_and_the_moderator_sees_the_name(
    laptop: Page, phone: Callable[..., Page], open_context: Callable[..., BrowserContext], server: Server
) -> None:
    prepare(laptop)
    code = laptop.locator(".join-code-digits").first.inner_text()
    screen = open_context(viewport=BIG_SCREEN).new_page()
    screen.goto(server.url + (laptop.get_by_role("link", name="Zaalscherm").first.get_attribute("href") or ""))
    laptop.get_by_role("link", name="Aanwezigen").click()
    expect(screen.get_by_text("Wilt u op de aanwezigheidslijst?")).to_have_count(0)
    laptop.get_by_role("switch", name="Deelnemers zetten zichzelf op de lijst").click()
    invitation = screen.get_by_role("link", name="Wilt u op de aanwezigheidslijst?")
    expect(invitation).to_be_visible()
    path = urlsplit(invitation.get_attribute("href") or "").path

    one = phone()
    join(one, server, code)
    seat = one.context.cookies()
    sent: list[str] = []
    one.on("request", lambda request: sent.append(request.all_headers().get("cookie", "")))
    one.goto(server.url + path)
    for name in ("Truus Jansen", "Anna de Vries"):
        one.get_by_label("Uw naam").fill(name)
        one.get_by_role("button", name="Zet mij op de lijst").tap()
        expect(one.get_by_role("heading", name="Dank u, u staat op de lijst")).to_be_visible()
        expect(laptop.get_by_role("rowheader", name=name)).to_be_visible()
        one.get_by_role("link", name="Nog iemand op de lijst zetten").tap()
    assert not any("seat=" in cookies for cookies in sent), "the seat's cookie went along"
    assert one.context.cookies() == seat
    assert laptop.get_by_role("rowheader").all_inner_texts() == ["Anna de Vries", "Truus Jansen"]

    press_next(laptop, "Start vraag 1")
    expect(invitation).to_have_count(0)
    one.reload()
    expect(one.get_by_text("Na de laatste vraag gaat hij weer open.")).to_be_visible()
