"""Hundreds come in or come back at the same moment: what that costs, and what it must not mix up."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from app.commands import sessions
from app.domain.phases import Phase
from app.screens import one_for_all
from app.web import for_a_moment, known_seats
from tests.world import Seat, World, a_world

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("no_rounds")]
TOLD = 'role="status" tabindex="-1">\n<div class="notice-banner notice-ok">'


@pytest.fixture
def a_long_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine, what is kept for a moment is kept for the whole test."""
    monkeypatch.setattr(for_a_moment, "SECONDS", 600.0)
    monkeypatch.setattr(known_seats, "SECONDS_BELIEVED", 600.0)


@pytest.fixture
def drawings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by a language each time a page is drawn for all."""
    drawn: list[str] = []
    real = one_for_all.PageForAll.__init__

    def counting(page: one_for_all.PageForAll, template: str, language: str, **values: object) -> None:
        drawn.append(language)
        real(page, template, language, **values)

    monkeypatch.setattr(one_for_all.PageForAll, "__init__", counting)
    return drawn


@contextmanager
def queries(world: World) -> Iterator[list[str]]:
    """What is asked of the database meanwhile, the writer's own included."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "PRAGMA")):
            asked.append(statement)

    engines = [world.parts.database._reader_engine.sync_engine, world.parts.database._writer_engine.sync_engine]
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    yield asked
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)


async def page(world: World, seat: Seat, place: str = "", **headers: str) -> str:
    async with world.phone(seat, **headers) as client:
        answer = await client.get(f"{place}/s/{(await world.row()).code}")
    assert answer.status_code == 200
    return answer.text


async def come_in(world: World) -> None:
    row = await world.row()
    async with world.phone() as client:
        await client.post(f"/s/{row.code}/join/{row.join_key}", follow_redirects=True)


async def asked_by_one_more(world: World) -> list[str]:
    """The queries of one join and its page, of a hall in which somebody has just come in."""
    await come_in(world)
    with queries(world) as asked:
        await come_in(world)
    return asked


async def test_a_join_asks_as_little_of_the_database_in_a_full_session_as_in_an_empty_one(
    tmp_path: Path, a_long_moment: None
) -> None:
    async with a_world(tmp_path, seats=3) as world:
        await world.advance()
        before = await asked_by_one_more(world)
        await world.join(40)
        await world.write_all([f"uitspraak {number}" for number in range(60)])
        after = await asked_by_one_more(world)
        # The world's own looking up of the code is one of them.
        assert len(before) == len(after) <= 5, after


async def test_a_page_of_the_vote_asks_for_the_own_ballot_and_for_no_statements(
    tmp_path: Path, a_long_moment: None
) -> None:
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write_all([f"uitspraak {number}" for number in range(9)])
        await world.advance()
        theme = await world.make_theme("Samenwerking", ["uitspraak 1"])
        await world.advance_to(Phase.VOTE)
        await world.vote(world.seats[1], {theme: 2})
        await page(world, world.seats[0])
        with queries(world) as asked:
            await page(world, world.seats[1])
        assert [query for query in asked if "FROM statement" in query or "FROM theme" in query] == []
        assert len(asked) <= 3, asked


async def test_a_hundred_who_load_the_page_at_once_cost_one_drawing(
    tmp_path: Path, a_long_moment: None, drawings: list[str]
) -> None:
    async with a_world(tmp_path) as world:
        seats = await world.join(100)
        pages = await asyncio.gather(*(page(world, seat) for seat in seats))
        assert drawings == ["nl"]
        assert len(pages) == 100


