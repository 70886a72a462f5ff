"""What the room sees in each phase, and above all what it does not see."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.commands import actions, phases, sessions
from app.domain.actions import ActionFields
from app.domain.phases import Phase
from app.domain.presence import Presence
from app.screens import big_screen
from app.screens.big_screen_view import BigScreenView, JoinWay, ShownQuestion, ShownStatement, ShownTheme
from app.screens.render import render
from app.settings import Settings
from tests.world import World, a_world

pytestmark = pytest.mark.anyio
TEXTS = ["betere informatie", "zwaluwstaart", "integrale aanpak", "zoektocht quest"]
PRESENT = Presence(connected=17, submitted=12, ready=11)


async def shown(world: World, presence: Presence = PRESENT) -> BigScreenView:
    async with world.parts.database.reader() as db:
        return await big_screen.load(db, world.session, presence)


async def drawn(world: World, presence: Presence = PRESENT) -> str:
    return " ".join(render("big_screen/page.html", "nl", view=await shown(world, presence)).split())


async def voted(world: World) -> dict[str, int]:
    """Two themes, of which the first gets all points of four ballots."""
    await world.advance()
    await world.write_all(TEXTS)
    await world.advance()
    await world.make_theme("Samenwerking", TEXTS[:2])
    await world.make_theme("Korte lijnen", TEXTS[2:3])
    await world.advance("start_vote")
    themes = await world.theme_ids()
    for seat in world.seats:
        await world.vote(seat, {themes["Samenwerking"]: 2})
    return themes


async def test_before_the_session_opens_there_is_no_code(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world:
        assert "We beginnen zo" in await drawn(world)


async def test_people_are_shown_the_code_and_how_many_are_here(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        code = str((await world.row()).code)
        page = await drawn(world)
        assert f"{code[:3]} {code[3:]}" in page
        assert ">17</strong> doen mee" in page


async def test_an_address_that_phones_cannot_reach_is_not_put_in_a_qr_code(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        row = await world.row()
        assert big_screen.join_way(row, Settings(host="127.0.0.1")).qr is None
        assert "make run HOST=0.0.0.0" in await drawn(world)


async def test_a_reachable_address_is_put_in_a_qr_code(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        way = big_screen.join_way(await world.row(), Settings(public_url="https://moderato.voorbeeld.nl"))
        assert way.address == "moderato.voorbeeld.nl"
        assert "<svg" in str(way.qr)


async def test_while_collecting_statements_are_counted_and_not_read(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write_all(TEXTS)
        view, page = await shown(world), await drawn(world)
        assert view.statement_count == 4
        assert view.statements == ()
        assert "12 van 17 deelnemers schreven al iets" in page
        assert not [text for text in TEXTS if text in page]


async def test_with_the_switch_on_the_statements_are_shown(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write_all(TEXTS)
        await world.run(phases.show_on_big_screen, page=await world.page(), shown=True)
        page = await drawn(world)
        assert 'id="statements"' in page
        assert sum(text in page for text in TEXTS) >= 3


async def test_two_people_are_called_fewer_than_three(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.advance()
        page = await drawn(world, Presence(17, submitted=2))
        assert "Minder dan 3 van 17 deelnemers" in page


async def test_what_nobody_can_know_after_a_restart_is_not_called_nobody(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.advance()
        assert "… van 17 deelnemers" in await drawn(world, Presence(17))


async def test_those_who_left_do_not_make_more_writers_than_people(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.advance()
        assert "18 van 18 deelnemers" in await drawn(world, Presence(17, submitted=18))


async def test_a_statement_without_a_theme_is_named_in_the_footer(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write_all(TEXTS)
        await world.advance()
        await world.make_theme("Samenwerking", TEXTS[:3])
        assert "Staat nog apart: <bdi>zoektocht quest</bdi>" in await drawn(world)


async def test_during_the_vote_no_points_are_on_the_screen(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await voted(world)
        view, page = await shown(world), await drawn(world)
        assert view.result is None
        assert [theme.points for theme in view.themes] == [None, None]
        assert "11 van 17 zijn klaar" in page
        assert "(8)" not in page


async def test_the_result_prints_points_in_brackets_and_never_a_zero(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await voted(world)
        await world.advance()
        page = await drawn(world)
        assert '<bdi>Samenwerking</bdi> <span class="big-screen-result-points" aria-hidden="true">(8)</span>' in page
        # Brackets are read aloud as a bare figure, so that words stand beside them.
        assert '<span class="visually-hidden">, 8 punten</span>' in page
        assert "<bdi>Korte lijnen</bdi></p>" in page
        assert "4 deelnemers, 8 punten" in page


async def test_too_few_ballots_give_no_figures(tmp_path: Path) -> None:
    async with a_world(tmp_path, seats=2) as world:
        await voted(world)
        await world.advance()
        view, page = await shown(world), await drawn(world)
        assert view.result is not None and view.result.most == 0
        assert "Te weinig stemmen om geheim te blijven." in page


async def test_after_the_end_the_room_reads_what_was_agreed(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.run(actions.add, fields=ActionFields("Spreekuur in wijkblad", owner="Deelnemer 3"))
        await world.run(sessions.end, page=await world.page(), confirmed="end")
        page = await drawn(world)
        assert "Bedankt voor uw inbreng." in page
        assert "Spreekuur in wijkblad" in page


async def test_every_phase_names_its_scene(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        scenes = [(await shown(world)).scene]
        await voted(world)
        for phase, scene in ((Phase.VOTE, "vote"), (Phase.RESULT, "result")):
            await world.advance_to(phase)
            assert (await shown(world)).scene == scene
        assert scenes == ["join"]


async def test_a_count_costs_as_many_bytes_for_five_hundred_as_for_five() -> None:
    few, many = (_counts(number) for number in (50, 500))
    assert len(many) - len(few) < 20


def _counts(number: int) -> str:
    way = JoinWay("482915", "moderato.voorbeeld.nl", None)
    view = BigScreenView(1, "key", "titel", "groep", "join", way, connected=number)
    return render("big_screen/counts.html", "nl", view=view)


@pytest.mark.parametrize(("length", "step"), [(60, 0), (90, 1), (120, 2), (200, 3), (300, 4)])
async def test_a_longer_question_is_set_in_smaller_type(length: int, step: int) -> None:
    assert ShownQuestion(1, 3, "x" * length).step == step


async def test_letters_after_l_have_the_same_colour_as_on_the_other_screens() -> None:
    assert ShownTheme("Ver", "A").tint == "theme-a"
    assert ShownTheme("Ver", "M").tint == "theme-a"


async def test_many_loose_statements_are_shortened_in_the_footer() -> None:
    apart = tuple(ShownStatement(str(number), "een uitspraak zonder thema") for number in range(20))
    way = JoinWay("482915", "moderato.voorbeeld.nl", None)
    asked = ShownQuestion(1, 1, "?")
    over = (ShownTheme("Ver", "A"),)
    view = BigScreenView(1, "key", "titel", "groep", "themes", way, question=asked, themes=over, apart=apart, loose=20)
    assert sum(len(text) for text in view.apart_shown) <= 100
    assert f"en nog {20 - len(view.apart_shown)}" in render("big_screen/footer.html", "nl", view=view)
