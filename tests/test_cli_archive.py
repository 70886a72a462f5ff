"""What goes in and out as a file, as somebody types it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from app.exports.examples import ARCHIVES
from tests.test_cli import add_user, moderato
from tests.world import EMAIL, a_world

pytestmark = pytest.mark.anyio


def said(done: subprocess.CompletedProcess[str]) -> tuple[int, str]:
    """The exit code, and the one sentence on the error channel."""
    assert done.stderr.count("\n") <= 1, done.stderr
    return done.returncode, done.stderr


async def test_a_backup_is_made_while_a_server_runs_and_put_back_when_it_is_gone(tmp_path: Path) -> None:
    copy = tmp_path / "moderato-backup.db"
    async with a_world(tmp_path / "data"):
        done = moderato("backup", str(copy), data=str(tmp_path / "data"))
        assert (done.returncode, done.stdout) == (0, f"written: {copy}\n"), done.stderr
        code, sentence = said(moderato("restore", str(copy), "--force", data=str(tmp_path / "data")))
        assert code == 1 and "already serves" in sentence
    code, sentence = said(moderato("restore", str(copy), data=str(tmp_path / "data")))
    assert code == 1 and "is there already" in sentence
    done = moderato("restore", str(copy), "--force", data=str(tmp_path / "data"))
    assert done.returncode == 0 and "moderato.before-restore.db; remove it" in done.stdout
    code, sentence = said(add_user(str(tmp_path / "data")))
    assert code == 1 and f"{EMAIL} has an account already" in sentence


async def test_a_backup_waits_for_the_end_of_collecting(tmp_path: Path) -> None:
    async with a_world(tmp_path / "data") as world:
        await world.advance()
        code, sentence = said(moderato("backup", str(tmp_path / "copy.db"), data=str(tmp_path / "data")))
        assert code == 1 and "collecting or voting" in sentence
        assert not (tmp_path / "copy.db").exists()
        assert moderato("backup", str(tmp_path / "copy.db"), "--force", data=str(tmp_path / "data")).returncode == 0


def test_there_has_to_be_something_to_copy(tmp_path: Path) -> None:
    code, sentence = said(moderato("backup", str(tmp_path / "copy.db"), data=str(tmp_path / "data")))
    assert code == 1 and "there is no database" in sentence
    code, sentence = said(moderato("restore", str(tmp_path / "copy.db"), data=str(tmp_path / "data")))
    assert code == 1 and "there is no file" in sentence


async def test_an_archive_comes_in_beside_a_running_server_and_is_seen_there(tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    async with a_world(tmp_path / "data") as world:
        await world.advance()
        await world.write(world.seats[0], "wordt nog gemengd")
        done = moderato("import", str(ARCHIVES[0]), "--email", EMAIL.upper(), data=data)
        assert (done.returncode, done.stdout) == (0, "imported: session 2, ended\n"), done.stderr
        async with world.laptop() as laptop:
            assert (await laptop.get("/sessions")).text.count("/sessions/2/control-room") >= 1
            assert "Samenwerking" in (await laptop.get("/sessions/2/report.csv")).text
        # The batch that is being mixed is in the server's memory, which nobody else touches.
        for seat in world.seats[1:3]:
            await world.write(seat, "en nu met drie")
        question = await world.question()
        assert not world.parts.writer.batches.participants(question.id)


async def test_only_the_session_number_differs_after_a_round_trip(tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    add_user(data)
    done = moderato("demo", "--email", EMAIL, data=data)
    assert (done.returncode, done.stdout) == (0, "imported: 2 example sessions\n"), done.stderr
    code, sentence = said(moderato("demo", "--email", EMAIL, data=data))
    assert code == 1 and "are there already" in sentence
    for number, original in enumerate(ARCHIVES, 1):
        out = tmp_path / f"{number}.json"
        assert moderato("export", str(number), "--format", "json", "--out", str(out), data=data).returncode == 0
        assert out.read_text().replace(f'"id": {number},', '"id": 1,') == original.read_text()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"een brief", "is not an archive of Moderato"),
        (ARCHIVES[0].read_bytes()[:5000], "is damaged at"),
        (ARCHIVES[0].read_bytes().replace(b'"version": 1', b'"version": 2'), "was made by a newer Moderato"),
        (None, "archive.json: No such file or directory\n"),
    ],
)
def test_a_file_that_can_not_come_in_is_refused_in_one_sentence(
    tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    file = tmp_path / "archive.json"
    if content is not None:
        file.write_bytes(content)
    add_user(str(tmp_path / "data"))
    code, said_of_it = said(moderato("import", str(file), "--email", EMAIL, data=str(tmp_path / "data")))
    assert code == 1 and sentence in said_of_it
    assert moderato("export", "1", "--format", "csv", "--out", "/dev/null", data=str(tmp_path / "data")).returncode == 1


def test_two_hundred_megabytes_are_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "large.json"
    with file.open("wb") as large:
        large.truncate(200 * 1024 * 1024)
    code, sentence = said(moderato("import", str(file), "--email", EMAIL, data=str(tmp_path / "data")))
    assert code == 1 and "too large for an archive (20 MB at most)" in sentence


def test_somebody_has_to_own_it(tmp_path: Path) -> None:
    code, sentence = said(moderato("import", str(ARCHIVES[0]), "--email", "a@b", data=str(tmp_path / "data")))
    assert code == 1 and "no account for a@b" in sentence
