"""While the server can't store: a phone says that it keeps what was given, the control room says why; it passes."""

from __future__ import annotations

import contextlib
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from app.commands import accounts
from app.domain import anonymity
from app.domain.agenda import QuestionSettings
from tests.browser.conftest import LAPTOP
from tests.browser.live_world import LiveWorld, join, served
from tests.browser.test_phone_vote import give
from tests.world import POSITIVE

Take = Callable[..., Page]
KEPT = "Dit apparaat onthoudt wat u schreef en koos, en verstuurt het vanzelf."


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveWorld]:
    with served(tmp_path, questions=(QuestionSettings(POSITIVE, budget=3),)) as running:
        running.do(running.world.advance())
        yield running


@contextlib.contextmanager
def another_program_keeps_it_locked(live: LiveWorld) -> Iterator[None]:
    other = sqlite3.connect(live.world.parts.database.path, isolation_level=None)
    other.execute("begin exclusive")
    try:
        yield
    finally:
        other.execute("rollback")
        other.close()


def sign_in(context: BrowserContext, live: LiveWorld) -> Page:
    """The moderator's control room."""
    token, world = secrets.token_urlsafe(18), live.world
    hashed = anonymity.hash_token(token)
    live.do(world.parts.writer.run(accounts.sign_in, moderator_id=world.moderator, token_hash=hashed))
    context.add_cookies([{"name": "sign_in", "value": token, "url": live.url}])
    page = context.new_page()
    page.goto(f"{live.url}/sessions/{world.session}/control-room")
    return page


def test_a_statement_waits_on_its_phone_and_the_moderator_reads_why(
    live: LiveWorld, phone: Take, open_context: Callable[..., BrowserContext]
) -> None:
    page, control_room = join(phone(), live), sign_in(open_context(viewport=LAPTOP), live)
    expect(control_room.locator("#trouble")).to_have_text("")
    with another_program_keeps_it_locked(live):
        page.fill("#composer-text", "straks bewaard")
        page.click("#composer-send")
        expect(page.locator(".own-message")).to_contain_text(KEPT)
        expect(control_room.get_by_role("alert")).to_contain_text("een ander programma houdt de database bezet")
        assert live.texts == []
    expect(page.locator("[data-state=sent]")).to_have_count(1, timeout=20_000)
    expect(page.locator(".own-message")).to_be_hidden()
    expect(control_room.locator("#trouble")).to_have_text("")
    assert live.texts == ["straks bewaard"]


def test_points_wait_on_their_phone_too(live: LiveWorld, phone: Take) -> None:
    async def to_vote() -> None:
        await live.world.write_all(["een", "twee", "drie"])
        await live.world.advance()
        await live.world.make_theme("Samenwerking", ["een"])
        await live.world.make_theme("Snelheid", ["twee"])
        await live.world.advance()

    live.do(to_vote())
    page = join(phone(), live)
    with (
        page.expect_response(lambda answer: "/allocation" in answer.url and answer.ok, timeout=20_000),
        another_program_keeps_it_locked(live),
    ):
        give(page, "Samenwerking")
        expect(page.locator("#purse-help")).to_contain_text(KEPT)
        page.evaluate("document.dispatchEvent(new CustomEvent('moderato:vote'))")
        assert KEPT in page.locator("#purse-help").inner_text(), "what is drawn meanwhile takes the sentence away"
    expect(page.locator("#purse-help")).not_to_contain_text(KEPT)
