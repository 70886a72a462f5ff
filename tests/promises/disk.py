"""What is promised of what stays: database, write-ahead log, copies and logs keep no secret and no order of arrival."""

from __future__ import annotations

import asyncio
import io
import logging
import secrets
import sqlite3
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlmodel import select

from app.commands import attendance, retention, sessions, statements
from app.domain import anonymity
from app.domain.phases import Phase
from app.domain.retention import comes_back_until
from app.logs import Discreet
from app.main import purge
from app.store import backup, people
from app.store.database import Database
from app.store.tables import Statement
from tests.promises.checks import check_schema
from tests.promises.watch import settle
from tests.world import World

# By chance a text stands a third of the row away from where it came; in batches of three less than two places.
FAR = 4.0


@dataclass
class Kept:
    """What a session's people know and the disk may not."""

    texts: list[str] = field(default_factory=list)
    retracted: list[str] = field(default_factory=list)
    receipts: list[str] = field(default_factory=list)
    voter_keys: list[str] = field(default_factory=list)


async def check_disk(world: World) -> None:
    """After each phase's end, and a day after the session's end, the files tell nothing of who or when."""
    kept = Kept()
    await _collect(world, kept)
    await world.advance()
    await settle(world)
    _demand_forgotten(world, kept)
    await _vote(world, kept)
    await world.advance()
    await settle(world)
    _demand_forgotten(world, kept)
    await world.run(sessions.end, page=await world.page(), confirmed="end")
    await settle(world)
    _demand_forgotten(world, kept)
    await world.parts.writer.run(sessions.forget_ended, before=int(time.time()) + 60)
    await settle(world)
    hashes = [anonymity.hash_receipt(receipt) for receipt in kept.receipts]
    demand_absent(world, hashes, "a receipt's hash, a day after the end")
    check_schema(world.parts.database.path)


async def _collect(world: World, kept: Kept) -> None:
    await world.advance()
    for number in range(40):
        seat = world.seats[number % len(world.seats)]
        text, receipt = f"uitspraak {number:02}, zo lang als de andere", secrets.token_hex(16)
        await world.write(seat, text, receipt)
        kept.receipts.append(receipt)
        if number % 8 == 3:
            await world.run(statements.retract, receipt=receipt, revision=2)
            kept.retracted.append(text)
        else:
            kept.texts.append(text)


async def _vote(world: World, kept: Kept) -> None:
    theme = await world.make_theme("Samenwerking")
    await world.advance("start_vote")
    for seat in world.seats:
        await world.vote(seat, {theme: 1})
    with _open(world.parts.database.path) as connection:
        rounds = [number for (number,) in connection.execute("select id from round")]
    kept.voter_keys = [anonymity.voter_key(seat.token, number) for seat in world.seats for number in rounds]


def _demand_forgotten(world: World, kept: Kept) -> None:
    demand_absent(world, [seat.token for seat in world.seats], "a seat's token")
    demand_absent(world, [str(anonymity.recovery_code(seat.token)) for seat in world.seats], "a recovery code")
    demand_absent(world, kept.receipts, "a receipt")
    demand_absent(world, kept.retracted, "a retracted text")
    demand_absent(world, kept.voter_keys, "the voter key of a seat")
    content = world.parts.database.path.read_bytes()
    in_file = sorted(kept.texts, key=lambda text: content.index(text.encode()))
    assert _distance(kept.texts, in_file) > FAR, "the file keeps the order of arrival"
    assert _distance(kept.texts, in_file[::-1]) > FAR, "the file keeps the order of arrival, backwards"
    log = world.parts.database.path.with_name("moderato.db-wal").read_bytes()
    assert not any(text.encode() in log for text in kept.texts), "the write-ahead log keeps the order of arrival"
    with _open(world.parts.database.path) as connection:
        for column in ("rank", "id", "receipt_hash"):
            query = f"select text from statement where retracted = 0 order by {column}"
            row = [text for (text,) in connection.execute(query)]
            assert _distance(kept.texts, row) > FAR, f"{column} keeps the order of arrival"


def demand_absent(world: World, secrets_: Iterable[str], what: str) -> None:
    for name, content in _files(world).items():
        assert not any(secret.encode() in content for secret in secrets_), f"{name} holds {what}"


