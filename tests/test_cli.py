"""The command `moderato`, as somebody types it."""

import resource
import sqlite3
import subprocess

import httpx
import pytest

from app import process
from app.commands import retention
from app.domain.phases import Phase
from app.store import lock
from tests.warm_server import run_warm
from tests.world import EMAIL, ORIGIN, PASSWORD, a_world, running

pytestmark = pytest.mark.anyio


def moderato(*arguments: str, data: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return run_warm(arguments, {"DATA": data, "PATH": "/usr/bin:/bin"}, typed)


def add_user(data: str, email: str = EMAIL, password: str = PASSWORD) -> subprocess.CompletedProcess[str]:
    return moderato("user", "add", email, "--password-stdin", data=data, typed=f"{password}\n")


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


def test_a_locked_database_is_said_in_one_sentence(tmp_path):
    assert moderato("demo", "--email", "nobody@example.org", data=str(tmp_path)).returncode == 1
    other = sqlite3.connect(tmp_path / "moderato.db", isolation_level=None)
    other.execute("begin exclusive")
    for arguments in (["run"], ["user", "add", EMAIL, "--password-stdin"]):
        done = moderato(*arguments, data=str(tmp_path), typed=f"{PASSWORD}\n")
        assert done.returncode == 1 and "another program keeps the database locked" in done.stderr
        assert done.stderr.count("Traceback") == 0
    other.close()


def test_export_makes_the_database_and_names_a_session_that_is_not_there(tmp_path):
    done = moderato("export", "482915", "--format", "csv", "--out", str(tmp_path / "x.csv"), data=str(tmp_path / "new"))
    assert done.returncode == 1
    assert "no session with code or id 482915" in done.stderr
    assert (tmp_path / "new/moderato.db").exists()


def test_whatever_command_makes_the_folder_nobody_else_reads_what_is_in_it(tmp_path):
    data = tmp_path / "new"
    assert add_user(str(data)).returncode == 0
    assert moderato("demo", "--email", EMAIL, data=str(data)).returncode == 0
    exported = moderato("export", "1", "--format", "json", "--out", str(tmp_path / "x.json"), data=str(data))
    assert exported.returncode == 0
    open_to_others = [path for path in (data, *data.iterdir(), tmp_path / "x.json") if path.stat().st_mode & 0o077]
    assert not open_to_others


@pytest.mark.parametrize("name", ["csv", "json", "pdf", "docx", "xlsx", "png"])
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


async def test_one_question_is_drawn_in_the_language_that_is_asked_for(tmp_path):
    async with a_world(tmp_path / "data") as world:
        await world.advance_to(Phase.COLLECT)
        await world.write_all(["een", "twee", "drie"])
        await world.advance_to(Phase.CLUSTER)
        await world.make_theme("Samenwerking", ["een"])
    ask = ["export", str(world.session), "--out", str(tmp_path / "x"), "--language", "en", "--question"]
    data = str(tmp_path / "data")
    assert moderato(*ask, "1", "--format", "svg", data=data).returncode == 0
    drawn = (tmp_path / "x").read_text()
    assert 'lang="en"' in drawn and "No points were given here" in drawn
    assert "there is no question 7" in moderato(*ask, "7", "--format", "svg", data=data).stderr
    assert "made of a whole session" in moderato(*ask, "1", "--format", "csv", data=data).stderr


async def test_a_deleted_session_is_not_exported(tmp_path):
    async with a_world(tmp_path / "data", opened=False) as world:
        await world.run(retention.delete, moderator_id=world.moderator)
        key = str(world.session)
    done = moderato("export", key, "--format", "csv", "--out", str(tmp_path / "x.csv"), data=str(tmp_path / "data"))
    assert (done.returncode, (tmp_path / "x.csv").exists()) == (1, False)


async def test_an_account_that_was_added_can_sign_in(tmp_path):
    done = add_user(str(tmp_path))
    assert (done.returncode, done.stdout, done.stderr) == (0, f"made: {EMAIL}\n", "")
    async with running(tmp_path) as app:
        laptop = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app), base_url=ORIGIN, headers={"Origin": ORIGIN, "Accept-Language": "nl"}
        )
        async with laptop:
            wrong = await laptop.post("/sign-in", data={"email": EMAIL, "password": PASSWORD + "x"})
            assert wrong.status_code >= 400
            right = await laptop.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})
            assert right.status_code == 303
            assert (await laptop.get("/sessions")).status_code == 200


@pytest.mark.parametrize(
    ("email", "password", "sentence"),
    [
        (EMAIL, "elf letters", "choose a password of at least 12 characters"),
        (EMAIL, "", "choose a password of at least 12 characters"),
        ("moderator", PASSWORD, "moderator is not an email address"),
        ("a b@example.org", PASSWORD, "a b@example.org is not an email address"),
    ],
)
def test_an_account_that_can_not_be_is_refused_in_one_sentence(tmp_path, email, password, sentence):
    done = add_user(str(tmp_path), email, password)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"moderato: {sentence}\n")


def test_an_address_has_one_account(tmp_path):
    add_user(str(tmp_path))
    done = add_user(str(tmp_path), EMAIL.upper(), PASSWORD)
    assert (done.returncode, done.stderr) == (1, f"moderato: {EMAIL.upper()} has an account already\n")


def test_the_server_takes_as_many_open_files_as_it_may() -> None:
    before, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(256, most), most))
        process.allow_open_files()
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (most, most)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (before, most))
