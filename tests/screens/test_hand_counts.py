"""Points counted by hand on every screen and in the report: beside the ballots' points, and named so."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from app.commands import actions, hand_counts, phases, sessions
from app.domain.actions import ActionFields
from app.domain.hand_counts import Entry
from app.domain.phases import Phase
from app.domain.presence import Presence
from app.screens import big_screen, control_room, phone
from app.screens.big_screen_view import Result, ShownTheme
from app.screens.control_room_view import ControlRoomView
from app.screens.render import render
from app.screens.report import build_report
from app.store import questions
from tests.world import World, a_world

pytestmark = pytest.mark.anyio
FORM_HELP = "Geteld op papier of met opgestoken handen."
NAMES = ("Samenwerking", "Korte lijnen", "Spreekuur")


async def closed(world: World, voters: int, **by_hand: int) -> None:
    """Three themes, two points of each voter to the second, and hands counted by the first word of a theme's name."""
    await world.advance()
    await world.write_all(["een", "twee", "drie", "vier"])
    await world.advance()
    for name in NAMES:
        await world.make_theme(name)
    await world.advance("start_vote")
    ids = await world.theme_ids()
    for seat in world.seats[:voters]:
        await world.vote(seat, {ids["Korte lijnen"]: 2})
    await world.advance()
    await count(world, {ids[name]: by_hand[word] for name in NAMES if (word := name.split()[0]) in by_hand})


async def count(world: World, points: Mapping[int, int]) -> None:
    async with world.parts.database.reader() as db:
        vote = await questions.last_round(db, (await world.question()).id)
    assert vote is not None
    await world.run(
        hand_counts.enter, round_id=vote.id, entries=[Entry(key, n) for key, n in points.items()], confirmed=""
    )


async def drawn(world: World, screen: str, language: str = "nl") -> str:
    module = {"control_room": control_room, "big_screen": big_screen, "phone": phone}[screen]
    async with world.parts.database.reader() as db:
        view = await module.load(db, world.session, Presence(connected=4))
    pieces = {"control_room": ("stage",), "big_screen": ("stage", "footer"), "phone": ("scene",)}[screen]
    return "".join(render(module.FRAGMENTS[piece], language, view=view) for piece in pieces)


async def moderators(world: World) -> ControlRoomView:
    async with world.parts.database.reader() as db:
        return await control_room.load(db, world.session, Presence(connected=4))


def order(page: str) -> list[str]:
    return sorted(NAMES, key=lambda name: page.index(f"<bdi>{name}</bdi>"))


@pytest.mark.parametrize("screen", ["control_room", "big_screen", "phone"])
async def test_beside_the_ballots_hands_are_named_and_order_nothing(tmp_path: Path, screen: str) -> None:
    async with a_world(tmp_path) as world:
        await closed(world, 3, Samenwerking=40, Korte=4, Spreekuur=0)
        page = await drawn(world, screen)
        assert order(page) == ["Korte lijnen", "Samenwerking", "Spreekuur"]
        assert "(6)" in page and "4 met de hand geteld" in page and "geen punten met de hand geteld" in page
        assert "(10)" not in page and "(44)" not in page and "(50)" not in page
        assert "40 met de hand geteld" in page and "44" in page
        english = await drawn(world, screen, "en")
        assert "4 counted by hand" in english and "none counted by hand" in english


@pytest.mark.parametrize("screen", ["control_room", "big_screen", "phone"])
@pytest.mark.parametrize("voters", [0, 2])
async def test_without_a_tally_hands_order_the_themes(tmp_path: Path, screen: str, voters: int) -> None:
    async with a_world(tmp_path) as world:
        await closed(world, voters, Samenwerking=3, Spreekuur=12)
        page = await drawn(world, screen)
        assert order(page) == ["Spreekuur", "Samenwerking", "Korte lijnen"]
        assert "Te weinig stemmen om geheim te blijven." in page
        assert "12 met de hand geteld" in page and "is-by-hand" in page and 'class="dot"' not in page


@pytest.mark.parametrize(("counted", "strong"), [((5, 3, 1), 3), ((5, 0, 0), 1), ((0, 0, 0), 0)])
async def test_without_a_tally_the_first_three_by_hands_stand_out(
    tmp_path: Path, counted: tuple[int, int, int], strong: int
) -> None:
    async with a_world(tmp_path) as world:
        await closed(world, 2, **dict(zip(("Samenwerking", "Korte", "Spreekuur"), counted, strict=True)))
        assert (await drawn(world, "big_screen")).count("is-strong") == strong


def test_hands_that_tie_over_the_first_three_all_stand_alike() -> None:
    shown = tuple(
        ShownTheme(letter, letter, by_hand=points) for letter, points in zip("ABCD", (5, 3, 3, 3), strict=True)
    )
    assert Result(shown, None).strong == 1
    assert Result((ShownTheme("E", "E", points=1, by_hand=0), *shown), 3).strong == 1


