"""An archive that comes in is a session as any other, and goes out again as it came."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from app.commands import archive, sessions
from app.domain.phases import Phase
from app.domain.refusals import Reason, Refusal
from app.domain.report import Report
from app.domain.report_rounds import ReportRound
from app.exports.archive_reader import read
from app.exports.json_archive import write
from app.screens.report import build_report
from app.store.tables import BoardMove, HandCount, ModerationSession, Round, RoundTheme, Statement
from tests.exports.made_up import a_made_up_session
from tests.exports.test_archive_reader import the_file
from tests.world import World, a_world

pytestmark = pytest.mark.anyio


async def brought_in(world: World, report: Report) -> int:
    made = await world.parts.writer.run(archive.bring_in, moderator_id=world.moderator, report=report)
    assert made.session_id != world.session
    session_id: int = made.session_id
    return session_id


async def exported(world: World, session_id: int) -> bytes:
    async with world.parts.database.reader() as db:
        report = await build_report(db, session_id)
    assert report.session_id == session_id
    return write(replace(report, session_id=17), "nl")


async def test_what_comes_in_goes_out_again_byte_for_byte(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        for seed in range(60):
            before = write(a_made_up_session(random.Random(seed)), "nl")
            after = await exported(world, await brought_in(world, read(before)))
            assert after.decode() == before.decode(), f"session {seed}"


async def test_the_figures_of_a_round_come_in_with_it(tmp_path: Path) -> None:
    file: Any = the_file()
    vote = file["questions"][0]["rounds"][0]
    vote["stable"], vote["themes"][0]["spread"], vote["themes"][0]["by_hand"] = False, 0.625, 4
    file["questions"][0]["themes"][0]["by_hand"] = 4
    async with a_world(tmp_path) as world:
        await brought_in(world, read(json.dumps(file).encode()))
        async with world.parts.database.reader() as db:
            stable = (await db.exec(select(Round.stable).order_by(Round.id))).first()
            figures = (await db.exec(select(RoundTheme).where(RoundTheme.spread != None))).all()  # noqa: E711
            hands = (await db.exec(select(HandCount))).all()
    assert stable is False and [(one.name, one.spread) for one in figures] == [("Samenwerking", 0.625)]
    assert [(one.theme_id, one.points) for one in hands] == [(figures[0].theme_id, 4)]


async def test_what_was_left_out_on_request_stays_left_out(tmp_path: Path) -> None:
    file: Any = the_file()
    file["questions"][0]["unclustered"] = [{"text": "", "redacted": True}, {"text": "blijft"}]
    async with a_world(tmp_path) as world:
        after: Any = json.loads(await exported(world, await brought_in(world, read(json.dumps(file).encode()))))
    assert after["questions"][0]["unclustered"] == file["questions"][0]["unclustered"]


async def test_so_does_a_session_that_was_held_here(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write_all(["een", "twee", "drie", "vier", "vijf"])
        await world.advance_to(Phase.CLUSTER)
        kept = await world.make_theme("Samenwerking", ["een", "twee"])
        gone = await world.make_theme("Weg", ["drie"])
        await world.advance("start_vote")
        for seat in world.seats:
            await world.vote(seat, {kept: 1, gone: 2})
        await world.advance_to(Phase.RESULT)
        await world.run(sessions.end, page=await world.page(), confirmed="end")
        before = await exported(world, world.session)
        assert await exported(world, await brought_in(world, read(before))) == before.replace(
            b'"code": "' + str((await world.row()).code).encode() + b'"', b'"code": null'
        )


async def test_it_is_ended_and_nobody_can_join_it(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        session_id = await brought_in(world, read(json.dumps(the_file()).encode()))
        async with world.parts.database.reader() as db:
            session = await db.get(ModerationSession, session_id)
            written = (await db.exec(select(Statement))).all()
            moves = (await db.exec(select(BoardMove))).all()
        assert session is not None and (session.status, session.code) == ("ended", None)
        assert {(one.released, one.receipt_hash, one.revision) for one in written} == {(True, None, 1)}
        assert len({one.id for one in written}) == len(written) and not moves
        assert await world.parts.writer.run(sessions.forget_ended, before=2**40) is None
        async with world.laptop() as laptop, world.phone() as phone:
            for page in ("control-room", "actions", "attendees", "report.json", "report.csv"):
                assert (await laptop.get(f"/sessions/{session_id}/{page}")).status_code == 200
            assert (await phone.get(f"/j/{session.join_key}")).status_code < 500
            assert (await phone.get(f"/big-screen/{session.big_screen_key}")).status_code < 500


@pytest.mark.parametrize(
    ("phase", "afterwards"),
    [("collect", "result"), ("cluster", "cluster"), ("vote", "cluster"), ("result", "result"), ("waiting", "waiting")],
)
async def test_one_that_was_open_comes_in_as_ended(tmp_path: Path, phase: str, afterwards: str) -> None:
    file: Any = the_file()
    file["session"]["status"], file["session"]["code"] = "open", "482915"
    question = file["questions"][0]
    question["phase"], question["waiting"] = phase, 3
    still_open = {**question["rounds"][0], "number": 2, "closed": False, "ballots": None}
    still_open["themes"] = [{**one, "points": None, "givers": None} for one in still_open["themes"]]
    question["rounds"].append(still_open)
    async with a_world(tmp_path) as world:
        after: Any = json.loads(await exported(world, await brought_in(world, read(json.dumps(file).encode()))))
    assert (after["session"]["status"], after["session"]["code"]) == ("ended", None)
    found = after["questions"][0]
    assert (found["phase"], found["waiting"], len(found["rounds"])) == (afterwards, 0, 1)
    assert found["themes"] == question["themes"]


async def test_a_draft_stays_one_and_can_be_opened(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world:
        before = await exported(world, world.session)
        drafted = await world.parts.writer.run(archive.bring_in, moderator_id=world.moderator, report=read(before))
        assert drafted.is_draft
        assert await exported(world, drafted.session_id) == before
        assert await world.parts.writer.run(sessions.open_session, drafted.session_id)


async def test_hidden_statements_stay_counted(tmp_path: Path) -> None:
    file: Any = the_file()
    file["questions"][1]["hidden"] = 4
    async with a_world(tmp_path) as world:
        after: Any = json.loads(await exported(world, await brought_in(world, read(json.dumps(file).encode()))))
    assert [question["hidden"] for question in after["questions"]] == [0, 4, 0]


async def test_nothing_is_half_written(tmp_path: Path) -> None:
    """What breaks halfway leaves no session behind."""
    report = read(json.dumps(the_file()).encode())
    twice = ReportRound(1, 3, None, True, None, report.questions[0].rounds[0].figures * 2)
    broken = replace(report.questions[2], rounds=(twice,))
    report = replace(report, questions=(*report.questions[:2], broken))
    async with a_world(tmp_path) as world:
        with pytest.raises(Exception, match="round_theme"):
            await brought_in(world, report)
        async with world.parts.database.reader() as db:
            assert [one.id for one in (await db.exec(select(ModerationSession))).all()] == [world.session]
            assert (await db.exec(select(Statement))).all() == []


async def test_examples_come_once(tmp_path: Path) -> None:
    report = read(json.dumps(the_file()).encode())
    async with a_world(tmp_path) as world:
        both = [replace(report, title="Een"), replace(report, title="Een andere")]
        arguments = {"moderator_id": world.moderator, "reports": both}
        assert await world.parts.writer.run(archive.load_examples, **arguments) == 2
        with pytest.raises(Refusal) as caught:
            await world.parts.writer.run(archive.load_examples, **arguments)
        assert caught.value.reason == Reason.EXAMPLES_ARE_THERE
        async with world.parts.database.reader() as db:
            assert len((await db.exec(select(ModerationSession))).all()) == 3
