"""A rehearsal: simulated participants take part in a session that a person leads, until it ends."""

import asyncio
import contextlib
import math
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from app.replay.browser import Browser
from app.replay.connections import SharedConnections
from app.replay.count import Count
from app.replay.deal import Deal
from app.replay.file import read_session
from app.replay.phone import Phone
from app.replay.simulated import SimulatedParticipant
from app.replay.stops import ReplayStopped
from app.replay.wishes import check_pace, check_participants, check_url

JOINS_A_SECOND = 100
SHOWN_EVERY = 0.5
Show = Callable[[str], None]


async def rehearse(
    file: Path,
    number: int,
    url: str,
    way_in: str,
    participants: int,
    pace: float,
    seed: int,
    show: Show = lambda line: None,
) -> Count:
    """Statements of session `number` of the file, sent by so many participants into the session behind `way_in`: its
    code or its join link. `show` gets a line of progress now and then. What was counted, after the end or Ctrl+C.

    Raises ReplayStopped when nobody can take part.
    """
    session = read_session(file, number)
    check_url(url)
    check_pace(pace)
    check_participants(participants)
    connections, count = SharedConnections(), Count(participants)
    deal = Deal(session, participants, seed)
    people = [
        SimulatedParticipant(Phone(Browser(url, session.language, None, connections)), at, seed, pace, deal, count)
        for at in range(participants)
    ]
    crowd = Crowd(people, _path_or_code(way_in), pace, count)
    try:
        await crowd.take_part(show)
    finally:
        await crowd.leave()
        await connections.close()
    return count


class Crowd:
    """All simulated participants of one rehearsal."""

    def __init__(self, people: list[SimulatedParticipant], way_in: str, pace: float, count: Count) -> None:
        self._people, self._way_in, self._pace, self._count = people, way_in, pace, count

    async def take_part(self, show: Show) -> None:
        """Raises ReplayStopped when the first can't join: then nobody can."""
        first, *others = self._people
        with _interrupts() as interrupted:
            joining = asyncio.create_task(first.phone.join(self._way_in))
            if not await _done_before(joining, interrupted):
                return
            self._count.joined += 1
            for person in self._people:
                # There is a server: from now on everybody waits until it comes back.
                person.phone.browser.patience = math.inf
            playing = asyncio.gather(self._take_part(first), *(self._join(at, one) for at, one in enumerate(others, 1)))
            showing = asyncio.create_task(self._show(show))
            try:
                await _done_before(playing, interrupted)
            finally:
                showing.cancel()
                show(self._count.line(self._connected))

    async def leave(self) -> None:
        await asyncio.gather(*(person.phone.leave() for person in self._people))

    @property
    def _connected(self) -> int:
        return sum(person.phone.is_connected for person in self._people)

    async def _join(self, place: int, person: SimulatedParticipant) -> None:
        """At its turn, so that the server isn't hit by all at once."""
        if self._pace:
            await asyncio.sleep(place / JOINS_A_SECOND)
        try:
            await person.phone.join(self._way_in)
        except ReplayStopped as stopped:
            self._count.not_joined[str(stopped)] += 1
            return
        self._count.joined += 1
        await self._take_part(person)

    async def _take_part(self, person: SimulatedParticipant) -> None:
        """Until the session is over; then the phone is put away."""
        try:
            await person.take_part()
        except ReplayStopped as stopped:
            self._count.refusals[str(stopped)] += 1
        finally:
            await person.phone.leave()

    async def _show(self, show: Show) -> None:
        while True:
            show(self._count.line(self._connected))
            await asyncio.sleep(SHOWN_EVERY)


@contextlib.contextmanager
def _interrupts() -> Iterator[asyncio.Event]:
    """Set at Ctrl+C, and when the system asks to stop: the rehearsal ends as if the session had."""
    loop, interrupted = asyncio.get_running_loop(), asyncio.Event()
    signals = (signal.SIGINT, signal.SIGTERM)
    for one in signals:
        loop.add_signal_handler(one, interrupted.set)
    try:
        yield interrupted
    finally:
        for one in signals:
            loop.remove_signal_handler(one)


async def _done_before(act: "asyncio.Future[Any]", interrupted: asyncio.Event) -> bool:
    """Whether the act was done; else it is cancelled. Raises what the act raises."""
    waiting = asyncio.create_task(interrupted.wait())
    try:
        await asyncio.wait((act, waiting), return_when=asyncio.FIRST_COMPLETED)
        if act.done():
            await act
        return act.done()
    finally:
        waiting.cancel()
        act.cancel()
        await asyncio.gather(act, return_exceptions=True)


def _path_or_code(way_in: str) -> str:
    """Of a join link only the path: the server is the one that was named."""
    return urlsplit(way_in).path if "/" in way_in else way_in
