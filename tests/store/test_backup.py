"""A backup is whole and tells nothing more than it may; a restore is done or not begun."""

from __future__ import annotations

import secrets
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from app.commands import accounts, proposals, sessions, statements, turns
from app.domain import anonymity
from app.domain.agenda import QuestionSettings
from app.domain.phases import Phase
from app.store import backup
from app.store.backup import BackupStopped, back_up, restore
from tests.store.test_migrate import back_to
from tests.world import a_world

pytestmark = pytest.mark.anyio
TEXT = "korte lijnen tussen partijen -> snel actie"


async def the_world(path: Path) -> Path:
    """A database with one statement, its session in the cluster phase."""
    async with a_world(path) as world:
        await world.advance()
        await world.write_all([TEXT, "twee", "drie"])
        await world.advance_to(Phase.CLUSTER)
    return path / "moderato.db"


def texts(database: Path) -> set[str]:
    connection = sqlite3.connect(database)
    found = {row[0] for row in connection.execute("select text from statement")}
    connection.close()
    return found


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


async def test_a_backup_is_one_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    database = await the_world(tmp_path / "data")
    copy = tmp_path / "copies" / "moderato.db"
    copy.parent.mkdir()
    back_up(database, copy)
    assert texts(copy) == {TEXT, "twee", "drie"}
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert files(copy.parent) == {"moderato.db"}


async def test_a_name_that_is_taken_is_left_alone(tmp_path: Path) -> None:
    database = await the_world(tmp_path / "data")
    (tmp_path / "copy.db").write_text("of somebody else")
    with pytest.raises(BackupStopped, match="is there already"):
        back_up(database, tmp_path / "copy.db", force=True)
    assert (tmp_path / "copy.db").read_text() == "of somebody else"
    with pytest.raises(BackupStopped, match="there is no database"):
        back_up(tmp_path / "none.db", tmp_path / "new.db")
    with pytest.raises(BackupStopped, match="there is no folder"):
        back_up(database, tmp_path / "none" / "new.db")


@pytest.mark.parametrize("phase", [Phase.COLLECT, Phase.VOTE])
async def test_while_the_order_of_arrival_is_known_a_backup_waits(tmp_path: Path, phase: Phase) -> None:
    async with a_world(tmp_path / "data") as world:
        await world.advance()
        await world.write_all(["een", "twee", "drie"])
        if phase == Phase.VOTE:
            await world.advance_to(Phase.CLUSTER)
            await world.make_theme("Samenwerking", ["een"])
            await world.advance_to(phase)
        database = world.parts.database.path
        with pytest.raises(BackupStopped, match="collecting or voting"):
            back_up(database, tmp_path / "copy.db")
        assert files(tmp_path) == {"data"}
        back_up(database, tmp_path / "copy.db", force=True)
        assert texts(tmp_path / "copy.db") == {"een", "twee", "drie"}


async def test_while_proposals_wait_to_be_mixed_a_backup_waits(tmp_path: Path) -> None:
    async with a_world(tmp_path / "data", [QuestionSettings("Wat nu?", takes_proposals=True)]) as world:
        await world.advance()
        receipts = [secrets.token_hex(16) for _ in range(3)]
        for number, receipt in enumerate(receipts):
            await world.write(world.seats[0], f"uitspraak {number}", receipt)
        await world.advance_to(Phase.CLUSTER)
        database = world.parts.database.path
        back_up(database, tmp_path / "before.db")
        for receipt in receipts:
            own = {"participant": world.seats[0].hash, "receipt": receipt, "revision": 1}
            await world.run(proposals.propose, **own, name="Groen")
        with pytest.raises(BackupStopped, match="of one hand"):
            back_up(database, tmp_path / "copy.db")
        back_up(database, tmp_path / "forced.db", force=True)
        await world.make_theme("Groen")
        await world.advance_to(Phase.VOTE)
        await world.run(turns.cut_short, page=await world.page(), confirmed="skip")
        back_up(database, tmp_path / "after.db")
        assert files(tmp_path) == {"data", "before.db", "forced.db", "after.db"}


