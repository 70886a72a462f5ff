"""What is promised of a tally that anyone can verify: only where it was said beforehand, and without any order."""

from __future__ import annotations

import secrets

from sqlmodel import select

from app.commands import phases
from app.domain.ballots import VoteTerms
from app.domain.phases import Phase
from app.domain.recount import recount
from app.domain.report_rounds import ReportRound
from app.screens.report import build_report
from app.store.tables import Ballot
from tests.promises.watch import everything, open_sockets, settle
from tests.world import World

ENOUGH = 12


async def check_recount(world: World) -> None:
    """Whoever counts the told ballots once more finds the figures that were told, and each voter the own ballot."""
    one, other = await open_verifiable(world)
    codes = {await _code(world, at, {one: 1 + at % 3} if at % 2 else {other: 2}): at for at in range(ENOUGH)}
    await world.advance()
    vote = await last_vote(world)
    assert recount(vote).findings == (), "the ballots told are not those that were counted"
    told = {ballot.code: sum(ballot.points) for ballot in vote.each}
    assert told == {code: 1 + at % 3 if at % 2 else 2 for code, at in codes.items()}, "a code finds another ballot"


async def check_no_code_unasked(world: World) -> None:
    """Where it was not said beforehand no code is told, no secret stored and no ballot listed."""
    await world.join(ENOUGH - len(world.seats))
    one, _ = await _themes(world)
    await world.advance()
    for seat in world.seats:
        answer = await world.vote(seat, {one: 1}, secret=secrets.token_hex(16))
        assert set(answer) == {"revision", "points"}, "a vote that nobody can verify tells a code"
    assert not any(await _hashes(world)), "a secret is stored of a vote that nobody can verify"
    await world.advance()
    assert (await last_vote(world)).each == ()


async def check_small_vote(world: World) -> None:
    """Below ten ballots none is told, and nothing stays by which somebody with a phone could tell whose is which."""
    one, _ = await open_verifiable(world)
    for at in range(9):
        await _code(world, at, {one: 1})
    assert len([kept for kept in await _hashes(world) if kept]) == 9
    await world.advance()
    vote = await last_vote(world)
    assert (vote.verifiable, vote.each) == (True, ()), "ballots of a small vote are told"
    assert not any(await _hashes(world)), "a hash stays of a vote whose ballots are not told"


async def check_no_order(world: World) -> None:
    """The ballots told stand in the order of their codes, which is nobody's; those without one by their points."""
    one, other = await open_verifiable(world, seats=3 * ENOUGH)
    for at, seat in enumerate(world.seats):
        secret = secrets.token_hex(16) if at % 3 else None
        await world.vote(seat, {one: at % 4, other: 3 - at % 4}, secret=secret)
    await world.advance()
    each = (await last_vote(world)).each
    codes = [ballot.code for ballot in each if ballot.code is not None]
    without = [ballot.points for ballot in each if ballot.code is None]
    assert codes == sorted(codes) and without == sorted(without), "the order of the ballots tells something"
    assert each == tuple([one for one in each if one.code] + [one for one in each if not one.code])


async def check_no_phone_stands_apart(world: World) -> None:
    """The one voter whose phone runs no scripts can't be found in the list by having no code."""
    one, other = await open_verifiable(world)
    for at in range(1, ENOUGH):
        await _code(world, at, {one: 1})
    await world.vote(world.seats[0], {other: 3})
    await world.advance()
    vote = await last_vote(world)
    assert len({ballot.code for ballot in vote.each} - {None}) == ENOUGH, "a single ballot stands there without a code"
    assert recount(vote).findings == ()


async def check_code_only_in_own_answers(world: World) -> None:
    """A code is in the answer to the own request alone: in no page, no push and nobody else's answer."""
    one, _ = await open_verifiable(world)
    watcher, voter = world.seats[:2]
    async with open_sockets(world, watcher) as sockets:
        code = await _code(world, 1, {one: 1})
        path = f"/s/{(await world.row()).code}"
        async with world.parts.database.reader() as db:
            round_id = (await db.exec(select(Ballot.round_id))).first()
        async with world.phone(voter) as phone:
            assert code not in (await phone.get(path)).text, "a page holds a code"
        async with world.phone(watcher) as phone:
            assert code not in (await phone.get(f"{path}/allocation?round={round_id}")).text
        await settle(world)
        seen = await everything(world, watcher)
        assert code not in str(seen) and code not in sockets.pushes(), "a code is shown to others"


async def check_code_only_for_who_holds_the_secret(world: World) -> None:
    """A device that came to share the seat, by its recovery code, is told the points and no code, whatever it sends."""
    one, _ = await open_verifiable(world)
    voter, secret = world.seats[1], secrets.token_hex(16)
    code = (await world.vote(voter, {one: 1}, secret=secret))["code"]
    assert code, "nobody is told a code, so this checks nothing"
    async with world.parts.database.reader() as db:
        round_id = (await db.exec(select(Ballot.round_id))).first()
    path = f"/s/{(await world.row()).code}/allocation"
    async with world.phone(voter) as other_device:
        asked = await other_device.get(f"{path}?round={round_id}")
        assert asked.json()["revision"] == 1 and code not in asked.text, "who shares the seat is told its code"
        for revision, sent in ((1, secrets.token_hex(16)), (2, secrets.token_hex(16)), (3, None)):
            body = {"round": round_id, "revision": revision, "points": {str(one): revision}, "secret": sent}
            answer = await other_device.post(path, json=body)
            assert answer.json()["code"] is None, "who shares the seat is told its code"
    again = await world.vote(voter, {one: 1}, 1, secret=secret)
    assert (again["code"], again["points"]) == (code, {str(one): 3}), "who holds the secret is told no code any more"


async def open_verifiable(world: World, seats: int = ENOUGH) -> tuple[int, int]:
    """A vote over two themes, switched on as it starts; the themes."""
    await world.join(seats - len(world.seats))
    themes = await _themes(world)
    agreed = VoteTerms(3, None, verifiable=True)
    await world.run(phases.advance, page=await world.page(), confirmed="start_vote", agreed=agreed)
    return themes


async def last_vote(world: World) -> ReportRound:
    """The vote that was closed, as the report tells it."""
    async with world.parts.database.reader() as db:
        found = (await build_report(db, world.session)).questions[0].last_round
    assert found is not None
    return found


async def _themes(world: World) -> tuple[int, int]:
    await world.advance_to(Phase.CLUSTER)
    return await world.make_theme("Groen"), await world.make_theme("Veilig")


async def _code(world: World, at: int, points: dict[int, int]) -> str:
    answer = await world.vote(world.seats[at], points, secret=secrets.token_hex(16))
    return str(answer["code"])


async def _hashes(world: World) -> list[str | None]:
    async with world.parts.database.reader() as db:
        return list((await db.exec(select(Ballot.secret_hash))).all())
