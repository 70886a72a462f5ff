"""What goes in and out as a file, as somebody types it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

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
