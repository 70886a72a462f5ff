"""The agenda editor knows what may still change."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.agenda import QuestionSettings
from app.domain.phases import Phase
from app.screens import agenda
from app.screens.agenda import AgendaView
from app.screens.render import render
from tests.world import World, a_world

pytestmark = pytest.mark.anyio


async def shown(world: World) -> AgendaView:
    async with world.parts.database.reader() as db:
        return await agenda.load(db, world.session)


async def test_in_a_draft_everything_may_change(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world:
        view = await shown(world)
        assert view.may_mix_less
        assert all(item.may_change_text and item.may_change_vote and item.may_remove for item in view.items)


async def test_the_first_goes_only_down_and_the_last_only_up(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world:
        first, last = (await shown(world)).items
        assert (first.may_move_up, first.may_move_down) == (False, True)
        assert (last.may_move_up, last.may_move_down) == (True, False)


async def test_the_text_stands_once_somebody_has_answered_it(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.advance()
        assert (await shown(world)).items[0].may_change_text
        await world.write(world.seats[0], "zwaluwstaart")
        first = (await shown(world)).items[0]
        assert not first.may_change_text
        assert first.may_change_vote


async def test_the_budget_stands_once_its_vote_is_open(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write_all(["een", "twee", "drie"])
        await world.advance()
        await world.make_theme("Thema", ["een", "twee", "drie"])
        await world.advance_to(Phase.VOTE)
        assert not (await shown(world)).items[0].may_change_vote


async def test_a_question_that_has_begun_keeps_its_place(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.advance()
        first, second = (await shown(world)).items
        assert not (first.may_remove or first.may_move_down or second.may_move_up)


async def test_the_editor_shows_whether_participants_read_along_and_the_phone_beside_it_tells_so(
    tmp_path: Path,
) -> None:
    seen = QuestionSettings("Wat nu?", statements_on_phones=True)
    async with a_world(tmp_path, questions=(seen, QuestionSettings("En dan?")), opened=False) as world:
        view = await shown(world)
        assert [item.statements_on_phones for item in view.items] == [True, False]
        preview = agenda.preview_of(view)
        assert "Anderen lezen uw uitspraak op hun telefoon" in render("phone/scene.html", "nl", view=preview)
