"""A moderator who waits for a report sees how far it is, without scripts too, and never makes a second one."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from app.commands import attendance, redaction
from app.domain.phases import Phase
from app.domain.redaction import fingerprint
from app.exports.press_process import NotMade, PressProcess, TookTooLong
from app.web import downloads
from tests.world import World, a_world

pytestmark = pytest.mark.anyio


@pytest.fixture
async def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    """No patience, so that each report shows its page."""
    monkeypatch.setattr(downloads, "PATIENCE_SECONDS", 0.0)
    async with a_world(tmp_path) as made:
        yield made


async def get(world: World, path: str) -> httpx.Response:
    async with world.laptop() as laptop:
        return await laptop.get(path)


async def ask(world: World, name: str = "pdf") -> str:
    """Where the page is that shows how far it is."""
    answer = await get(world, f"/sessions/{world.session}/report.{name}")
    assert answer.status_code == 303
    return str(answer.headers["location"])


async def test_the_page_looks_again_by_itself_and_hands_the_file_over_when_it_is_there(world: World) -> None:
    place = await ask(world)
    page = (await get(world, place)).text
    assert "Uw verslag wordt gemaakt." in page
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    file = await get(world, f"{place}/file")
    assert file.content.startswith(b"%PDF")
    assert file.headers["content-disposition"].startswith("attachment")
    ready = (await get(world, place)).text
    assert "Uw verslag is klaar." in ready
    assert f'<noscript><meta http-equiv="refresh" content="0; url={place}/file"></noscript>' in ready


async def test_pressing_again_shows_the_same_report_and_another_format_waits_for_its_turn(world: World) -> None:
    first = await ask(world)
    assert await ask(world) == first
    second = await ask(world, "pdf-summary")
    assert second != first
    assert "Er wordt eerst nog 1 verslag gemaakt." in (await get(world, second)).text


async def test_a_session_that_changed_since_is_made_anew(world: World) -> None:
    first = await ask(world)
    made = await get(world, f"{first}/file")
    kept = await get(world, f"/sessions/{world.session}/report.pdf")
    assert (kept.status_code, kept.content) == (200, made.content)
    await world.run(attendance.add, name="Truus Jansen", role="wijkagent")
    assert await ask(world) != first


async def test_nobody_else_sees_how_far_it_is(world: World) -> None:
    place = await ask(world)
    async with world.phone(world.seats[0]) as phone:
        assert (await phone.get(place)).headers["location"].startswith("/sign-in")
    other = re.sub(r"/sessions/\d+", f"/sessions/{world.session + 1}", place)
    assert (await get(world, other)).status_code == 404


async def test_one_that_is_not_kept_any_more_leads_back_to_the_session(world: World) -> None:
    answer = await get(world, f"/sessions/{world.session}/reports/gone")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/sessions/{world.session}/control-room")


async def test_one_that_can_not_be_made_says_so_and_what_to_do(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def make(*_arguments: object) -> bytes:
        raise NotMade("ValueError")

    monkeypatch.setattr(PressProcess, "make", make)
    monkeypatch.setattr(downloads, "PATIENCE_SECONDS", 5.0)
    answer = await get(world, f"/sessions/{world.session}/report.pdf")
    assert answer.status_code == 503
    assert "Er is niets kwijt" in answer.text and "archief (json)" in answer.text


@pytest.mark.parametrize(
    ("why", "sentence"),
    [(NotMade("ValueError"), "kon nu niet worden gemaakt"), (TookTooLong("60 s"), "Kies een ander soort bestand")],
)
async def test_whoever_waits_on_its_page_is_told_that_it_will_not_come_and_what_to_take_instead(
    world: World, monkeypatch: pytest.MonkeyPatch, why: NotMade, sentence: str
) -> None:
    is_asked = asyncio.Event()

    async def make(*_arguments: object) -> bytes:
        await is_asked.wait()
        raise why

    monkeypatch.setattr(PressProcess, "make", make)
    place = await ask(world)
    is_asked.set()
    await get(world, f"{place}/file")
    page = (await get(world, place)).text
    assert "Uw verslag kon niet worden gemaakt." in page and sentence in page and "niets kwijt" in page
    assert f'href="/sessions/{world.session}/downloads"' in page and "data-trouble" in page
    assert "http-equiv" not in page and "<progress" not in page
    monkeypatch.undo()
    monkeypatch.setattr(downloads, "PATIENCE_SECONDS", 0.0)
    assert await ask(world) != place


async def test_a_file_of_before_is_not_handed_over_any_more_when_something_was_left_out(world: World) -> None:
    await world.advance()
    await world.write_all(["over Piet", "twee", "drie"])
    await world.advance_to(Phase.CLUSTER)
    await world.make_theme("Buren")
    await world.advance_to(Phase.RESULT)
    place = await ask(world, "xlsx")
    assert (await get(world, f"{place}/file")).status_code == 200
    key = await world.statement_id("over Piet")
    await world.run(redaction.mark, statement_id=key, marked=True)
    assert (await get(world, f"{place}/file")).status_code == 200
    await world.run(redaction.redact, moderator_id=world.moderator, seen=fingerprint([key]), confirmed="redact")
    answer = await get(world, f"{place}/file")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/sessions/{world.session}/control-room")


async def test_that_a_phone_asks_to_leave_something_out_is_not_seen_by_asking_for_the_file_again(world: World) -> None:
    await world.advance()
    receipt = "ab" * 16
    await world.write(world.seats[0], "over Piet", receipt)
    first = await ask(world, "xlsx")
    await get(world, f"{first}/file")
    await world.run(redaction.ask, receipt=receipt)
    # The same one, which is there already: nothing tells that a phone was touched.
    assert (await get(world, f"/sessions/{world.session}/report.xlsx")).status_code == 200
    await world.write_all(["twee", "drie", "vier"])
    assert await ask(world, "xlsx") != first
