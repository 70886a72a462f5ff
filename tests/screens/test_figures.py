"""The figures of a closed vote, the same on every screen, and what they say of a second round."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from app.commands import phases, themes
from app.domain.agenda import QuestionSettings
from app.domain.figures import FEWEST_BALLOTS
from app.domain.phases import Phase
from app.domain.presence import Presence
from app.exports.words.figures import vote_notes
from app.screens import big_screen, control_room, figures, phone
from app.screens.render import render
from app.screens.report import build_report
from app.store import questions
from tests.world import POSITIVE, World, a_world

pytestmark = pytest.mark.anyio
NAMES = ("Samenwerking", "Korte lijnen", "Rol wijkmanager", "Lokale status")
# Twelve ballots of two points: 7 from 5, 6 from 5, 4 from 4, 4 from 4, and 3 that were not given.
FIRST = ("00", "01", "2", "00", "01", "11", "12", "13", "23", "23", "3", "0", "")
TEMPLATES = {
    big_screen: "big_screen/page.html",
    control_room: "control_room/stage.html",
    phone: "phone/scene.html",
}


async def vote(world: World, ballots: tuple[str, ...]) -> None:
    """One ballot for each seat: "01" gives a point to each of the first two themes."""
    made = list((await world.theme_ids()).values())
    for seat, places in zip(world.seats, ballots, strict=False):
        await world.vote(seat, {made[int(place)]: places.count(place) for place in places})
    await world.advance()


async def first_round(world: World) -> None:
    await world.advance_to(Phase.CLUSTER)
    for name in NAMES:
        await world.make_theme(name)
    await world.advance()
    await vote(world, FIRST)


async def figures_now(world: World) -> figures.VoteFigures | None:
    async with world.parts.database.reader() as db:
        last = await questions.last_round(db, (await world.question()).id)
        assert last is not None
        return await figures.load(db, last, await questions.themes_of_round(db, int(last.id or 0)))


async def drawn(world: World, screen: Any, language: str = "nl") -> str:
    async with world.parts.database.reader() as db:
        view = await screen.load(db, world.session, Presence(connected=13))
    return " ".join(render(TEMPLATES[screen], language, view=view).split())


def a_session(path: Path) -> Any:
    return a_world(path, (QuestionSettings(POSITIVE, budget=2),), seats=13)


async def test_breadth_stands_beside_depth_and_ties_share_a_place(tmp_path: Path) -> None:
    async with a_session(tmp_path) as world:
        await first_round(world)
        told = await figures_now(world)
        assert told is not None
        rows = [(row.points, row.givers, row.place, row.is_shared) for row in told.by_theme.values()]
        assert rows == [(7, 5, 1, False), (6, 5, 2, False), (4, 4, 3, True), (4, 4, 3, True)]
        assert (told.voters, told.points, told.unspent) == (12, 21, 3)
        assert told.stable is False, "the third and the fourth tie"


@pytest.mark.parametrize("screen", TEMPLATES, ids=lambda screen: screen.__name__.rpartition(".")[2])
async def test_every_screen_says_of_how_many_people_the_points_are(tmp_path: Path, screen: Any) -> None:
    async with a_session(tmp_path) as world:
        await first_round(world)
        page = await drawn(world, screen)
        assert "7 punten van 5 van de 12 deelnemers" in page
        assert "Nipt: één deelnemer minder of meer kan de volgorde van de eerste 3 veranderen." in page
        assert "3 punten zijn niet gegeven" in page or "3 niet gegeven" in page
        assert "gedeelde plaats 3" in page or "gelijk</span>" in page
        assert "7 points from 5 of the 12 participants" in await drawn(world, screen, "en")


@pytest.mark.parametrize("screen", (control_room, phone), ids=("control_room", "phone"))
async def test_each_figure_is_explained_in_a_sentence_behind_a_key_press(tmp_path: Path, screen: Any) -> None:
    async with a_session(tmp_path) as world:
        await first_round(world)
        page = await drawn(world, screen)
        explained = page.split('<details id="what-figures-mean"')[1].split("</details>")[0]
        assert explained.count("<dt>") == explained.count("<dd>") == 6
        assert "<summary>Wat deze cijfers betekenen" in explained
        assert "We telden voor elke deelnemer opnieuw" in explained


async def test_below_ten_ballots_it_says_what_is_not_told_and_why(tmp_path: Path) -> None:
    async with a_session(tmp_path) as world:
        await world.advance_to(Phase.CLUSTER)
        for name in NAMES:
            await world.make_theme(name)
        await world.advance()
        await vote(world, FIRST[:9])
        told = await figures_now(world)
        assert told is not None and told.stable is None and not told.has_spread
        page = await drawn(world, phone)
        assert "Nipt" not in page and "Stevig:" not in page and "verschillen gemiddeld" not in page
        assert f"staat er als minstens {FEWEST_BALLOTS} mensen stemden" in page


async def test_too_few_ballots_have_no_figures_at_all(tmp_path: Path) -> None:
    async with a_session(tmp_path) as world:
        await world.advance_to(Phase.CLUSTER)
        await world.make_theme("Samenwerking")
        await world.advance()
        await vote(world, ("00", "0"))
        assert await figures_now(world) is None
        for screen in TEMPLATES:
            page = await drawn(world, screen)
            assert not re.search(r"punten? van (\d|minder)", page) and "Wat deze cijfers betekenen" not in page
            assert "niet gegeven" not in page and "big-screen-ranking-head" not in page


@pytest.mark.parametrize("screen", TEMPLATES, ids=lambda screen: screen.__name__.rpartition(".")[2])
async def test_a_second_round_stands_beside_the_first_on_every_screen(tmp_path: Path, screen: Any) -> None:
    async with a_session(tmp_path) as world:
        await first_round(world)
        await world.run(phases.vote_again, confirmed="vote_again", page=await world.page())
        page = await drawn(world, screen)
        assert "onde 1" not in page, "nothing of the first while the second is open"
        assert "Ronde 2: iedereen verdeelt de punten opnieuw." in page or "· ronde 2" in page
        await vote(world, ("11", "11", "11", "11", "10", "02", "03", "03", "3", "0", "1"))
        page = await drawn(world, screen)
        assert "Ronde 1: 6 punten, plaats 2" in page
        assert "4 punten meer, 1 plaats omhoog" in page
        assert "Ronde 1: 12 deelnemers verdeelden 21 punten." in page
        assert ("Dunne streep: ronde 1." in page) == (screen is not phone), "said where the bars show it"


async def test_the_report_holds_what_the_screens_show(tmp_path: Path) -> None:
    async with a_session(tmp_path) as world:
        await first_round(world)
        await world.run(phases.vote_again, confirmed="vote_again", page=await world.page())
        await vote(world, ("11", "11", "11", "11", "10", "02", "03", "03", "3", "0", "1"))
        told = await figures_now(world)
        async with world.parts.database.reader() as db:
            question = (await build_report(db, world.session)).questions[0]
        assert told is not None
        before, now = question.counted
        assert (before.number, now.number, now.unspent, now.stable) == (1, 2, told.unspent, told.stable)
        assert [figure.spread for figure in now.figures if figure.points] == [
            row.spread for row in told.by_theme.values()
        ]
        assert [(move.name, move.change.points, move.change.risen) for move in question.moved[:2]] == [
            ("Korte lijnen", 4, 1),
            ("Samenwerking", -2, -1),
        ]
        assert [move.change for move in question.moved] == [
            told.changes[(await world.theme_ids())[move.name]] for move in question.moved
        ]


async def test_a_theme_that_was_not_voted_on_again_is_named_with_its_points(tmp_path: Path) -> None:
    async with a_session(tmp_path) as world:
        await first_round(world)
        await world.run(phases.go_back, page=await world.page(), confirmed="")
        gone = (await world.theme_ids())["Lokale status"]
        await world.run(themes.remove, page=await world.page(), moderator_id=world.moderator, theme_id=gone)
        await world.make_theme("Nieuw thema")
        await world.advance()
        await vote(world, ("00", "01", "11", "12", "33", "3"))
        told = await figures_now(world)
        assert told is not None and told.earlier is not None
        assert told.earlier.gone == (("Lokale status", 4),)
        page = await drawn(world, control_room)
        assert "Niet opnieuw over gestemd: <bdi>Lokale status</bdi> (4)" in page
        assert "Nieuw sinds ronde 1" in page


async def test_a_first_round_with_too_few_ballots_is_not_compared_with(tmp_path: Path) -> None:
    async with a_session(tmp_path) as world:
        await world.advance_to(Phase.CLUSTER)
        for name in NAMES:
            await world.make_theme(name)
        await world.advance()
        await vote(world, ("00", "11"))
        await world.run(phases.vote_again, confirmed="vote_again", page=await world.page())
        await vote(world, FIRST)
        told = await figures_now(world)
        assert told is not None and told.earlier is None and not told.changes


@pytest.mark.parametrize("screen", TEMPLATES, ids=lambda screen: screen.__name__.rpartition(".")[2])
async def test_a_tally_still_stands_after_a_round_with_too_few_ballots(tmp_path: Path, screen: Any) -> None:
    async with a_session(tmp_path) as world:
        await first_round(world)
        await world.run(phases.vote_again, confirmed="vote_again", page=await world.page())
        await vote(world, ("11", "1"))
        page = await drawn(world, screen)
        assert "Te weinig stemmen om geheim te blijven." in page and "Daarom tonen we geen punten" not in page
        assert "Ronde 1 blijft staan: 12 deelnemers verdeelden 21 punten. <bdi>Samenwerking</bdi> (7)," in page
        assert "<bdi>Korte lijnen</bdi> (6), <bdi>Rol wijkmanager</bdi> (4), <bdi>Lokale status</bdi> (4)." in page
        assert "Samenwerking</bdi> <span" not in page, "the withheld round has no points"


async def test_the_report_tells_the_tally_that_still_stands_and_what_was_withheld(tmp_path: Path) -> None:
    async with a_session(tmp_path) as world:
        await first_round(world)
        await world.run(phases.vote_again, confirmed="vote_again", page=await world.page())
        await vote(world, ("11", "1"))
        async with world.parts.database.reader() as db:
            question = (await build_report(db, world.session)).questions[0]
        assert list(vote_notes(question, "en")) == [
            "Too few ballots to stay secret.",
            "Vote 1 still stands: 12 participants divided 21 points over "
            "Samenwerking (7), Korte lijnen (6), Rol wijkmanager (4), and Lokale status (4).",
        ]
        assert [theme.points for theme in question.themes] == [None] * 4
