"""What is promised of seats: a recovery code is told to its own participant only, and no request ties neighbours."""

from __future__ import annotations

from app.domain import anonymity
from tests.promises.watch import everything, open_sockets, settle
from tests.world import Seat, World


def forms_of(seat: Seat) -> list[str]:
    """A seat's token, and the recovery code that it is, as a page, an address or a person writes it."""
    code = str(anonymity.recovery_code(seat.token))
    written = [seat.token, code, code.replace("-", " "), "".join(f"<span>{part}</span> " for part in code.split("-"))]
    return [form for one in written for form in (one, one.lower())]


async def check_recovery_code(world: World) -> None:
    """A recovery code is in the answer to its own participant's request, which nobody keeps, and nowhere else."""
    seat, *others = world.seats
    path = f"/s/{(await world.row()).code}/move"
    async with open_sockets(world, seat) as sockets, world.phone(seat) as own, world.phone(others[0]) as other:
        answer = await own.post(path)
        assert any(form in answer.text for form in forms_of(seat)), "a participant does not get the own code"
        assert answer.headers["cache-control"] == "no-store", "a recovery code may be kept"
        assert "set-cookie" not in answer.headers and "location" not in answer.headers
        elsewhere = {"another's request": (await other.post(path)).text, "the same address": (await own.get(path)).text}
        await world.advance()
        for one in world.seats:
            await world.write(one, "iets")
        await settle(world)
        seen = {**await everything(world, seat), **elsewhere, "a push": sockets.pushes()}
    files = {str(file): file.read_bytes() for file in world.parts.database.path.parent.iterdir() if file.is_file()}
    for where, sent in seen.items():
        assert not any(form in sent for form in forms_of(seat)), f"a recovery code in {where}"
    for where, content in files.items():
        assert not any(form.encode() in content for form in forms_of(seat)), f"a recovery code in {where}"


async def check_neighbours_apart(world: World) -> None:
    """Each seat of a device has a cookie that is sent to its own address only, so that no request ties two of them."""
    row = await world.row()
    async with world.phone() as device:
        paths = [
            (await device.post(f"{place}/s/{row.code}/join/{row.join_key}")).headers["location"]
            for place in ("", "/2", "/3")
        ]
        held = {cookie.path: str(cookie.value) for cookie in device.cookies.jar}
        assert len(set(held.values())) == len(paths), "neighbours share a seat"
        for path in paths:
            for rest in ("", "/screen?since=0", "/move", "/neighbour"):
                answer = await device.get(f"{path}{rest}")
                sent = answer.request.headers.get("cookie", "")
                told = [value for where, value in held.items() if where != path and value in sent + answer.text]
                assert held[path] in sent and not told, f"a request of {path} carries a neighbour's seat"