async def test_each_language_and_each_place_on_a_device_gets_its_own_page(
    tmp_path: Path, a_long_moment: None, drawings: list[str]
) -> None:
    async with a_world(tmp_path) as world:
        await world.advance()
        one, two, code = world.seats[0], world.seats[1], (await world.row()).code
        for _ in range(2):
            dutch, english = await page(world, one), await page(world, one, **{"Accept-Language": "en"})
            neighbour = await page(world, two, "/2")
            assert "Insturen" in dutch and "Send" in english and '<html lang="en"' in english
            assert f'data-socket="/s/{code}/socket" ' in dutch and f'data-socket="/2/s/{code}/socket" ' in neighbour
            assert f'action="/2/s/{code}/statements"' in neighbour and "/2/s/" not in dutch
        assert sorted(drawings) == ["en", "nl", "nl"]


async def test_each_page_has_its_own_receipt_and_what_is_kept_for_all_has_none(
    tmp_path: Path, a_long_moment: None
) -> None:
    async with a_world(tmp_path) as world:
        await world.advance()
        pages = [await page(world, seat) for seat in world.seats for _ in range(3)]
        receipts = {re.findall('name="receipt" value="([0-9a-f]{32})"', one)[0] for one in pages}
        assert len(receipts) == len(pages)
        shown = await world.parts.phones.of(world.session)
        kept = "".join(shown.page("nl", 1, "")._pieces)
        assert 'id="composer"' in kept and 'name="receipt"' not in kept


async def test_points_stand_on_the_own_page_alone(tmp_path: Path, a_long_moment: None) -> None:
    async with a_world(tmp_path) as world:
        await world.advance_to(Phase.CLUSTER)
        themes = [await world.make_theme(name) for name in ("Samenwerking", "Snelheid")]
        await world.advance_to(Phase.VOTE)
        given: list[dict[int, int]] = [{themes[0]: 3}, {themes[1]: 2}, {}, {themes[0]: 1, themes[1]: 1}]
        for seat, points in zip(world.seats, given, strict=True):
            await world.vote(seat, points)
        for seat, points in zip(world.seats, given, strict=True):
            shown = re.findall(r'name="points-(\d+)" value="(\d+)"', await page(world, seat))
            assert shown == [(str(theme), str(points.get(theme, 0))) for theme in themes]


async def test_what_a_form_was_told_stands_on_that_page_alone(tmp_path: Path, a_long_moment: None) -> None:
    async with a_world(tmp_path) as world:
        await world.advance()
        code = (await world.row()).code
        async with world.phone(world.seats[0]) as client:
            assert TOLD in (await client.get(f"/s/{code}?said=sent")).text
        assert TOLD not in await page(world, world.seats[0])


async def test_a_new_phase_is_on_the_very_next_page(tmp_path: Path, a_long_moment: None) -> None:
    async with a_world(tmp_path) as world:
        seen = []
        for go_on in (world.advance, world.advance, None):
            seen.append(re.findall('data-phase="([a-z]+)"', await page(world, world.seats[0]))[0])
            if go_on:
                await go_on()
        assert seen == ["waiting", "collect", "cluster"]


async def test_a_closed_door_and_the_end_are_on_the_very_next_page_for_joining(
    tmp_path: Path, a_long_moment: None
) -> None:
    async with a_world(tmp_path) as world, world.phone() as client:
        row = await world.row()
        link = f"/j/{row.join_key}"
        assert "De deur van deze sessie is dicht." not in (await client.get(link)).text
        await world.run(sessions.set_door, is_open=False)
        assert "De deur van deze sessie is dicht." in (await client.get(link)).text
        assert (await client.post(f"/s/{row.code}/join/{row.join_key}")).status_code == 409
        await world.run(sessions.end, page=await world.page(), confirmed="end")
        assert (await client.get(link)).status_code == 409
        assert (await client.post("/", data={"code": row.code})).status_code == 409


async def test_those_who_were_there_hear_nothing_of_a_join_but_the_count(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        row = await world.row()
        before = row.seq
        told: list[Any] = []
        world.parts.writer._bus.subscribe(lambda *what: told.append(what))
        await asyncio.gather(*(come_in(world) for _ in range(20)))
        assert (await world.row()).seq == before
        assert not any(one.raises_seq for _, _, events in told for one in events)
