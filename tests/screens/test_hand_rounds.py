"""Votes that hands alone decided: ties named as ties, and both rounds side by side with what moved, named as such."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.commands import phases
from app.screens.hand_figures import figures_of
from app.screens.report import build_report
from tests.screens.test_hand_counts import closed, count, drawn, moderators
from tests.world import World, a_world

pytestmark = pytest.mark.anyio
SCREENS = pytest.mark.parametrize("screen", ["control_room", "big_screen", "phone"])


def read(page: str) -> str:
    """The words of a page as they follow each other."""
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


async def again(world: World, voters: int = 0, **by_hand: int) -> None:
    """Vote once more, with two points of each voter to the second theme, and count hands."""
    await world.run(phases.vote_again, confirmed="vote_again", page=await world.page())
    ids = await world.theme_ids()
    for seat in world.seats[:voters]:
        await world.vote(seat, {ids["Korte lijnen"]: 2})
    await world.advance()
    by_word = {name.split()[0]: key for name, key in ids.items()}
    await count(world, {by_word[word]: points for word, points in by_hand.items()})


@SCREENS
async def test_hands_that_tie_are_named_as_a_tie(tmp_path: Path, screen: str) -> None:
    async with a_world(tmp_path) as world:
        await closed(world, 2, Samenwerking=4, Korte=9, Spreekuur=4)
        page = read(await drawn(world, screen))
        named = "gelijk" if screen == "big_screen" else "gedeelde plaats 2"
        assert page.count(named) == 2, page
        assert ("tie" if screen == "big_screen" else "shared place 2") in read(await drawn(world, screen, "en"))


@SCREENS
async def test_beside_ballots_hands_that_tie_are_no_tie(tmp_path: Path, screen: str) -> None:
    async with a_world(tmp_path) as world:
        await closed(world, 3, Samenwerking=4, Spreekuur=4)
        page = read(await drawn(world, screen))
        assert "gedeelde plaats" not in page and "gelijk ·" not in page and "big-screen-result-tie" not in page


@SCREENS
async def test_two_rounds_by_hand_stand_side_by_side_with_what_moved(tmp_path: Path, screen: str) -> None:
    async with a_world(tmp_path) as world:
        await closed(world, 0, Samenwerking=12, Korte=9)
        await again(world, Samenwerking=4, Korte=10, Spreekuur=1)
        page = read(await drawn(world, screen))
        assert "Ronde 1: 21 met de hand geteld." in page
        assert "Ronde 1: 9 met de hand geteld, plaats 2" in page and "1 punt meer, 1 plaats omhoog" in page
        assert "Ronde 1: 12 met de hand geteld, plaats 1" in page and "8 punten minder, 1 plaats omlaag" in page
        assert "Ronde 1: niet geteld" in page, "who was not counted is unknown, and not without points"
        assert "verdeelden" not in page and "(10)" not in page
        english = read(await drawn(world, screen, "en"))
        assert "Round 1: 9 counted by hand, place 2" in english and "1 point more, 1 place up" in english


@SCREENS
@pytest.mark.parametrize(("first", "second"), [(3, 0), (0, 3)])
async def test_hands_and_ballots_are_never_compared(tmp_path: Path, screen: str, first: int, second: int) -> None:
    async with a_world(tmp_path) as world:
        await closed(world, first, Samenwerking=12)
        await again(world, second, Samenwerking=4)
        page = read(await drawn(world, screen))
        compared = ("Ronde 1: ", "Dunne streep", "plaats omhoog", "plaats omlaag", "punten minder", "niet geteld")
        assert not [words for words in compared if words in page]


def test_a_theme_that_nobody_counted_again_did_not_lose_its_points() -> None:
    hands = figures_of({1: 4}, None, {1: 4, 2: 9})
    assert hands.changes[2].points is None and hands.changes[1].points == 0
    assert hands.most_before == 4


async def test_the_report_has_the_ties_and_both_rounds_of_hands(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await closed(world, 0, Samenwerking=12, Korte=9)
        await again(world, Samenwerking=4, Korte=4)
        async with world.parts.database.reader() as db:
            asked = (await build_report(db, world.session)).questions[0]
        assert [[one.name for one in tied] for tied in asked.rounds[1].ties] == [["Samenwerking", "Korte lijnen"]]
        assert [(one.name, one.points, one.change.points) for one in asked.moved_by_hand] == [
            ("Samenwerking", (12, 4), -8),
            ("Korte lijnen", (9, 4), -5),
        ]
        assert asked.moved == ()


async def test_a_follow_up_never_cuts_through_a_tie_and_says_so(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await closed(world, 0, Samenwerking=9, Korte=3, Spreekuur=3)
        result = (await moderators(world)).result
        assert result is not None and result.chosen_for_a_tie == 0
        await world.run(phases.vote_again, confirmed="vote_again", page=await world.page())
        await world.run(phases.go_back, page=await world.page(), confirmed="drop_votes")
        await world.make_theme("Wijkblad")
        await world.advance("start_vote")
        await world.advance()
        ids = await world.theme_ids()
        await count(world, {key: 9 if name == "Samenwerking" else 3 for name, key in ids.items()})
        result = (await moderators(world)).result
        assert result is not None
        assert len([one for one in result.follow_ups if one.is_chosen]) == 4 and result.chosen_for_a_tie == 1
        assert "1 thema heeft evenveel punten als het derde" in await drawn(world, "control_room")
