"""Action items and the attendance list."""

from datetime import date

import pytest

from app.commands import actions, attendance
from app.domain.actions import ActionFields
from app.domain.phases import Phase
from app.domain.refusals import Reason, Refusal
from app.store import actions as stored
from app.store import people
from app.store.tables import Theme
from tests.world import a_world, make_world

pytestmark = pytest.mark.anyio


async def refusal(act):
    with pytest.raises(Refusal) as refused:
        await act
    return refused.value.reason


async def items(world):
    async with world.parts.database.reader() as db:
        return [(item.text, item.owner, item.due, item.done) for item in await stored.of_session(db, world.session)]


async def test_an_action_is_noted_changed_and_removed(tmp_path):
    async with a_world(tmp_path) as world:
        made = await world.run(actions.add, fields=ActionFields("Bellen"))
        done = ActionFields("Bellen", None, "Jan", date(2026, 12, 7), True)
        await world.run(actions.change, action_id=made, fields=done, seq=(await world.row()).seq)
        assert await items(world) == [("Bellen", "Jan", date(2026, 12, 7), True)]
        await world.run(actions.remove, action_id=made, seq=(await world.row()).seq)
        assert await items(world) == []


async def test_a_page_that_did_not_see_the_last_change_of_an_action_does_not_overwrite_it(tmp_path):
    async with a_world(tmp_path) as world:
        made = await world.run(actions.add, fields=ActionFields("Bellen"))
        seq = (await world.row()).seq
        await world.run(actions.change, action_id=made, fields=ActionFields("Schrijven"), seq=seq)
        again = world.run(actions.change, action_id=made, fields=ActionFields("Mailen"), seq=seq)
        assert await refusal(again) == Reason.PAGE_IS_STALE
        assert await refusal(world.run(actions.remove, action_id=made, seq=seq)) == Reason.PAGE_IS_STALE
        assert (await items(world))[0][0] == "Schrijven"


async def test_actions_and_themes_of_another_session_are_unknown(tmp_path):
    async with a_world(tmp_path) as world:
        other = await make_world(world.app)
        await other.advance_to(Phase.CLUSTER)
        theme = await other.make_theme("van hen")
        made = await other.run(actions.add, fields=ActionFields("van hen"))
        assert await refusal(world.run(actions.remove, action_id=made, seq=99)) == Reason.ACTION_ITEM_UNKNOWN
        adding = world.run(actions.add, fields=ActionFields("x", theme))
        assert await refusal(adding) == Reason.THEME_UNKNOWN


async def test_an_action_outlives_its_theme(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance_to(Phase.CLUSTER)
        theme = await world.make_theme("gaat weg")
        await world.run(actions.add, fields=ActionFields("Bellen", theme))
        async with world.parts.database.writer() as db, db.begin():
            await db.delete(await db.get(Theme, theme))
        assert [item[0] for item in await items(world)] == ["Bellen"]


async def test_the_attendance_list_is_in_order_of_name_whatever_the_order_of_typing(tmp_path):
    async with a_world(tmp_path) as world:
        for name in ("Zoë", "anton", "Bert"):
            await world.run(attendance.add, name=name, role="")
        async with world.parts.database.reader() as db:
            listed = await people.attendees(db, world.session)
        assert [attendee.name for attendee in listed] == ["anton", "Bert", "Zoë"]


async def test_a_name_is_needed_and_one_of_another_session_stays(tmp_path):
    async with a_world(tmp_path) as world:
        other = await make_world(world.app)
        theirs = await other.run(attendance.add, name="Van hen", role="gast")
        assert await refusal(world.run(attendance.add, name=" ", role="")) == Reason.TEXT_MISSING
        assert await refusal(world.run(attendance.remove, attendee_id=theirs)) == Reason.ATTENDEE_UNKNOWN
        await other.run(attendance.remove, attendee_id=theirs)
        async with world.parts.database.reader() as db:
            assert await people.attendees(db, other.session) == []
