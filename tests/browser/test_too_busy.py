"""A server that can't keep up: a phone that was told so comes in by itself, without a tap."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from app.commands import participants
from app.store.database import Overloaded
from app.web import refused
from tests.browser.live_world import served


def busy_once(real: Callable[..., Any], asked: object) -> Callable[..., Any]:
    """There is too much to do when this is asked for the first time."""
    times: list[object] = []

    async def act(*arguments: Any, **named: Any) -> Any:
        if arguments[0] == asked and not times:
            times.append(asked)
            raise Overloaded
        return await real(*arguments, **named)

    return act


def test_a_phone_that_found_the_server_busy_at_each_step_comes_in_by_itself(
    tmp_path: Path, open_context: Callable[..., BrowserContext], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refused, "RETRY_AFTER", {"Retry-After": "1"})
    with served(tmp_path, seats=0) as live:
        page = open_context().new_page()
        parts = live.world.parts
        monkeypatch.setattr(parts.writer, "run", busy_once(parts.writer.run, participants.join))
        monkeypatch.setattr(parts.phones, "of", busy_once(parts.phones.of, live.world.session))
        page.goto(live.url)
        page.get_by_label("Sessiecode").fill(live.code)
        page.get_by_role("button", name="Meedoen").click()
        expect(page.get_by_role("alert")).to_contain_text("Het is nu erg druk.")
        expect(page.get_by_text("Deze pagina probeert het vanzelf opnieuw.")).to_be_visible()
        expect(page.get_by_role("heading", name="Het is nu erg druk.")).to_be_visible()
        expect(page.get_by_role("heading", name="U bent binnen.")).to_be_visible()
