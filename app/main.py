"""Builds the application; the only file that knows all parts."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator
from typing import Any

from fastapi import FastAPI

from app import garbage
from app.bus import Bus
from app.commands import phases, retention
from app.commands.run import Overloaded, Writer
from app.commands.sessions import forget_ended
from app.commands.trouble import StorageFailed
from app.domain.anonymity import SECONDS_RECEIPTS_LAST
from app.domain.phases import LATE_SECONDS_WITHOUT_CLUSTER
from app.live.rooms import Rooms
from app.serving import STOP
from app.settings import Settings, choose, settings
from app.store import lock, owner_settings, questions, sessions, write_ahead
from app.store.database import Database
from app.store.migrate import migrate
from app.suggestions.embeddings import Embeddings, Endpoint
from app.web import (
    account,
    actions,
    agenda,
    answers,
    archives,
    attendance,
    attendance_page,
    big_screen,
    board,
    control_room,
    copies,
    dashboard,
    deletion,
    downloads,
    earlier,
    hand_counts,
    health,
    invitation,
    join,
    owner,
    phone,
    plain,
    proposals,
    recovery,
    redaction,
    refused,
    reports,
    seats,
    set_up,
    sharing,
    sign_in,
    socket,
    stacks,
    static,
    suggestions,
    templates,
    turns,
)
from app.web.compression import Compression
from app.web.known_seats import KnownSeats
from app.web.parts import Parts
from app.web.phones import Phones
from app.web.protection import Protection
from app.web.shortcut import Shortcut
from app.web.ways_in import WaysIn

ROUTERS = (
    static.router,
    health.router,
    join.router,
    phone.router,
    plain.router,
    seats.router,
    recovery.router,
    sign_in.router,
    set_up.router,
    account.router,
    archives.router,
    owner.router,
    dashboard.router,
    copies.router,
    deletion.router,
    sharing.router,
    invitation.router,
    agenda.router,
    templates.router,
    control_room.router,
    board.router,
    proposals.router,
    stacks.router,
    suggestions.router,
    answers.router,
    hand_counts.router,
    actions.router,
    earlier.router,
    attendance.router,
    attendance_page.router,
    big_screen.router,
    downloads.router,
    reports.router,
    turns.router,
    redaction.router,
)
ROUNDS_SECONDS = 5.0
PURGE_SECONDS = 3600.0
log = logging.getLogger(__name__)


def create_app(chosen: Settings | None = None) -> FastAPI:
    """The application with its routes; the database is opened when its lifespan begins."""
    own = chosen or settings()
    choose(own)
    app = FastAPI(
        title="Moderato", docs_url=None, redoc_url=None, lifespan=_lifespan, exception_handlers=refused.HANDLERS
    )
    app.state.settings = own
    for router in ROUTERS:
        app.include_router(router)
    app.add_middleware(Compression)
    app.add_middleware(Shortcut, doors=phone.HOT_DOORS, refusals=refused.HANDLERS)
    app.add_middleware(socket.Sockets)
    app.add_middleware(seats.Places)
    app.add_middleware(Protection, settings=own)
    return app


@contextlib.asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[dict[str, Any]]:
    own: Settings = app.state.settings
    held = lock.take(own.data)
    static.prepare()
    await asyncio.to_thread(migrate, own.database_path)
    database, bus = Database(own.database_path), Bus()
    writer, rooms = Writer(database, bus), Rooms(database, _embeddings(own))
    await writer.forget_order()
    async with database.reader() as db:
        await owner_settings.refresh(db)
    ways_in, phones = WaysIn(database), Phones(database, rooms)
    bus.subscribe(rooms.note)
    bus.subscribe(ways_in.note)
    bus.subscribe(phones.note)
    writer.storing.subscribe(rooms.note_trouble)
    app.state.parts = Parts(own, database, writer, rooms, KnownSeats(database, writer), ways_in, phones)
    bus.subscribe(app.state.parts.press.note)
    working = (
        writer.serve(),
        writer.storing.keep_trying(writer.run),
        writer.forgetting.keep_trying(),
        _make_rounds(database, writer, rooms),
        garbage.collect_little_and_often(writer.has_rested),
        garbage.collect_in_quiet(rooms.open_sockets),
        write_ahead.keep_short(own.database_path),
    )
    tasks = [asyncio.create_task(work) for work in working]
    for task in tasks:
        task.add_done_callback(_say_that_it_ended)
    try:
        yield {STOP: writer.stop}
    finally:
        await rooms.close()
        await app.state.parts.press.close()
        await writer.stop()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await writer.forget_order(now=True)
        await writer.forgetting.try_for_the_last_time()
        await database.close()
        owner_settings.forget()
        held.close()


def _embeddings(own: Settings) -> Embeddings | None:
    """The owner's endpoint, if there is one: one for all sessions, since it rests after a failure."""
    if not own.embeddings_url:
        return None
    return Embeddings(Endpoint(own.embeddings_url, own.embeddings_model, own.embeddings_key))


def _say_that_it_ended(task: asyncio.Task[None]) -> None:
    """What works for ever ends by an error of ours only; nobody waits for it, so nobody else would say so."""
    if not task.cancelled():
        log.critical("a part of the server has stopped; start it again", exc_info=task.exception())


async def _make_rounds(database: Database, writer: Writer, rooms: Rooms) -> None:
    """What has to happen by itself after a time: late statements, receipts of ended sessions, sessions kept enough."""
    purged_at = -PURGE_SECONDS
    while True:
        await asyncio.sleep(ROUNDS_SECONDS)
        now = int(time.time())
        try:
            async with database.reader() as db:
                late = await questions.past_late_time(db, now - LATE_SECONDS_WITHOUT_CLUSTER)
                ended = await sessions.ended_before(db, now - SECONDS_RECEIPTS_LAST)
            for question in late:
                await writer.run(phases.release_past_late_time, question.session_id, question_id=question.id)
            if ended:
                await writer.run(forget_ended, before=now - SECONDS_RECEIPTS_LAST)
            if time.monotonic() - purged_at >= PURGE_SECONDS:
                await purge(writer, rooms, now)
                purged_at = time.monotonic()
            await writer.forget_order()
            # Also those ended by another process: `moderato user password` and `user remove`.
            await rooms.end_signed_out(now)
        except (Overloaded, StorageFailed):
            log.debug("the rounds could not write; they try again, and the log says already what is wrong")
        except Exception:
            log.exception("the rounds failed; they try again")


async def purge(writer: Writer, rooms: Rooms, now: int) -> None:
    """Delete for good what is due, except where somebody is, and forget it in memory too."""
    for session_id in await writer.run(retention.purge, now=now, occupied=rooms.occupied()):
        writer.batches.forget(session_id)
        await rooms.close_session(session_id)
