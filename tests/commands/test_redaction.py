"""Leaving statements out for good: who asks, who marks, what goes, and that nothing comes back."""

from __future__ import annotations

import time
from typing import Any

import pytest
from sqlmodel import col, select

from app.commands import actions, carrying, phases, redaction, sessions, statements, themes
from app.domain.actions import ActionFields
from app.domain.phases import Phase
from app.domain.redaction import fingerprint
from app.domain.refusals import ConfirmationNeeded, Reason, Refusal
from app.screens.report import build_report
from app.store.tables import BoardMove, ModerationSession, Statement
from tests.world import World, a_world, make_world

pytestmark = pytest.mark.anyio
NAMING = "De honden van buurman Piet blaffen elke nacht"
RECEIPT = "ab" * 16


async def at_a_result(world: World, *others: str) -> None:
    """The first question with NAMING, written under RECEIPT, and other statements; its vote closed."""
    await world.advance()
    await world.write(world.seats[0], NAMING, RECEIPT)
    await world.write_all(others or ("twee", "drie", "vier"))
    await world.advance_to(Phase.CLUSTER)
    theme = await world.make_theme("Honden van buurman Piet", [NAMING])
    await world.advance_to(Phase.VOTE)
    for seat in world.seats:
        await world.vote(seat, {theme: 1})
    await world.advance()


async def end(world: World) -> None:
    await world.run(sessions.end, page=await world.page(), confirmed="end")


async def refusal(act: Any) -> Reason:
    with pytest.raises(Refusal) as refused:
        await act
    return refused.value.reason


async def rows(world: World, table: Any = Statement) -> list[Any]:
    async with world.parts.database.reader() as db:
        return list((await db.exec(select(table))).all())


async def mark(world: World, text: str = NAMING, marked: bool = True) -> str:
    key = await world.statement_id(text)
    await world.run(redaction.mark, statement_id=key, marked=marked)
    return key


async def redact(world: World, *texts: str) -> int:
    keys = [await mark(world, text) for text in texts or (NAMING,)]
    done: int = await world.run(
        redaction.redact, moderator_id=world.moderator, seen=fingerprint(keys), confirmed="redact"
    )
    return done


async def test_the_text_of_a_marked_statement_is_overwritten_and_the_report_says_so(tmp_path):
    async with a_world(tmp_path) as world:
        await at_a_result(world)
        assert await redact(world) == 1
        (gone,) = [row for row in await rows(world) if row.redacted]
        assert gone.text == "" and gone.theme_id and not gone.redaction_marked
        async with world.parts.database.reader() as db:
            report = await build_report(db, world.session)
        question = report.questions[0]
        assert (question.redacted, question.statement_count) == (1, 4)
        assert [one.redacted for one in question.themes[0].statements] == [True]


async def test_undo_brings_no_older_name_of_a_theme_back_that_quotes_what_was_left_out(tmp_path):
    async with a_world(tmp_path) as world:
        await at_a_result(world)
        await world.run(phases.go_back, page=await world.page(), confirmed="")
        other = await world.make_theme("Elke nacht blaffende honden")
        for theme, name in (((await world.theme_ids())["Honden van buurman Piet"], "Dieren"), (other, "Nachtrust")):
            about = {"page": await world.page(), "moderator_id": world.moderator}
            await world.run(themes.rename, **about, theme_id=theme, name=name)
        await world.advance_to(Phase.RESULT)
        # Another statement's words are in no name of the history: it stays.
        await redact(world, "twee")
        assert any("Piet" in row.move for row in await rows(world, BoardMove))
        await redact(world)
        assert await rows(world, BoardMove) == []


async def test_a_name_proposed_for_another_statement_goes_when_it_quotes_what_was_left_out(tmp_path):
    async with a_world(tmp_path) as world:
        await at_a_result(world)
        async with world.parts.database.writer() as db, db.begin():
            named = {"twee": "Buurman Piet", "drie": "Nachtrust"}
            for row in (await db.exec(select(Statement).where(col(Statement.text).in_(list(named))))).all():
                row.proposed_name, row.proposal = named[row.text], "shown"
        await redact(world)
        kept = {row.text: (row.proposed_name, row.proposal) for row in await rows(world)}
        assert (kept["twee"], kept["drie"]) == ((None, "none"), ("Nachtrust", "shown"))


async def test_before_a_statement_goes_its_number_is_asked_and_nothing_has_happened(tmp_path):
    async with a_world(tmp_path) as world:
        await at_a_result(world)
        key = await mark(world)
        with pytest.raises(ConfirmationNeeded) as asked:
            await world.run(redaction.redact, moderator_id=world.moderator, seen=fingerprint([key]), confirmed="")
        assert (asked.value.key, asked.value.count, asked.value.quoted) == ("redact", 1, 1)
        assert NAMING in [row.text for row in await rows(world)]


async def test_what_another_moderator_marked_meanwhile_does_not_go_unseen(tmp_path):
    async with a_world(tmp_path) as world:
        await at_a_result(world)
        seen = fingerprint([await mark(world)])
        await mark(world, "twee")
        assert (
            await refusal(world.run(redaction.redact, moderator_id=world.moderator, seen=seen, confirmed="redact"))
            == Reason.PAGE_IS_STALE
        )
        await mark(world, "twee", marked=False)
        assert await world.run(redaction.redact, moderator_id=world.moderator, seen=seen, confirmed="redact") == 1
        assert (
            await refusal(world.run(redaction.redact, moderator_id=world.moderator, seen=seen, confirmed="redact"))
            == Reason.NOTHING_MARKED
        )


