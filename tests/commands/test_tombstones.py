"""Requests that overtake each other: what was taken back does not come, and what stands is not refused."""

import pytest

from app.commands import statements
from app.domain.agenda import QuestionSettings
from app.domain.limits import MOST_A_MINUTE
from app.domain.refusals import Reason
from app.store.statements import any_for
from app.store.tables import Theme
from tests.commands.test_statements import RECEIPT, refusal, stored
from tests.world import a_world

pytestmark = pytest.mark.anyio


async def test_what_is_taken_back_before_it_came_does_not_come_any_more(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        early = {"participant": world.seats[0].hash, "question_id": (await world.question()).id}
        first = await world.run(statements.retract, receipt=RECEIPT, revision=2, **early)
        assert (await world.run(statements.retract, receipt=RECEIPT, revision=2, **early)) == first
        answer = await world.write(world.seats[0], "toch niet", RECEIPT, 1)
        assert (answer["status"], answer["retracted"], answer["revision"]) == ("stands", True, 2)
        assert [(one.text, one.retracted) for one in await stored(world)] == [("", True)]
        assert (await world.write(world.seats[0], "toch wel", RECEIPT, 3))["status"] == "stored"


async def test_taking_back_what_never_came_is_not_quicker_than_writing(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        world.parts.writer.batches.clock = lambda: 1.0
        early = {"participant": world.seats[0].hash, "question_id": (await world.question()).id, "revision": 2}
        for number in range(MOST_A_MINUTE):
            await world.run(statements.retract, receipt=f"{number:032x}", **early)
        assert await refusal(world.run(statements.retract, receipt=RECEIPT, **early)) == Reason.TOO_FAST
        elsewhere = {**early, "question_id": 999_999}
        assert await refusal(world.run(statements.retract, receipt=RECEIPT, **elsewhere)) == Reason.RECEIPT_UNKNOWN


async def test_nobody_fixes_a_question_by_taking_something_back_before_its_turn(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        ahead = {"participant": world.seats[0].hash, "question_id": (await world.question(2)).id, "revision": 2}
        assert await refusal(world.run(statements.retract, receipt=RECEIPT, **ahead)) == Reason.RECEIPT_UNKNOWN
        async with world.parts.database.reader() as db:
            assert not await any_for(db, ahead["question_id"])


async def test_a_resend_under_a_theme_that_has_gone_since_stands_and_can_still_be_changed(tmp_path):
    guided = QuestionSettings("Wat nu?", themes=("Samenwerking", "Snelheid"))
    async with a_world(tmp_path, questions=(guided,)) as world:
        await world.advance()
        theme = (await world.theme_ids())["Samenwerking"]
        about = {"participant": world.seats[0].hash, "question_id": (await world.question()).id, "receipt": RECEIPT}
        await world.run(statements.submit, text="een", revision=1, theme_id=theme, **about)
        async with world.parts.database.writer() as db, db.begin():
            await db.delete(await db.get(Theme, theme))
        again = await world.run(statements.submit, text="een", revision=1, theme_id=theme, **about)
        edited = await world.run(statements.submit, text="twee", revision=2, theme_id=theme, **about)
        assert (again["status"], edited["status"]) == ("stands", "stored")
        assert [one.text for one in await stored(world)] == ["twee"]
        await world.run(statements.retract, receipt=RECEIPT, revision=3)
        back = world.run(statements.submit, text="twee", revision=4, theme_id=theme, **about)
        assert await refusal(back) == Reason.THEME_UNKNOWN
