"""Dragging statements on the board with the mouse."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Server
from tests.browser.test_whole_session import join, make_theme, prepare, press_next, write


def test_a_card_and_a_whole_selection_are_dragged_to_a_theme_and_back(
    laptop: Page, phone: Callable[..., Page], server: Server
) -> None:
    prepare(laptop)
    one = phone()
    join(one, server, laptop.locator(".join-code-digits").first.inner_text())
    press_next(laptop, "Start vraag 1")
    for text in ("een", "twee", "drie", "vier"):
        expect(one.locator("#composer-text")).to_be_visible()
        write(one, text)
    press_next(laptop, "Sluit en orden")
    make_theme(laptop, "Thema", ["een"])
    cluster, inbox = laptop.locator(".theme-cluster"), laptop.locator("#inbox")

    # The answer to the last move may still be drawn; nobody drags as fast as a script.
    laptop.wait_for_timeout(500)
    inbox.get_by_text("twee", exact=True).drag_to(cluster)
    expect(cluster.locator(".statement-text")).to_have_text(["een", "twee"])
    laptop.wait_for_timeout(500)
    inbox.get_by_label("drie", exact=True).check()
    inbox.get_by_label("vier", exact=True).check()
    inbox.get_by_text("drie", exact=True).drag_to(cluster)
    expect(cluster.locator(".statement-card")).to_have_count(4)
    laptop.wait_for_timeout(500)
    cluster.get_by_text("een", exact=True).drag_to(inbox)
    expect(inbox.locator(".statement-text")).to_have_text(["een"])
