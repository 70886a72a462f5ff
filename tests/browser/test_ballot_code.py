"""A vote that anyone can verify, on real phones: said beforehand, one code for all tabs, shown only when asked for."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from app.commands import sessions
from app.domain.agenda import QuestionSettings
from app.domain.verification import code_of, hash_secret
from tests.browser.live_world import LiveWorld, join, served
from tests.browser.test_accessibility import check_light_and_dark
from tests.browser.test_phone_vote import give
from tests.promises.verifying import last_vote
from tests.world import POSITIVE

Take = Callable[..., Page]
SHOW = "Toon de code van mijn stem"
WITHOUT_STORAGE = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('none here') }})"
STORED = """() => Object.entries(localStorage).some(([key, value]) =>
    key.includes(':vote:') && JSON.parse(value).stored.revision === 2)"""
QUESTION = QuestionSettings(POSITIVE, budget=3, verifiable=True)


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveWorld]:
    with served(tmp_path, questions=(QUESTION,), seats=10) as running:
        yield running


def to_the_vote(live: LiveWorld) -> None:
    """From collecting on."""

    async def go_on() -> None:
        await live.world.advance()
        await live.world.make_theme("Samenwerking")
        await live.world.make_theme("Snelheid")
        await live.world.advance("start_vote")

    live.do(go_on())


def close_the_vote(live: LiveWorld) -> None:
    async def close() -> None:
        themes = await live.world.theme_ids()
        for seat in live.world.seats:
            await live.world.vote(seat, {themes["Snelheid"]: 1}, secret=secrets.token_hex(16))
        await live.world.advance()

    live.do(close())


def kept(page: Page) -> dict[str, str]:
    """What this device holds of its one vote."""
    find = "() => Object.entries(localStorage).find(([key]) => key.includes(':vote:'))?.[1] ?? '{}'"
    found: dict[str, str] = json.loads(page.evaluate(find))
    return found


def shown(page: Page, name: str = SHOW) -> str:
    """The code, once it was asked for."""
    page.get_by_text(name).click()
    sign = page.locator(".ballot-code-sign")
    expect(sign).to_have_text(re.compile("^[A-Z2-7]{8}$"))
    expect(page.get_by_text("Wie deze code kent, ziet hoe u stemde.")).to_be_visible()
    return str(sign.text_content())


def test_a_code_is_shown_on_demand_on_every_tab_until_the_end_and_finds_the_own_ballot(
    live: LiveWorld, phone: Take
) -> None:
    page = join(phone(), live)
    live.do(live.world.advance())
    said = page.get_by_text("waarmee u ook aan een ander kunt bewijzen hoe u stemde")
    expect(said).to_be_visible()
    to_the_vote(live)
    expect(page.get_by_role("button", name="Punt geven aan Samenwerking")).to_be_visible()
    expect(said).to_be_visible()
    page.get_by_text(SHOW).click()
    expect(page.get_by_text("U krijgt de code bij het eerste punt dat u geeft.")).to_be_visible()
    give(page, "Samenwerking")
    expect(page.locator(".ballot-code-sign")).not_to_be_empty()
    page.get_by_text(SHOW).click()
    expect(page.locator(".ballot-code-sign")).to_be_empty()
    code = shown(page)
    assert code == code_of(str(hash_secret(kept(page)["secret"]))), "the server told another code than of this secret"
    assert check_light_and_dark(page)[0] == []
    other = page.context.new_page()
    other.goto(page.url)
    give(other, "Snelheid")
    assert shown(other) == code
    page.wait_for_function(STORED)
    close_the_vote(live)
    expect(page.get_by_role("heading", name=POSITIVE)).to_be_visible()
    assert shown(page) == code
    told = {ballot.code: ballot.points for ballot in live.do(last_vote(live.world)).each}
    assert told[code] == (1, 1)

    async def end() -> None:
        await live.world.run(sessions.end, page=await live.world.page(), confirmed="end")

    live.do(end())
    expect(page.get_by_role("heading", name="Bedankt voor uw inbreng.")).to_be_visible()
    assert code not in page.content()
    assert shown(page, f"{SHOW} bij vraag 1") == code


def test_a_device_that_keeps_nothing_has_its_code_until_it_loads_the_page_again(live: LiveWorld, phone: Take) -> None:
    page = phone()
    page.context.add_init_script(WITHOUT_STORAGE)
    live.do(live.world.advance())
    to_the_vote(live)
    join(page, live)
    give(page, "Samenwerking")
    shown(page)
    page.reload()
    give(page, "Snelheid")
    expect(page.get_by_text("Nog 1 van 3 punten")).to_be_visible()
    page.get_by_text(SHOW).click()
    expect(page.get_by_text("Deze telefoon heeft geen code voor deze stemming")).to_be_visible()
    expect(page.locator(".ballot-code-sign")).to_be_empty()


def test_a_code_whose_answer_was_lost_comes_when_the_page_is_loaded_again(live: LiveWorld, phone: Take) -> None:
    page = phone()
    live.do(live.world.advance())
    to_the_vote(live)
    join(page, live)

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/allocation", lose)
    with page.expect_event("requestfailed"):
        give(page, "Samenwerking")
    with page.expect_response("**/allocation?round=*"):
        page.reload()
    page.unroute_all(behavior="ignoreErrors")
    assert shown(page) == code_of(str(hash_secret(kept(page)["secret"])))
