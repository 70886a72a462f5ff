"""A moderator waits for a report: the page says how far it is and hands it over by itself, with scripts or without."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from app.commands import accounts
from app.domain import anonymity
from app.exports.press_process import PressProcess
from app.exports.press_worker import Wanted
from app.web import downloads
from tests.browser.conftest import LAPTOP
from tests.browser.live_world import served

TOKEN = "a-sign-in-of-this-test"


@pytest.mark.parametrize("has_scripts", [True, False])
def test_it_comes_by_itself_as_soon_as_it_is_made(
    open_context: Callable[..., BrowserContext], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_scripts: bool
) -> None:
    may_be_made, make = threading.Event(), PressProcess.make

    async def slow(press: PressProcess, wanted: Wanted) -> bytes:
        made = await make(press, wanted)
        while not may_be_made.is_set():
            await asyncio.sleep(0.02)
        return made

    monkeypatch.setattr(PressProcess, "make", slow)
    monkeypatch.setattr(downloads, "PATIENCE_SECONDS", 0.1)
    with served(tmp_path) as live:
        world, token_hash = live.world, anonymity.hash_token(TOKEN)
        live.do(world.parts.writer.run(accounts.sign_in, moderator_id=world.moderator, token_hash=token_hash))
        context = open_context(viewport=LAPTOP, java_script_enabled=has_scripts)
        context.add_cookies([{"name": "sign_in", "value": TOKEN, "url": live.url}])
        page = context.new_page()
        page.goto(f"{live.url}/sessions/{world.session}/control-room")
        page.get_by_role("link", name="Verslag (pdf)").click()
        expect(page.get_by_role("heading", name="Uw verslag wordt gemaakt.")).to_be_visible()
        with page.expect_download() as taken:
            may_be_made.set()
        assert Path(taken.value.path()).read_bytes().startswith(b"%PDF")
        assert taken.value.suggested_filename.endswith(".pdf")
        expect(page.get_by_role("heading", name="Uw verslag is klaar.")).to_be_visible()
        page.get_by_role("link", name="Terug naar de sessie").click()
        page.wait_for_url("**/control-room")
