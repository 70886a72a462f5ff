"""`moderato user …`, as somebody types it, also beside a running server."""

import re
import sqlite3
from pathlib import Path

import httpx
import pytest

from tests.server import Server
from tests.test_cli import add_user, moderato
from tests.world import EMAIL, PASSWORD, REAL_SESSIONS

NEW = "nog een langer wachtwoord"
COLLEAGUE = "collega@example.org"


def user(data: Path, *arguments: str, typed: str = "") -> str:
    """What the command says; it must succeed."""
    done = moderato("user", *arguments, data=str(data), typed=typed)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def refused(data: Path, *arguments: str) -> str:
    done = moderato("user", *arguments, data=str(data))
    assert (done.returncode, done.stdout) == (1, "")
    return done.stderr.removeprefix("moderato: ").strip()


def give_a_session_to(data: Path, email: str) -> None:
    with sqlite3.connect(data / "moderato.db") as db:
        owner = db.execute("select id from moderator where email = ?", [email]).fetchone()[0]
        db.execute(
            "insert into moderation_session (moderator_id, title, group_name, held_on, language, status, join_key,"
            " big_screen_key, mixing, report_shared, seq, changed_seq, kept_from, door_open, attendance_open,"
            " attendance_key, names_in_report)"
            " values (?, ?, '', '2026-01-01', 'nl', 'draft', 'j', 'b', 1, 0, 0, 0, '2026-01-01', 1, 0, 'a', 0)",
            [owner, REAL_SESSIONS[0]["title"]],
        )


def test_accounts_are_made_listed_and_taken_away(tmp_path):
    add_user(str(tmp_path))
    said = user(tmp_path, "add", COLLEAGUE, "--name", "Collega")
    assert re.search(r"within 24 hours: http://127\.0\.0\.1:8000/set-up/\S{32}\n", said)
    listed = user(tmp_path, "list").splitlines()
    assert [line.split() for line in listed] == [
        [COLLEAGUE, "Collega", "-", "0", "sessions"],
        [EMAIL, EMAIL, "owner", "0", "sessions"],
    ]
    user(tmp_path, "remove", COLLEAGUE)
    assert COLLEAGUE not in user(tmp_path, "list")


def test_the_list_tells_no_secrets(tmp_path):
    add_user(str(tmp_path))
    assert "argon2" not in user(tmp_path, "list")


def test_the_last_owner_stays(tmp_path):
    add_user(str(tmp_path))
    user(tmp_path, "add", COLLEAGUE)
    assert "last owner" in refused(tmp_path, "remove", EMAIL)
    user(tmp_path, "add", "tweede@example.org", "--owner")
    user(tmp_path, "remove", EMAIL)
    assert "last owner" in refused(tmp_path, "remove", "tweede@example.org")


def test_sessions_are_never_lost_with_their_moderator(tmp_path):
    add_user(str(tmp_path))
    user(tmp_path, "add", COLLEAGUE)
    give_a_session_to(tmp_path, COLLEAGUE)
    assert "--give-sessions-to" in refused(tmp_path, "remove", COLLEAGUE)
    assert "no account for niemand@example.org" in refused(
        tmp_path, "remove", COLLEAGUE, "--give-sessions-to", "niemand@example.org"
    )
    user(tmp_path, "remove", COLLEAGUE, "--give-sessions-to", EMAIL)
    assert "1 session\n" in user(tmp_path, "list")


@pytest.mark.parametrize("act", ["password", "remove"])
def test_an_account_that_is_not_there_is_named(tmp_path, act):
    assert refused(tmp_path, act, COLLEAGUE) == f"there is no account for {COLLEAGUE}"


def test_beside_a_running_server_a_password_ends_and_a_link_brings_the_owner_back(tmp_path):
    server = Server(tmp_path / "data")
    server.start()
    try:
        add_user(str(server.data))
        with httpx.Client(base_url=server.url, headers={"Origin": server.url}) as laptop:
            laptop.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})
            assert laptop.get("/account").status_code == 200
            said = user(server.data, "password", EMAIL)
            assert laptop.get("/account").status_code == 303
            assert laptop.post("/sign-in", data={"email": EMAIL, "password": PASSWORD}).status_code == 401
            link = "/set-up/" + said.split("/set-up/")[1].split()[0]
            assert laptop.post(link, data={"password": NEW}).status_code == 303
            assert laptop.get("/account").status_code == 200
            user(server.data, "password", EMAIL, "--password-stdin", typed=f"{PASSWORD}\n")
            assert laptop.post("/sign-in", data={"email": EMAIL, "password": PASSWORD}).status_code == 303
    finally:
        server.stop()


def test_a_removed_account_is_out_of_the_running_server(tmp_path):
    server = Server(tmp_path / "data")
    server.start()
    try:
        add_user(str(server.data))
        add_user(str(server.data), COLLEAGUE)
        with httpx.Client(base_url=server.url, headers={"Origin": server.url}) as laptop:
            laptop.post("/sign-in", data={"email": COLLEAGUE, "password": PASSWORD})
            user(server.data, "remove", COLLEAGUE)
            assert laptop.get("/account").status_code == 303
            assert laptop.post("/sign-in", data={"email": COLLEAGUE, "password": PASSWORD}).status_code == 401
    finally:
        server.stop()
