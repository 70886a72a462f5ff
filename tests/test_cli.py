"""The command `moderato`, as somebody types it."""

import subprocess
import sys

import pytest

from app.store import lock
from tests.world import a_world

pytestmark = pytest.mark.anyio


def moderato(*arguments: str, data: str) -> subprocess.CompletedProcess[str]:
    environment = {"DATA": data, "PATH": "/usr/bin:/bin", "PYTHONPATH": "."}
    return subprocess.run(
        [sys.executable, "-m", "app.cli", *arguments], env=environment, capture_output=True, text=True, timeout=60
    )


def test_more_than_one_worker_is_refused(tmp_path):
    done = moderato("run", "--workers", "2", data=str(tmp_path))
    assert done.returncode == 1
    assert "one process serves one database" in done.stderr


def test_a_second_server_says_so_in_one_sentence(tmp_path):
    held = lock.take(tmp_path)
    done = moderato("run", data=str(tmp_path))
    held.close()
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "already serves" in done.stderr


def test_export_makes_the_database_and_names_a_session_that_is_not_there(tmp_path):
    done = moderato("export", "482915", "--format", "csv", "--out", str(tmp_path / "x.csv"), data=str(tmp_path / "new"))
    assert done.returncode == 1
    assert "no session with code or id 482915" in done.stderr
    assert (tmp_path / "new/moderato.db").exists()


@pytest.mark.parametrize("name", ["csv", "json", "pdf"])
async def test_a_session_is_exported_by_its_code_and_by_its_id(tmp_path, name):
    async with a_world(tmp_path / "data") as world:
        await world.advance()
        await world.write_all(["een", "twee", "drie", "vier"])
        code, key = (await world.row()).code, world.session
    for number, session in enumerate((code, str(key))):
        out = tmp_path / f"{number}.{name}"
        done = moderato("export", session, "--format", name, "--out", str(out), data=str(tmp_path / "data"))
        assert done.returncode == 0, done.stderr
        assert out.stat().st_size > 100
