"""The attendance list that people put themselves on, against a real database."""

import pytest

from app.commands import attendance, phases, sessions
from app.domain.attendance import MOST_ATTENDEES
from app.domain.phases import Phase
from app.domain.refusals import Reason, Refusal
from app.screens.report import build_report
from app.store import people
from app.store.tables import Attendee
from tests.world import a_world

pytestmark = pytest.mark.anyio


async def refusal(act):
    with pytest.raises(Refusal) as refused:
        await act
    return refused.value.reason


async def sign(world, name="Truus Jansen", role=""):
    return await world.run(attendance.add_oneself, name=name, role=role)


async def listed(world):
    async with world.parts.database.reader() as db:
        return [(one.name, one.role) for one in await people.attendees(db, world.session)]


async def test_nobody_can_sign_before_the_moderator_wants_it(tmp_path):
    async with a_world(tmp_path) as world:
        assert await refusal(sign(world)) == Reason.ATTENDANCE_CLOSED
        await world.run(attendance.set_open, wanted=True)
        await sign(world)
        await world.run(attendance.set_open, wanted=False)
        assert await refusal(sign(world, "Piet")) == Reason.ATTENDANCE_CLOSED
        assert await listed(world) == [("Truus Jansen", "")]


async def test_the_list_is_closed_during_the_questions_and_open_again_after_the_last(tmp_path):
    async with a_world(tmp_path) as world:
        await world.run(attendance.set_open, wanted=True)
        for number in (1, 2):
            await world.advance()
            for phase in (Phase.COLLECT, Phase.CLUSTER, Phase.VOTE):
                assert (await world.question()).phase == phase
                assert await refusal(sign(world)) == Reason.ATTENDANCE_CLOSED
                if phase == Phase.CLUSTER:
                    await world.make_theme("Samenwerking")
                await world.advance()
            if number == 1:
                assert await refusal(sign(world)) == Reason.ATTENDANCE_CLOSED
        await sign(world)
        await world.run(phases.go_back, page=await world.page(), confirmed="")
        assert await refusal(sign(world, "Piet")) == Reason.ATTENDANCE_CLOSED
        await world.run(sessions.end, page=await world.page(), confirmed="end")
        await sign(world, "Piet")
        assert await listed(world) == [("Piet", ""), ("Truus Jansen", "")]


async def test_pressing_twice_lists_once_and_another_role_is_another_person(tmp_path):
    async with a_world(tmp_path) as world:
        await world.run(attendance.set_open, wanted=True)
        for role in ("wijkagent", " wijkagent ", "", "wijkagent"):
            await sign(world, " Truus Jansen", role)
        assert sorted(await listed(world)) == [("Truus Jansen", ""), ("Truus Jansen", "wijkagent")]


async def test_a_full_list_says_so(tmp_path):
    async with a_world(tmp_path) as world:
        await world.run(attendance.set_open, wanted=True)
        rows = [
            {"id": f"{number:016x}", "session_id": world.session, "name": f"Naam {number}", "role": ""}
            for number in range(MOST_ATTENDEES)
        ]
        async with world.parts.database.writer() as db, db.begin():
            db.add_all([Attendee(**row) for row in rows])
        assert await refusal(sign(world)) == Reason.ATTENDANCE_FULL
        await sign(world, "Naam 7")


async def test_the_report_follows_the_moderators_choice(tmp_path):
    async with a_world(tmp_path) as world:
        for number in range(10):
            await world.run(attendance.add, name=f"Naam {number}", role="gast")

        async def told():
            async with world.parts.database.reader() as db:
                return (await build_report(db, world.session)).attendance

        assert ((await told()).names, (await told()).roles) == ((), (("gast", 10),))
        await world.run(attendance.set_report, names=True, roles=False)
        assert (await told()).names[0] == ("Naam 0", "")
