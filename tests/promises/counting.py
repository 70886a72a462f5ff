"""The promise that points counted by hand stay apart from the ballots', on every screen and in every export."""

from __future__ import annotations

from app.commands import hand_counts
from app.domain.hand_counts import Entry
from app.domain.phases import Phase
from app.store import questions
from tests.promises.watch import everything, open_sockets, settle
from tests.world import World

# Two figures of ballots, two of hands, and everything that adding one to the other would come to.
BY_BALLOT, BY_HAND = (8, 4), (5_005, 70_001)
SUMS = ("5013", "5.013", "5,013", "70005", "70.005", "70,005", "75018", "75.018", "75,018")
SHOWN_ON = ("moderator /sessions/{session}/control-room", "stranger /big-screen/{key}", "participant /s/{code}")


async def check_hands_apart(world: World) -> None:
    """Whatever hands are counted, the figures and the order of the ballots stand, and the hands are named as such."""
    await world.advance_to(Phase.CLUSTER)
    themes = [await world.make_theme(name) for name in ("Samenwerking", "Korte lijnen")]
    await world.advance("start_vote")
    for seat in world.seats[:4]:
        await world.vote(seat, {theme: points // 4 for theme, points in zip(themes, BY_BALLOT, strict=True)})
    await world.advance()
    async with open_sockets(world, world.seats[0]) as sockets:
        sockets.forget()
        await _count(world, themes)
        await settle(world)
        pushed = {f"push to {screen}": sockets.pushes(screen) for screen in ("control_room", "big_screen", "phone")}
    seen = {**await everything(world, world.seats[0]), **pushed}
    for where, sent in seen.items():
        assert not [added for added in SUMS if added in sent], f"points counted by hand were added in {where}"
    session = await world.row()
    own = {"session": session.id, "key": session.big_screen_key, "code": session.code}
    for where in [*pushed, *(place.format(**own) for place in SHOWN_ON)]:
        _look(where, seen[where])


async def _count(world: World, themes: list[int]) -> None:
    async with world.parts.database.reader() as db:
        vote = await questions.last_round(db, (await world.question()).id)
    assert vote is not None
    entries = [Entry(theme, points) for theme, points in zip(themes, BY_HAND, strict=True)]
    await world.run(hand_counts.enter, round_id=vote.id, entries=entries, confirmed="")


def _look(where: str, sent: str) -> None:
    for points in BY_BALLOT:
        assert f"({points})" in sent, f"the points of the ballots are others in {where}"
    for points in BY_HAND:
        named = f"{points} met de hand geteld" in sent or f"{points} counted by hand" in sent
        assert named, f"points counted by hand are not named so in {where}"
    assert sent.index("<bdi>Samenwerking") < sent.index("<bdi>Korte lijnen"), f"hands order the themes in {where}"