async def test_a_database_of_before_there_were_proposals_is_copied(tmp_path: Path) -> None:
    database = await the_world(tmp_path / "data")
    back_to(database, "0005")
    back_up(database, tmp_path / "copy.db")
    assert files(tmp_path) == {"data", "copy.db"}


async def test_a_vote_that_opens_meanwhile_leaves_no_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = await the_world(tmp_path / "data")
    real: Callable[[sqlite3.Connection, Path], None] = backup._copy_into

    def copy_and_open(connection: sqlite3.Connection, path: Path) -> None:
        real(connection, path)
        other = sqlite3.connect(database)
        other.execute("update question set phase = 'vote' where phase = 'cluster'")
        other.commit()
        other.close()

    monkeypatch.setattr(backup, "_copy_into", copy_and_open)
    with pytest.raises(BackupStopped, match="collecting or voting"):
        back_up(database, tmp_path / "copy.db")
    assert files(tmp_path) == {"data"}


async def test_a_backup_holds_no_receipt_a_day_after_the_end_nor_what_was_retracted(tmp_path: Path) -> None:
    async with a_world(tmp_path / "data") as world:
        await world.advance()
        receipts = [secrets.token_hex(16) for _ in range(4)]
        for number, receipt in enumerate(receipts):
            await world.write(world.seats[number], f"uitspraak {number}, lang genoeg om op te vallen", receipt)
        await world.run(statements.retract, receipt=receipts[3], revision=2)
        hashes = [anonymity.hash_receipt(receipt).encode() for receipt in receipts]
        await world.advance_to(Phase.CLUSTER)
        back_up(world.parts.database.path, tmp_path / "during.db")
        assert hashes[0] in (tmp_path / "during.db").read_bytes(), "the check would not notice"
        await world.run(sessions.end, page=await world.page(), confirmed="end")
        await world.parts.writer.run(sessions.forget_ended, before=2**40)
        back_up(world.parts.database.path, tmp_path / "after.db")
    content = (tmp_path / "after.db").read_bytes()
    assert b"uitspraak 0" in content
    assert not any(one in content for one in hashes)
    assert b"uitspraak 3" not in content
    assert not any(seat.token.encode() in content for seat in world.seats)


async def test_a_backup_comes_back_and_the_present_one_is_kept(tmp_path: Path) -> None:
    first = await the_world(tmp_path / "data")
    back_up(first, tmp_path / "copy.db")
    other = tmp_path / "other"
    assert restore(tmp_path / "copy.db", other / "moderato.db") is None
    assert texts(other / "moderato.db") == {TEXT, "twee", "drie"}
    assert stat.S_IMODE((other / "moderato.db").stat().st_mode) == 0o600

    connection = sqlite3.connect(first)
    connection.execute("update statement set text = 'later' where text = 'twee'")
    connection.commit()
    connection.close()
    with pytest.raises(BackupStopped, match="is there already"):
        restore(tmp_path / "copy.db", first)
    assert "later" in texts(first)
    kept = restore(tmp_path / "copy.db", first, force=True)
    assert kept is not None and "later" in texts(kept)
    assert texts(first) == {TEXT, "twee", "drie"}
    assert not {name for name in files(first.parent) if "restoring" in name or name.endswith(("-wal", "-shm"))}


async def test_a_way_in_that_was_closed_since_the_copy_stays_closed(tmp_path: Path) -> None:
    """Signed out everywhere, a password changed, a link used: a restore brings none of it back."""
    token, known, link = "a sign-in", "a known browser", "a link"
    async with a_world(tmp_path / "data") as world:
        write = world.parts.writer.run
        await write(accounts.invite, email="new@example.org", name="New", is_owner=False, token_hash=link)
        await write(accounts.sign_in, moderator_id=world.moderator, token_hash=token, known_hash=known)
    back_up(tmp_path / "data" / "moderato.db", tmp_path / "copy.db")
    restored = tmp_path / "restored" / "moderato.db"
    restore(tmp_path / "copy.db", restored)
    connection = sqlite3.connect(restored)
    for table in ("sign_in", "known_browser", "set_up_link"):
        assert connection.execute(f"select count(*) from {table}").fetchone() == (0,), table
    assert connection.execute("select count(*) from moderator").fetchone() == (2,)
    connection.close()
    assert not any(name.encode() in restored.read_bytes() for name in (token, known, link))