async def test_a_hidden_statement_can_be_left_out_too(tmp_path):
    async with a_world(tmp_path) as world:
        await at_a_result(world)
        await world.run(phases.go_back, page=await world.page(), confirmed="")
        key = await world.statement_id(NAMING)
        about = {"page": await world.page(), "moderator_id": world.moderator, "chosen": [key], "hidden": True}
        await world.run(themes.hide, **about)
        await world.advance_to(Phase.RESULT)
        assert await redact(world) == 1
        assert NAMING not in [row.text for row in await rows(world)]


@pytest.mark.parametrize("phase", [Phase.COLLECT, Phase.CLUSTER, Phase.VOTE])
async def test_while_a_question_is_under_way_nothing_of_it_is_left_out(tmp_path, phase):
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write_all([NAMING, "twee", "drie"])
        if phase != Phase.COLLECT:
            await world.advance_to(Phase.CLUSTER)
            await world.make_theme("Buren")
        await world.advance_to(phase)
        assert await refusal(mark(world)) == Reason.STATEMENT_UNKNOWN


async def test_another_sessions_statement_is_out_of_reach(tmp_path):
    async with a_world(tmp_path) as world:
        await at_a_result(world)
        for key in ("", "geen", "ab" * 8):
            asked = world.run(redaction.mark, statement_id=key, marked=True)
            assert await refusal(asked) == Reason.STATEMENT_UNKNOWN


async def test_its_writer_cannot_revive_it_by_a_resend_or_a_newer_revision(tmp_path):
    async with a_world(tmp_path) as world:
        await at_a_result(world)
        await redact(world)
        assert (await world.write(world.seats[0], NAMING, RECEIPT))["status"] == "stands"
        # Collecting again: what was sent may be changed then, but not this.
        await world.run(phases.go_back, page=await world.page(), confirmed="")
        await world.run(phases.go_back, page=await world.page(), confirmed="")
        assert (await world.question()).phase == Phase.COLLECT
        for text in (NAMING, "iets anders over Piet"):
            assert await refusal(world.write(world.seats[0], text, RECEIPT, 2)) == Reason.STATEMENT_IS_REDACTED
        taken_back = world.run(statements.retract, receipt=RECEIPT, revision=3)
        assert await refusal(taken_back) == Reason.STATEMENT_IS_REDACTED
        (gone,) = [row for row in await rows(world) if row.redacted]
        assert (gone.text, gone.retracted, gone.revision) == ("", False, 1)
        await end(world)
        assert await refusal(world.write(world.seats[0], NAMING, RECEIPT, 4)) == Reason.STATEMENT_IS_REDACTED


async def test_a_device_asks_by_receipt_and_asking_again_changes_nothing(tmp_path):
    async with a_world(tmp_path) as world:
        await at_a_result(world)
        await end(world)
        seq = (await world.row()).seq
        for _ in range(2):
            assert await world.run(redaction.ask, receipt=RECEIPT) == {"status": "asked"}
        assert [row.text for row in await rows(world) if row.redaction_asked] == [NAMING]
        # No screen is told, so none shows when somebody touched a phone.
        assert (await world.row()).seq == seq


async def test_who_asked_is_forgotten_when_it_is_left_out_and_asking_then_says_so(tmp_path):
    async with a_world(tmp_path) as world:
        await at_a_result(world)
        await end(world)
        await world.run(redaction.ask, receipt=RECEIPT)
        await redact(world)
        assert not any(row.redaction_asked for row in await rows(world))
        assert await world.run(redaction.ask, receipt=RECEIPT) == {"status": "redacted"}
        assert not any(row.redaction_asked for row in await rows(world))


async def test_a_day_after_the_end_nothing_can_be_asked_any_more_but_what_was_asked_stands(tmp_path):
    async with a_world(tmp_path) as world:
        await at_a_result(world)
        await end(world)
        await world.run(redaction.ask, receipt=RECEIPT)
        async with world.parts.database.writer() as db, db.begin():
            (await db.get(ModerationSession, world.session)).ended_at = int(time.time()) - 24 * 3600
        assert await refusal(world.run(redaction.ask, receipt=RECEIPT)) == Reason.REDACTION_OVER
        await world.parts.writer.run(sessions.forget_ended, before=int(time.time()))
        assert await refusal(world.run(redaction.ask, receipt=RECEIPT)) == Reason.REDACTION_OVER
        assert [row.text for row in await rows(world) if row.redaction_asked] == [NAMING]
        assert await redact(world) == 1


async def test_a_receipt_that_nobody_has_or_that_is_none_asks_for_nothing(tmp_path):
    async with a_world(tmp_path) as world:
        await at_a_result(world)
        assert await refusal(world.run(redaction.ask, receipt="cd" * 16)) == Reason.REDACTION_OVER
        assert await refusal(world.run(redaction.ask, receipt="kort")) == Reason.RECEIPT_MALFORMED


async def carried_along(world: World) -> tuple[World, int]:
    """Another session of the group, to which the only action item of this one went along; and the item's id here."""
    action: int = await world.run(actions.add, fields=ActionFields("Met Piet praten"))
    await end(world)
    later = await make_world(world.app)
    assert await later.run(carrying.take_along, moderator_id=world.moderator, chosen=[action]) == 1
    return later, action
