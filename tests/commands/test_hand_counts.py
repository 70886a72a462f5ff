"""Points counted by hand are entered after the close, changed and taken away, and no ballot knows of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from app.commands import hand_counts, phases, sessions
from app.domain.events import HandCountsChanged
from app.domain.hand_counts import Entry, Recounted
from app.domain.phases import Phase
from app.domain.refusals import ConfirmationNeeded, Reason, Refusal
from app.store import hand_counts as stored
from app.store import questions
from app.store.tables import RoundTheme
from tests.world import World, a_world

pytestmark = pytest.mark.anyio


async def to_the_vote(world: World) -> dict[str, int]:
    await world.advance_to(Phase.CLUSTER)
    for name in ("Samenwerking", "Korte lijnen"):
        await world.make_theme(name)
    await world.advance("start_vote")
    return await world.theme_ids()


async def closed(world: World, voters: int = 3) -> dict[str, int]:
    """A closed vote: one point of each voter to the second theme."""
    ids = await to_the_vote(world)
    for seat in world.seats[:voters]:
        await world.vote(seat, {ids["Korte lijnen"]: 1})
    await world.advance()
    return ids


async def round_id(world: World, number: int = 1) -> int:
    async with world.parts.database.reader() as db:
        rounds = await questions.rounds_of(db, (await world.question()).id)
    return int(rounds[number - 1].id or 0)


async def enter(world: World, *entries: Entry, number: int = 1, confirmed: str = "") -> Any:
    return await world.run(
        hand_counts.enter, round_id=await round_id(world, number), entries=entries, confirmed=confirmed
    )


async def counted(world: World, number: int = 1) -> Mapping[int, int]:
    async with world.parts.database.reader() as db:
        return await stored.of_round(db, await round_id(world, number))


async def refused(world: World, *entries: Entry, number: int = 1) -> Reason:
    with pytest.raises(Refusal) as caught:
        await enter(world, *entries, number=number)
    return caught.value.reason


async def test_counts_are_entered_changed_and_taken_away_and_the_tally_stands(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        ids = await closed(world)
        first, second = ids["Samenwerking"], ids["Korte lijnen"]
        assert await enter(world, Entry(first, 4), Entry(second, 0))
        assert await counted(world) == {first: 4, second: 0}
        await enter(world, Entry(first, 5, stood=4))
        await enter(world, Entry(second, None, stood=0))
        assert await counted(world) == {first: 5}
        async with world.parts.database.reader() as db:
            rows = {row.theme_id: row for row in (await db.exec(select(RoundTheme))).all()}
            vote = await questions.last_round(db, (await world.question()).id)
        assert {theme: (row.points, row.givers) for theme, row in rows.items()} == {first: (0, 0), second: (3, 3)}
        assert vote is not None and vote.ballots == 3


@pytest.mark.parametrize("voters", [0, 2])
async def test_hands_are_counted_where_the_tally_is_withheld_or_nobody_voted_by_phone(
    tmp_path: Path, voters: int
) -> None:
    async with a_world(tmp_path) as world:
        ids = await closed(world, voters)
        await enter(world, Entry(ids["Samenwerking"], 12))
        assert await counted(world) == {ids["Samenwerking"]: 12}


async def test_screens_hear_of_it_and_of_nothing_when_nothing_changed(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        ids = await closed(world)
        before = (await world.row()).seq
        assert await enter(world, Entry(ids["Samenwerking"], 4)) is True
        after = (await world.row()).seq
        assert after > before
        assert await enter(world, Entry(ids["Samenwerking"], 4)) is False
        assert (await world.row()).seq == after
    assert HandCountsChanged.raises_seq


async def test_before_the_close_nothing_is_counted(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        ids = await to_the_vote(world)
        assert await refused(world, Entry(ids["Samenwerking"], 4)) == Reason.HAND_COUNT_TOO_EARLY
        assert await counted(world) == {}


async def test_only_themes_of_that_vote_are_counted_and_nothing_else_of_the_form_either(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        ids = await closed(world)
        strange = Entry(max(ids.values()) + 1, 4)
        assert await refused(world, Entry(ids["Samenwerking"], 4), strange) == Reason.HAND_COUNT_NOT_IN_VOTE
        assert await counted(world) == {}


async def test_a_page_of_a_vote_that_is_not_the_last_or_not_on_screen_is_stale(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        ids = await closed(world)
        await world.run(phases.go_back, page=await world.page(), confirmed="")
        assert await refused(world, Entry(ids["Samenwerking"], 4)) == Reason.PAGE_IS_STALE
        await world.advance("start_vote")
        await world.advance()
        assert await refused(world, Entry(ids["Samenwerking"], 4)) == Reason.PAGE_IS_STALE
        await enter(world, Entry(ids["Samenwerking"], 4), number=2)
        assert (await counted(world), await counted(world, 2)) == ({}, {ids["Samenwerking"]: 4})


async def test_a_vote_of_another_session_is_none_of_ours(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await closed(world)
        with pytest.raises(Refusal) as caught:
            await world.run(hand_counts.enter, round_id=99, entries=[], confirmed="")
        assert caught.value.reason == Reason.PAGE_IS_STALE


async def test_when_the_group_has_gone_on_the_count_waits_for_the_end(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        ids = await closed(world)
        vote = await round_id(world)
        entry = {"round_id": vote, "entries": [Entry(ids["Samenwerking"], 4)], "confirmed": ""}
        await world.advance()
        with pytest.raises(Refusal) as caught:
            await world.run(hand_counts.enter, **entry)
        assert caught.value.reason == Reason.PAGE_IS_STALE
        await world.run(sessions.end, page=await world.page(), confirmed="end")
        assert await world.run(hand_counts.enter, **entry)


async def test_a_colleagues_count_is_replaced_only_by_who_has_read_it(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        ids = await closed(world)
        await enter(world, Entry(ids["Samenwerking"], 6))
        with pytest.raises(ConfirmationNeeded) as asked:
            await enter(world, Entry(ids["Samenwerking"], 4), Entry(ids["Korte lijnen"], 2))
        assert asked.value.recounted == (Recounted("Samenwerking", 6, 4),)
        assert await counted(world) == {ids["Samenwerking"]: 6}
        await enter(world, Entry(ids["Samenwerking"], 4), confirmed=hand_counts.REPLACE)
        assert await counted(world) == {ids["Samenwerking"]: 4}