async def test_a_restore_never_reads_the_log_of_the_database_before_it(tmp_path: Path) -> None:
    database = await the_world(tmp_path / "data")
    back_up(database, tmp_path / "copy.db")
    open_one = sqlite3.connect(database)
    open_one.execute("pragma journal_mode=wal")
    open_one.execute("pragma wal_autocheckpoint=0")
    open_one.execute("update statement set text = 'alleen in het logboek'")
    open_one.commit()
    wal = (tmp_path / "data/moderato.db-wal").read_bytes()
    open_one.close()
    # As a power cut leaves it: the last changes only in the log, which here belongs to a damaged file.
    damaged = bytearray(database.read_bytes())
    damaged[0:200] = b"x" * 200
    database.write_bytes(damaged)
    (tmp_path / "data/moderato.db-wal").write_bytes(wal)
    kept = restore(tmp_path / "copy.db", database, force=True)
    assert texts(database) == {TEXT, "twee", "drie"}
    assert kept is not None and kept.read_bytes() == bytes(damaged)


def _cut(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def _scribble(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 12] = b"x" * 4096 * 9
    path.write_bytes(content)


def _tell(statement: str) -> Callable[[Path], None]:
    def tell(path: Path) -> None:
        connection = sqlite3.connect(path)
        connection.execute(statement)
        connection.commit()
        connection.close()

    return tell


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (_cut, "damaged"),
        (_scribble, "damaged"),
        (lambda path: path.write_bytes(b"een brief"), "not a backup of Moderato"),
        (lambda path: path.write_bytes(b""), "not a backup of Moderato"),
        (_tell("update alembic_version set version_num = '9999'"), "newer Moderato"),
        (_tell("drop table statement"), "not a backup of Moderato"),
        (_tell("drop table attendee"), "damaged"),
        (_tell("alter table question drop column text"), "damaged"),
        (_tell("delete from alembic_version"), "damaged"),
        (_tell("update alembic_version set version_num = '0001'"), "damaged"),
        (
            _tell("create trigger x after insert on statement begin delete from statement; end"),
            "not a backup of Moderato",
        ),
        (lambda path: Path(f"{path}-wal").write_bytes(b"something"), "in use"),
        (lambda path: path.unlink(), "there is no file"),
    ],
    ids=[
        "cut",
        "scribbled",
        "a letter",
        "empty",
        "newer",
        "half of the tables",
        "a table less",
        "a column less",
        "of no version",
        "newer than it says",
        "with a trigger",
        "in use",
        "absent",
    ],
)
async def test_what_is_no_whole_backup_changes_nothing(tmp_path: Path, spoil: Callable[[Path], None], why: str) -> None:
    database = await the_world(tmp_path / "data")
    copy = tmp_path / "copy.db"
    back_up(database, copy)
    spoil(copy)
    before, names = database.read_bytes(), files(database.parent)
    with pytest.raises(BackupStopped, match=why):
        restore(copy, database, force=True)
    assert (database.read_bytes(), files(database.parent)) == (before, names)


async def test_a_restore_that_is_cut_off_leaves_the_old_or_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut off at each step in turn: what `moderato.db` is then, is whole."""
    steps = [(backup, "_copy_into"), (backup, "migrate"), (backup, "_set_aside"), (backup, "_forget_log")]
    for number, (module, name) in enumerate(steps):
        database = await the_world(tmp_path / f"data{number}")
        back_up(database, tmp_path / f"copy{number}.db")

        def cut_off(*_: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr(module, name, cut_off)
            with pytest.raises(KeyboardInterrupt):
                restore(tmp_path / f"copy{number}.db", database, force=True)
        assert texts(database) == {TEXT, "twee", "drie"}
        assert restore(tmp_path / f"copy{number}.db", database, force=True) is not None