def _files(world: World) -> dict[str, bytes]:
    """Every file beside the database, and a copy as a backup makes it."""
    folder = world.parts.database.path.parent
    copy = folder / "copy.db"
    copy.unlink(missing_ok=True)
    with _open(world.parts.database.path) as connection:
        connection.execute("vacuum into ?", (str(copy),))
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@contextmanager
def _open(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    yield connection
    connection.close()


def _distance(came: list[str], stands: list[str]) -> float:
    return sum(abs(stands.index(text) - place) for place, text in enumerate(came)) / len(came)


async def check_nobody_waits_for_readers(world: World) -> None:
    """While a report is read, a phase that ends keeps nobody who sends something waiting; its order is forgotten as
    soon as the reading is over."""
    kept = Kept()
    await _collect(world, kept)
    database, writer = world.parts.database, world.parts.writer
    async with database.reader() as reading:
        assert len((await reading.exec(select(Statement))).all()) == 40
        with _told_to_the_writer(database) as told:
            await world.advance()
            assert (await world.write(world.seats[0], "een nakomer"))["status"] == "held"
        tries = [statement for statement in told if "wal_checkpoint" in statement]
        assert len(tries) <= 1, "nothing can be written while the log is tried to be emptied again and again"
    await writer.forgetting.try_for_the_last_time()
    _demand_forgotten(world, kept)


@contextmanager
def _told_to_the_writer(database: Database) -> Iterator[list[str]]:
    """What its connection is told outside transactions: meanwhile nobody's statement is stored."""
    told: list[str] = []
    real = database._tell_driver

    async def noted(statement: str) -> Any:
        told.append(statement)
        return await real(statement)

    database._tell_driver = noted  # type: ignore[method-assign]
    try:
        yield told
    finally:
        database._tell_driver = real  # type: ignore[method-assign]


async def check_backup(world: World) -> None:
    """A backup is refused while the order of arrival is known, and keeps no order and nothing retracted of its own."""
    kept = Kept()
    await _collect(world, kept)
    copy = world.parts.database.path.with_name("backup.db")
    with suppress(backup.BackupStopped):
        backup.back_up(world.parts.database.path, copy)
    assert not copy.exists(), "a backup was made while people were sending statements"
    backup.back_up(world.parts.database.path, copy, force=True)
    content = copy.read_bytes()
    assert not list(copy.parent.glob("backup.db?*")), "something lies beside a backup"
    assert all(text.encode() in content for text in kept.texts), "a backup is not complete"
    assert not any(text.encode() in content for text in kept.retracted), "a backup holds retracted texts"
    stands = sorted(kept.texts, key=lambda text: content.index(text.encode()))
    # A page fills from its end.
    for order in (stands, stands[::-1]):
        assert _distance(kept.texts, order) > FAR, "a backup keeps the order of arrival in its pages"


async def check_deleted_at_once(world: World) -> None:
    """What is deleted is overwritten, not only forgotten at the end of the phase."""
    await world.advance()
    beginning, receipt = "meteen weer ingetrokken", secrets.token_hex(16)
    text = beginning + ", en zo lang dat er iets van overblijft als het alleen maar wordt losgelaten"
    await world.write(world.seats[0], text, receipt)
    await world.parts.database._tell_driver("PRAGMA wal_checkpoint(TRUNCATE)")
    assert text.encode() in world.parts.database.path.read_bytes()
    await world.run(statements.retract, receipt=receipt, revision=2)
    await world.parts.database._tell_driver("PRAGMA wal_checkpoint(TRUNCATE)")
    assert beginning.encode() not in world.parts.database.path.read_bytes(), "a retracted text is still in the file"


async def check_deleted_for_good(world: World) -> None:
    """A week after a session was deleted nothing of it is in a table or on the disk."""
    await world.advance()
    texts = [f"uitspraak {number:02} van een sessie die weg moet" for number in range(4)]
    await world.write_all(texts)
    await world.advance()
    await world.make_theme("thema van een sessie die weg moet", texts[:1])
    await world.run(attendance.add, name="naam in een sessie die weg moet", role="")
    await world.run(sessions.end, page=await world.page(), confirmed="end")
    await world.run(retention.delete, moderator_id=world.moderator)
    await purge(world.parts.writer, world.parts.rooms, comes_back_until(int(time.time())))
    await settle(world)
    demand_absent(world, [*texts, "een sessie die weg moet", world.seats[0].hash], "what was deleted for good")


async def check_acknowledged(world: World) -> None:
    """Whoever reads "stored" finds it in the database at that very moment, from another connection."""
    await world.advance()
    question = await world.question()
    assert question is not None, "acknowledged and not stored"

    async def submit(number: int) -> bool:
        text = f"bevestigd {number}"
        await world.run(
            statements.submit,
            participant=world.seats[number % 4].hash,
            question_id=question.id,
            receipt=secrets.token_hex(16),
            revision=1,
            text=text,
        )
        with _open(world.parts.database.path) as connection:
            return bool(connection.execute("select count(*) from statement where text = ?", (text,)).fetchone()[0])

    for start in range(0, 100, 20):
        stored = [await one for one in [_begun(submit(number)) for number in range(start, start + 20)]]
        assert all(stored), "acknowledged and not stored"


def _begun(act: object) -> asyncio.Task[bool]:
    return asyncio.ensure_future(act)  # type: ignore[call-overload, no-any-return]


async def check_power_cut(world: World) -> None:
    """A commit is on the disk before it is answered: full synchronising, and one writer that takes its lock first."""
    found = {
        name: await world.parts.database._tell_driver(f"PRAGMA {name}") for name in ("synchronous", "journal_mode")
    }
    assert found == {"synchronous": 2, "journal_mode": "wal"}, found


@asynccontextmanager
async def captured_log() -> AsyncIterator[io.StringIO]:
    """What `moderato run` would have written to its log."""
    written = io.StringIO()
    to_text = logging.StreamHandler(written)
    to_text.setFormatter(Discreet("%(name)s: %(message)s"))
    root = logging.getLogger()
    level = root.level
    root.addHandler(to_text)
    root.setLevel(logging.INFO)
    try:
        yield written
    finally:
        root.removeHandler(to_text)
        root.setLevel(level)


async def check_log(world: World) -> None:
    """The log holds no statement, token or receipt, also when things go wrong in the middle of one."""
    text, receipt = "staat nooit in het logboek", secrets.token_hex(16)
    async with captured_log() as log, world.phone(world.seats[0]) as phone:
        await world.advance()
        code = (await world.row()).code
        body = {"question": (await world.question()).id, "receipt": receipt, "revision": 1, "text": text}
        assert (await phone.post(f"/s/{code}/statements", json=body)).status_code == 201
        await phone.post(f"/s/{code}/statements", json={**body, "revision": "x"})
        with _breaking(statements, "check_statement"):
            answer = await phone.post(f"/s/{code}/statements", json={**body, "receipt": receipt[::-1]})
            assert answer.status_code == 500
        await phone.post(f"/s/{code}/move")
        typed = {"recovery": str(anonymity.recovery_code(world.seats[1].token))}
        assert (await phone.post("/recover", data=typed)).status_code == 307
        with _breaking(people, "session_with_seat"), _breaking(anonymity, "recovery_code"):
            assert (await phone.post("/recover", data=typed)).status_code == 500
            assert (await phone.post(f"/s/{code}/move")).status_code == 500
        await world.advance_to(Phase.CLUSTER)
    written = log.getvalue()
    assert "a command failed" in written, "an error went unnoticed"
    tokens = [form for seat in world.seats[:2] for form in (seat.token, str(anonymity.recovery_code(seat.token)))]
    for secret in (text, receipt, receipt[::-1], anonymity.hash_receipt(receipt), *tokens):
        assert secret not in written, "the log tells what was written or by whom"


@contextmanager
def _breaking(module: object, name: str) -> Iterator[None]:
    """A bug of the worst kind: its message holds all it was called with."""
    real = getattr(module, name)

    def break_down(*arguments: object) -> None:
        try:
            raise ValueError(f"cannot read {arguments}")
        except ValueError as error:
            raise RuntimeError(f"because of {arguments}") from error

    setattr(module, name, break_down)
    try:
        yield
    finally:
        setattr(module, name, real)
