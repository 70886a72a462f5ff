"""The server is killed and started again: what was acknowledged is there, and every screen comes back by itself."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import BIG_SCREEN, Server
from tests.browser.test_whole_session import join, prepare, press_next, write
from tests.world import POSITIVE


def test_every_screen_comes_back_after_a_kill(laptop: Page, phone: Callable[..., Page], server: Server) -> None:
    prepare(laptop)
    with laptop.context.expect_page() as opened:
        laptop.get_by_role("link", name="Zaalscherm").first.click()
    screen = opened.value
    screen.set_viewport_size(BIG_SCREEN)
    code = laptop.locator(".join-code-digits").first.inner_text()
    phones = [phone() for _ in range(3)]
    for one in phones:
        join(one, server, code)
    press_next(laptop, "Start vraag 1")
    for number, one in enumerate(phones):
        write(one, f"uitspraak {number}")
        expect(one.locator("#own-list")).to_contain_text("Zojuist")
    expect(laptop.locator("#statements .statement-card")).to_have_count(3)

    server.kill()
    expect(phones[0].locator("#connection")).to_contain_text("Geen verbinding")
    phones[0].locator("#composer-text").fill("geschreven zonder server")
    phones[0].locator("#composer-send").tap()
    phones[1].locator("#composer-text").fill("half getypt")
    server.start()

    expect(phones[0].locator("#connection")).to_contain_text("Verbonden", timeout=15_000)
    expect(phones[0].locator("#outbox")).to_be_hidden(timeout=15_000)
    expect(phones[1].locator("#composer-text")).to_have_value("half getypt")
    expect(laptop.locator("#counts")).to_contain_text("3", timeout=15_000)
    phones[1].locator("#composer-text").press_sequentially(" en nog niet af")
    press_next(laptop, "Sluit en orden", confirm="Nu sluiten")
    texts = ["geschreven zonder server", "uitspraak 0", "uitspraak 1", "uitspraak 2"]
    expect(laptop.locator("#inbox .statement-card")).to_have_count(4)
    assert sorted(laptop.locator("#inbox .statement-text").all_inner_texts()) == texts
    expect(screen.get_by_text("uitspraak 1")).to_be_visible(timeout=15_000)
    expect(phones[1].locator("#composer-text")).to_have_value("half getypt en nog niet af")
    expect(phones[2].get_by_role("heading", name=POSITIVE)).to_have_count(0)
