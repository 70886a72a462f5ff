"""The server is killed and started again under five phones: nothing is lost, and every screen comes back by itself."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import BIG_SCREEN, Server
from tests.browser.journal import Journal, compare
from tests.browser.test_whole_session import join, prepare, press_next
from tests.world import POSITIVE


def test_five_phones_and_every_screen_come_back_after_a_kill(
    laptop: Page, phone: Callable[..., Page], server: Server
) -> None:
    prepare(laptop)
    with laptop.context.expect_page() as opened:
        laptop.get_by_role("link", name="Zaalscherm").first.click()
    screen = opened.value
    screen.set_viewport_size(BIG_SCREEN)
    code = laptop.locator(".join-code-digits").first.inner_text()
    journals = [Journal(phone()) for _ in range(5)]
    for one in journals:
        join(one.page, server, code)
    press_next(laptop, "Start vraag 1")
    for number, one in enumerate(journals):
        one.send(f"uitspraak {number}")
        one.settle()
    expect(laptop.locator("#statements .statement-card")).to_have_count(3)
    writes, sends, changes, retracts, types = journals

    def kill_before_the_answer(route: Route) -> None:
        assert route.fetch().status == 201
        server.kill()
        route.abort()

    sends.page.route("**/statements", kill_before_the_answer, times=1)
    sends.send("het antwoord kwam niet")
    for one in journals:
        expect(one.page.locator("#connection")).to_contain_text("Geen verbinding", use_inner_text=True)
    writes.send("geschreven zonder server")
    changes.change("uitspraak 2", "zonder server veranderd")
    retracts.retract("uitspraak 3")
    types.type("half getypt")
    # The browser of this phone ends, too.
    types.page.close()
    server.start()

    types.on(types.page.context.new_page()).page.goto(f"{server.url}/s/{code.replace(' ', '')}")
    for one in journals:
        one.settle()
    expect(types.page.locator("#composer-text")).to_have_value("half getypt")
    assert compare(journals, server.data / "moderato.db") == []
    expect(laptop.locator("#counts")).to_contain_text("5", timeout=15_000)
    press_next(laptop, "Sluit en orden")
    expect(laptop.locator("#inbox .statement-card")).to_have_count(6)
    assert sorted(laptop.locator("#inbox .statement-text").all_inner_texts()) == sorted(
        text for one in journals for text in one.sent
    )
    expect(screen.get_by_text("Nog te ordenen: 6 uitspraken")).to_be_visible(timeout=15_000)
    expect(types.page.locator("#composer-text")).to_have_value("half getypt")
    expect(writes.page.get_by_role("heading", name=POSITIVE)).to_have_count(0)
    assert compare(journals, server.data / "moderato.db") == []
