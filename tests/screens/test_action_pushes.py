"""What a change of the action list pushes to whoever else leads: how many there are, and which answers are on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.commands import actions, agenda
from app.domain.actions import ActionFields
from app.domain.agenda import QuestionSettings
from app.domain.events import ActionItemsChanged
from app.domain.phases import WITHOUT_VOTE
from app.domain.presence import Presence
from app.screens import refresh
from tests.world import POSITIVE, World, a_world

pytestmark = pytest.mark.anyio
QUESTIONS = (QuestionSettings(POSITIVE, phases=WITHOUT_VOTE),)
FOLLOW_UP = QuestionSettings("Wat moet er concreet gebeuren?", phases=WITHOUT_VOTE)


async def pushed(world: World) -> str:
    async with world.parts.database.reader() as db:
        row = await world.row()
        drawn = await refresh.draw_changes(db, "control_room", row, ["nl"], Presence(), [ActionItemsChanged()])
    return drawn["nl"]


async def to_the_follow_up(world: World) -> None:
    await world.advance()
    await world.write_all(["een", "twee", "drie"])
    await world.advance()
    theme = await world.make_theme("Zichtbaar zijn")
    await world.advance()
    carried = [agenda.Carried(theme, "Zichtbaar zijn")]
    await world.run(agenda.add_follow_up, page=await world.page(), settings=FOLLOW_UP, carried=carried)


async def test_a_colleague_sees_at_once_which_answers_are_on_the_list(tmp_path: Path) -> None:
    async with a_world(tmp_path, QUESTIONS) as world:
        await to_the_follow_up(world)
        await world.advance()
        await world.write_all(["ronde maken", "politie bellen", "mandaat"])
        await world.advance()
        await world.run(actions.add, fields=ActionFields("Notulen rondsturen"))
        assert 'id="stage"' not in await pushed(world), "a board says nothing of the list"
        await world.advance()
        await world.run(actions.add_answers, chosen=[await world.statement_id("ronde maken")])
        push = await pushed(world)
        assert 'id="rail"' in push and push.count("Op de actielijst") == 1
