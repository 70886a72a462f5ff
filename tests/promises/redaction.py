"""What is promised of what is left out: gone from every file, screen and memory, never revived, asked for by nobody."""

from __future__ import annotations

import secrets
from contextlib import suppress
from datetime import date

from app import exports
from app.commands import phases, quoting, redaction, sessions
from app.domain.phases import Phase
from app.domain.redaction import fingerprint
from app.domain.refusals import Refusal
from app.screens.report import build_report
from tests.promises.disk import demand_absent
from tests.promises.secrecy import demand_same
from tests.promises.watch import everything, open_sockets, settle, steady
from tests.world import World

# Nothing else in any file has these words.
TEXT = "mevrouw Zonderzorg van nummer twaalf zet haar vuilnis altijd te vroeg buiten"
NAME = "Zonderzorg"


async def check_redacted(world: World) -> None:
    """Once it is left out, no file beside the database, no page, push, poll or export has it."""
    await _write(world)
    async with open_sockets(world, world.seats[0]) as sockets:
        await world.advance_to(Phase.RESULT)
        await everything(world, world.seats[0])
        await settle(world)
        assert NAME in sockets.pushes(), "it was never shown, so this checks nothing"
        await _redact(world)
        await settle(world)
        sockets.forget()
        await world.run(sessions.share_report, shared=True)
        await settle(world)
        assert NAME not in sockets.pushes(), "a push has what was left out"
    await _demand_gone(world)


async def check_memory(world: World) -> None:
    """What was drawn before is not kept in memory until somebody asks for it again."""
    await _write(world)
    await world.advance_to(Phase.RESULT)
    await everything(world, world.seats[0])
    room = world.parts.rooms.of(world.session)
    assert any(NAME in kept.text for kept in room._wholes._kept.values()), "nothing was kept, so this checks nothing"
    await _redact(world)
    await settle(world)
    assert not any(NAME in kept.text for kept in room._wholes._kept.values()), "a drawing is kept in memory"


async def check_redacted_after_the_end(world: World) -> None:
    """The same when the session has ended, for every format of the report as well."""
    await _write(world)
    await world.advance_to(Phase.RESULT)
    await world.run(sessions.end, page=await world.page(), confirmed="end")
    await _redact(world)
    await settle(world)
    await _demand_gone(world)
    async with world.parts.database.reader() as db:
        report = await build_report(db, world.session)
    assert report.questions[0].redacted == 1, "the report does not tell that something was left out"
    for name, chosen in exports.FORMATS.items():
        written = await exports.written(report, chosen, "nl")
        assert NAME.encode() not in written, f"the export {name} has what was left out"


async def check_it_never_comes_back(world: World) -> None:
    """Whatever its writer's phone sends again or anew, in whatever phase, the text stays gone."""
    receipt = await _write(world)
    await world.advance_to(Phase.RESULT)
    await _redact(world)
    for phase in (Phase.RESULT, Phase.CLUSTER, Phase.COLLECT):
        while (await world.question()).phase != phase:
            await world.run(phases.go_back, page=await world.page(), confirmed="")
        for revision in (1, 2, 3):
            with suppress(Refusal):
                await world.write(world.seats[0], TEXT, receipt, revision)
    await world.run(sessions.end, page=await world.page(), confirmed="end")
    with suppress(Refusal):
        await world.write(world.seats[0], TEXT, receipt, 4)
    await settle(world)
    await _demand_gone(world)


async def check_nobody_sees_who_asks(world: World) -> None:
    """That a phone asks changes nothing that anybody is sent before the end; and no push then either."""
    receipt = await _write(world)
    await world.advance_to(Phase.RESULT)
    async with open_sockets(world, world.seats[1]) as sockets:
        await everything(world, world.seats[1])
        await settle(world)
        before = steady(await everything(world, world.seats[1]))
        sockets.forget()
        await world.run(redaction.ask, receipt=receipt)
        await settle(world)
        demand_same(before, steady(await everything(world, world.seats[1])))
        assert sockets.pushes() == "", "a request made something be sent"
    await world.run(sessions.end, page=await world.page(), confirmed="end")
    async with open_sockets(world, world.seats[1]) as sockets:
        sockets.forget()
        await world.run(redaction.ask, receipt=world.seats[1].receipts[0])
        await settle(world)
        assert sockets.pushes() == "", "a request made something be sent"


async def check_others_are_not_searched(world: World) -> None:
    """Nobody learns by a statement of their own making what another moderator's session says."""
    await _write(world)
    await world.advance_to(Phase.RESULT)
    helper = await world.share_with("Hulp")
    theirs = sessions.SessionFields(f"Gesprek met {NAME}", "", date(2030, 1, 1), "nl")
    await world.parts.writer.run(sessions.create, moderator_id=helper, fields=theirs)
    await world.run(redaction.mark, statement_id=await world.statement_id(TEXT), marked=True)
    async with world.parts.database.reader() as db:
        found = [await quoting.find(db, await world.row(), one) for one in (world.moderator, helper)]
    own, helpers = [any(NAME in quote.text for quote in one.here) for one in found]
    assert helpers, "who leads it is not told, so this checks nothing"
    assert not own, "what somebody else's session says is told"


async def _write(world: World) -> str:
    """Statements of four people, the first of which is TEXT; the receipt of that one."""
    await world.advance()
    receipt = secrets.token_hex(16)
    await world.write(world.seats[0], TEXT, receipt)
    for number, seat in enumerate(world.seats[1:]):
        await world.write(seat, f"een andere uitspraak, nummer {number}")
    await world.advance_to(Phase.CLUSTER)
    await world.make_theme("Afval", [TEXT])
    return receipt


async def _redact(world: World) -> None:
    key = await world.statement_id(TEXT)
    # The mark writes the row anew, so that the log of writes has its text once more.
    await world.run(redaction.mark, statement_id=key, marked=True)
    await world.run(redaction.redact, moderator_id=world.moderator, seen=fingerprint([key]), confirmed="redact")


async def _demand_gone(world: World) -> None:
    demand_absent(world, [TEXT, NAME], "what was left out")
    seen = await everything(world, world.seats[0])
    found = [where for where, text in seen.items() if NAME in text]
    assert not found, f"what was left out is on {found}"
