"""What is promised while people write: nothing of others on a phone unless asked for, and no word of who types."""

from __future__ import annotations

from app.commands import statements
from app.domain.agenda import QuestionSettings
from tests.promises.secrecy import SECRET, demand_hidden, demand_same
from tests.promises.watch import everything, open_sockets, settle, steady
from tests.world import Seat, World, make_world


async def check_phones_while_collecting(world: World) -> None:
    """Unless the moderator switched it on, no phone is sent a byte of what others write, change or retract."""
    async with open_sockets(world, world.seats[0]) as sockets:
        await world.advance()
        await settle(world)
        sockets.forget()
        await _write_change_and_retract(world)
        assert sockets.pushes("phone") == "", "a phone was sent something of what others wrote"
        assert SECRET in sockets.pushes("control_room")


async def check_seeing_each_other(world: World) -> None:
    """Where it is on, phones get what three people have mixed, also where mixing is off, and nothing that waits."""
    seen = QuestionSettings("Wat nu?", statements_on_phones=True)
    public = await make_world(world.app, questions=(seen,), mixing=False)
    async with open_sockets(public, public.seats[0]) as sockets:
        await public.advance()
        for number in range(2):
            await public.write(public.seats[number], f"{SECRET} {number}")
        await demand_hidden(public, sockets, [f"{SECRET} {number}" for number in range(2)])
        await public.write(public.seats[2], f"{SECRET} 2")
        await settle(public)
        assert all(f"{SECRET} {number}" in sockets.pushes("phone") for number in range(3)), "on, and not shown"
        await public.advance()
        await settle(public)
        sockets.forget()
        await public.write_all([f"{SECRET}, laat"] * 3)
        await settle(public)
        assert SECRET in sockets.pushes("control_room")
        assert SECRET not in sockets.pushes("phone"), "sent to phones after collecting had closed"


async def _write_change_and_retract(world: World) -> None:
    receipts = ["ab" * 16, "cd" * 16]
    for seat, receipt in zip(world.seats, receipts, strict=False):
        await world.write(seat, f"{SECRET} {receipt}", receipt)
    await world.write(world.seats[2], "de derde")
    await settle(world)
    await world.write(world.seats[0], f"{SECRET}, anders", receipts[0], revision=2)
    await world.run(statements.retract, receipt=receipts[1], revision=2)
    await settle(world)


async def check_typing(world: World) -> None:
    """That somebody types changes nothing that is sent, and one asks the moderator in the same words as two."""
    await world.advance()
    watcher, *others = world.seats
    asked = []
    async with open_sockets(world, watcher) as sockets:
        for seat in others:
            world.parts.rooms.of(world.session).presence.arrived(seat.hash)
        await everything(world, watcher)
        await settle(world)
        before = steady(await everything(world, watcher))
        sockets.forget()
        for seat in others:
            await _type(world, seat)
            await settle(world)
            demand_same(before, steady(await everything(world, watcher)))
            asked.append(await _next_step(world))
        assert sockets.pushes() == "", "typing made something be sent"
    assert asked[0] == asked[1], "the moderator is told whether one or two people type"
    assert asked[2] != asked[1] and "3" in asked[2], "three who type are not counted"
    kept = world.parts.database.path.read_bytes() + world.parts.database.path.with_name("moderato.db-wal").read_bytes()
    assert b"typing" not in kept, "the database knows who types"


async def _type(world: World, seat: Seat) -> None:
    question = await world.question()
    async with world.phone(seat) as phone:
        body = {"question": question.id, "typing": True}
        assert (await phone.post(f"/s/{(await world.row()).code}/presence", json=body)).status_code == 204


async def _next_step(world: World) -> str:
    page = await world.page()
    form = {"phase": page.phase, "question": str(page.question_id), "seq": str(page.seq)}
    async with world.laptop() as laptop:
        answer = await laptop.post(f"/sessions/{world.session}/next", data=form, headers={"HX-Request": "true"})
    assert answer.status_code == 409, "nobody was asked"
    return answer.text