@pytest.mark.parametrize("screen", ["control_room", "big_screen", "phone"])
async def test_beside_a_second_round_stand_the_hands_counted_at_it_alone(tmp_path: Path, screen: str) -> None:
    async with a_world(tmp_path) as world:
        await closed(world, 3, Spreekuur=12)
        await world.run(phases.vote_again, confirmed="vote_again", page=await world.page())
        ids = await world.theme_ids()
        for seat in world.seats[:3]:
            await world.vote(seat, {ids["Samenwerking"]: 1, ids["Korte lijnen"]: 1})
        await world.advance()
        await count(world, {ids["Samenwerking"]: 4})
        page = await drawn(world, screen)
        assert "Ronde 1: 6 punten, plaats 1" in page and "Ronde 1: geen punten" in page
        assert "4 met de hand geteld" in page and "12 met de hand" not in page
        assert "3 punten van 3 van de 3 deelnemers" in page and "(7)" not in page


@pytest.mark.parametrize("screen", ["control_room", "big_screen", "phone"])
async def test_where_nobody_counted_nothing_is_said_of_hands(tmp_path: Path, screen: str) -> None:
    async with a_world(tmp_path) as world:
        await closed(world, 3)
        page = await drawn(world, screen)
        assert "hand geteld</span>" not in page and "hand-count-strip" not in page and "is-by-hand" not in page
        assert "opgestoken handen" not in page.replace(FORM_HELP, "")


async def test_the_form_has_a_field_for_each_theme_of_the_vote_that_knows_what_stood_there(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await closed(world, 2, Spreekuur=12)
        counting = (await moderators(world)).result.counting  # type: ignore[union-attr]
        assert counting is not None and not counting.is_tallied and counting.total == 12
        page, ids = await drawn(world, "control_room"), await world.theme_ids()
        assert f'name="count-{ids["Spreekuur"]}-12" value="12"' in page
        assert f'name="count-{ids["Korte lijnen"]}-" value=""' in page
        assert "de thema’s komen op volgorde van wat u invult" in page


async def test_a_follow_up_proposes_what_weighs_most_by_ballots_or_else_by_hands(tmp_path: Path) -> None:
    async with a_world(tmp_path / "tallied") as world:
        await closed(world, 3, Spreekuur=12)
        result = (await moderators(world)).result
        assert result is not None and [one.name for one in result.follow_ups if one.is_chosen] == ["Korte lijnen"]
    async with a_world(tmp_path / "withheld") as world:
        await closed(world, 2, Spreekuur=12, Samenwerking=1, Korte=0)
        result = (await moderators(world)).result
        assert result is not None
        assert [one.name for one in result.follow_ups if one.is_chosen] == ["Spreekuur", "Samenwerking"]


async def test_after_the_end_they_stand_there_and_can_be_put_right(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await closed(world, 3, Spreekuur=12)
        await world.run(sessions.end, page=await world.page(), confirmed="end")
        page, ids = await drawn(world, "control_room"), await world.theme_ids()
        assert "12 met de hand geteld" in page and f'name="count-{ids["Spreekuur"]}-12"' in page
        assert order(page) == ["Korte lijnen", "Samenwerking", "Spreekuur"]


async def test_the_report_holds_them_apart_in_each_round_and_behind_each_theme(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await closed(world, 3, Spreekuur=12, Korte=0)
        await world.run(actions.add, fields=ActionFields("Spreekuur in wijkblad"))
        async with world.parts.database.reader() as db:
            report = await build_report(db, world.session)
        asked = report.questions[0]
        assert [(one.name, one.points, one.by_hand) for one in asked.themes] == [
            ("Korte lijnen", 6, 0),
            ("Samenwerking", None, None),
            ("Spreekuur", None, 12),
        ]
        assert [(one.name, one.points, one.by_hand) for one in asked.rounds[0].figures] == [
            ("Samenwerking", None, None),
            ("Korte lijnen", 6, 0),
            ("Spreekuur", None, 12),
        ]
        assert (asked.rounds[0].points, asked.rounds[0].by_hand, asked.points, report.points) == (6, 12, 6, 6)


async def test_an_open_vote_tells_no_hands_of_the_one_before(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await closed(world, 3, Spreekuur=12)
        async with world.laptop() as laptop:
            seq = (await world.row()).seq
            form = {"phase": "result", "question": str((await world.question()).id), "seq": str(seq)}
            form["confirmed"] = "vote_again"
            assert (await laptop.post(f"/sessions/{world.session}/vote-again", data=form)).status_code == 303
        assert (await world.question()).phase == Phase.VOTE
        for screen in ("control_room", "big_screen", "phone"):
            assert "12 met de hand" not in await drawn(world, screen)
