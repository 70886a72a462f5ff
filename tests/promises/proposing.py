"""What is promised of proposals: held until three people have one, on nobody's phone, of nobody, and in no log."""

from __future__ import annotations

import secrets

from app.domain.agenda import QuestionSettings
from app.domain.phases import Phase
from app.store import proposals
from tests.promises.checks import check_schema
from tests.promises.disk import captured_log
from tests.promises.secrecy import demand_same
from tests.promises.watch import everything, open_sockets, settle, steady
from tests.world import Seat, World, make_world

NAME = "een heel herkenbare themanaam"


async def check_proposals(world: World) -> None:
    """Of fewer than three people they change nothing that is sent; from three on the control room alone has them."""
    group, receipts = await _grouping(world)
    async with open_sockets(group, group.seats[0]) as sockets:
        await everything(group, group.seats[0])
        await settle(group)
        before = steady(await everything(group, group.seats[0]))
        sockets.forget()
        # Two of one person and one of another.
        for seat, receipt in zip([group.seats[1], *group.seats[1:3]], receipts, strict=False):
            await _propose(group, seat, receipt)
        await settle(group)
        demand_same(before, steady(await everything(group, group.seats[0])))
        assert sockets.pushes() == "", "a proposal that waits made something be sent"
        await _propose(group, group.seats[3], receipts[3])
        await settle(group)
        assert NAME in sockets.pushes("control_room"), "what was released never came"
        assert NAME not in sockets.pushes("phone") + sockets.pushes("big_screen"), "others are sent what one proposes"
    check_schema(group.parts.database.path)


async def check_proposals_left_alone(world: World) -> None:
    """Of one person who proposed for two statements, ending again and again shows the moderator one and no more."""
    group, receipts = await _grouping(world)
    await group.make_theme("Groen")
    await _propose(group, group.seats[1], receipts[0])
    await _propose(group, group.seats[1], receipts[1])
    await group.advance()
    assert len(await _shown(group)) == 1, "two statements are shown to be of one hand"
    await _propose(group, group.seats[2], receipts[2])
    await group.advance()
    assert len(await _shown(group)) == 1, "somebody's proposal is shown alone"


async def check_proposals_in_the_log(world: World) -> None:
    """No log line holds a proposed name or a receipt."""
    group, receipts = await _grouping(world)
    async with captured_log() as log:
        await _propose(group, group.seats[1], receipts[0])
    assert NAME not in log.getvalue() and receipts[0] not in log.getvalue(), "the log tells what was proposed"


async def _grouping(world: World) -> tuple[World, list[str]]:
    """A session where participants help to group four statements; the receipts of these."""
    group = await make_world(world.app, questions=(QuestionSettings("Wat nu?", takes_proposals=True),))
    await group.advance()
    receipts = [secrets.token_hex(16) for _ in group.seats]
    for number, (seat, receipt) in enumerate(zip(group.seats, receipts, strict=True)):
        await group.write(seat, f"uitspraak {number}", receipt)
    await group.advance_to(Phase.CLUSTER)
    return group, receipts


async def _propose(group: World, seat: Seat, receipt: str) -> None:
    code = (await group.row()).code
    async with group.phone(seat) as phone:
        body = {"receipt": receipt, "revision": 1, "name": NAME}
        assert (await phone.post(f"/s/{code}/proposals", json=body)).status_code == 200


async def _shown(group: World) -> list[str]:
    async with group.parts.database.reader() as db:
        return list(await proposals.shown(db, (await group.question(1)).id))
