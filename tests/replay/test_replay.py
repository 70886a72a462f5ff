"""Whole sessions against a real server process: what is printed comes out, and nothing is done that no page offers."""

import asyncio
import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from app.domain.statements import normalise
from app.exports.examples import ARCHIVES
from app.replay import play
from app.replay.browser import Browser, Exchange
from app.replay.control_room import found
from app.replay.file import read_session
from app.replay.printed import PrintedQuestion, PrintedSession, PrintedTheme
from app.replay.stops import ReplayStopped
from tests.replay.nasty import NASTY
from tests.replay.offers import Offers, scripts_ask_for
from tests.replay.test_file import REAL, a_session
from tests.server import Server
from tests.warm_server import WarmServer
from tests.world import EMAIL, PASSWORD


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with one moderator, who made the account through the printed link."""
    running = WarmServer(tmp_path_factory.mktemp("replay") / "data")
    running.start()
    asyncio.run(_set_up(running))
    yield running
    running.stop()


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("nasty") / "sessions.json"
    path.write_text(json.dumps(NASTY))
    return path


async def _set_up(server: Server) -> None:
    browser = Browser(server.url, "nl")
    page = await browser.open(server.set_up_link)
    form = found(next(iter(page.forms()), None), "set up")
    await browser.submit(form.fill(email=EMAIL, name="De moderator", password=PASSWORD))
    await browser.close()


def played(server: Server, file: Path, number: int, out: Path, log: list[Exchange]) -> PrintedSession:
    asyncio.run(play.replay(file, number, server.url, EMAIL, PASSWORD, out, watch=log.append))
    return read_session(file, number)


def command(server: Server, file: Path, *wishes: str, out: Path) -> subprocess.CompletedProcess[str]:
    """`moderato replay` as one types it."""
    arguments = ["replay", str(file), "--url", server.url, "--email", EMAIL, "--password-stdin", "--out", str(out)]
    return subprocess.run(
        [sys.executable, "-m", "app.cli", *arguments, *wishes],
        input=f"{PASSWORD}\n",
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def in_result_order(question: PrintedQuestion) -> list[PrintedTheme]:
    return sorted(question.themes, key=lambda theme: -theme.points)


def check_archive(session: PrintedSession, archive: dict[str, Any]) -> None:
    """The archive tells exactly what was printed."""
    ids = {
        (number, at): archived["id"]
        for number, question in enumerate(session.questions)
        for at, archived in zip(
            sorted(range(len(question.themes)), key=lambda at: -question.themes[at].points),
            archive["questions"][number]["themes"],
            strict=True,
        )
    }
    assert [question["text"] for question in archive["questions"]] == [one.text for one in session.questions]
    for printed, question in zip(session.questions, archive["questions"], strict=True):
        assert question["unclustered"] == []
        assert [
            (
                theme["name"],
                theme["points"],
                theme["carried_from"],
                [statement["text"] for statement in theme["statements"]],
            )
            for theme in question["themes"]
        ] == [
            (
                theme.name,
                theme.points or None,
                ids[theme.carried_from] if theme.carried_from else None,
                [normalise(text) for text in theme.statements],
            )
            for theme in in_result_order(printed)
        ]
    named = sorted((one.name, one.role) for one in session.people if one.name)
    assert sorted((one["name"], one["role"]) for one in archive["attendees"]) == named
    assert (archive["session"]["title"], archive["session"]["group"]) == (session.title, session.group)
    assert archive["session"]["mixing"] is True


def check_table(session: PrintedSession, content: str) -> None:
    """A row per statement and per empty theme; one apostrophe less is the exact text."""
    rows = list(csv.reader(io.StringIO(content, newline=""), delimiter=";"))[1:]
    assert [[cell.removeprefix("'") for cell in (row[0], row[3], row[4], row[5])] for row in rows] == [
        [str(number), theme.name, str(theme.points or ""), normalise(text)]
        for number, question in enumerate(session.questions, 1)
        for theme in in_result_order(question)
        for text in theme.statements or ("",)
    ]


def check_pdf(session: PrintedSession, path: Path) -> None:
    """Every question, `Theme (points)` and statement, in this order; lines are broken wherever the page needs it."""
    text = "".join("".join(page.extract_text() for page in PdfReader(path).pages).split())
    at = 0
    for number, question in enumerate(session.questions, 1):
        wanted = [f"{number} {question.text}"]
        for theme in in_result_order(question):
            wanted += [f"{theme.name} ({theme.points})" if theme.points else theme.name, *theme.statements]
        for piece in wanted:
            at = text.find("".join(piece.split()), at)
            assert at >= 0, piece


@pytest.mark.parametrize("number", [1, 2])
def test_a_real_session_comes_out_as_it_was_printed(server: Server, tmp_path: Path, number: int) -> None:
    session = played(server, REAL, number, tmp_path, [])
    archive = json.loads((tmp_path / "report.json").read_text())
    check_archive(session, archive)
    check_table(session, (tmp_path / "report.csv").read_bytes().decode("utf-8-sig"))
    check_pdf(session, tmp_path / "report.pdf")
    assert archive["session"]["date"] == "2005-08-18"
    assert archive["session"]["code"] is None
    # Otherwise replay both again and keep the archives, with session id 1, as app/demo/*.json.
    example = json.loads(ARCHIVES[number - 1].read_text())
    archive["session"]["id"] = example["session"]["id"]
    assert archive == example, "the example sessions are not what a replay makes of them"


def test_a_file_with_everything_odd_comes_out_too_and_only_what_pages_offer_is_asked_for(
    server: Server, nasty: Path, tmp_path: Path
) -> None:
    log: list[Exchange] = []
    session = played(server, nasty, 1, tmp_path, log)
    check_archive(session, json.loads((tmp_path / "report.json").read_text()))
    check_table(session, (tmp_path / "report.csv").read_bytes().decode("utf-8-sig"))
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    offers = Offers()
    for exchange in log:
        assert offers.allow(exchange), (exchange.method, exchange.address, exchange.sent)
        offers.read(exchange)
    assert sum(exchange.method == "WS" for exchange in log) == len(session.people) + 1
    written = [json.loads(one.sent) for one in log if one.method == "POST" and one.address.endswith("/statements")]
    guided = [len(theme.statements) for one in session.questions if one.is_follow_up for theme in one.themes]
    assert sum("theme" in one for one in written) == sum(guided) > 0
    # Whoever is alone under its theme lies right already.
    put = sum(one.address.endswith("/statements/put") for one in log)
    assert put <= len(written) - guided.count(1)


def test_a_server_that_is_killed_and_started_again_loses_and_doubles_nothing(server: Server, tmp_path: Path) -> None:
    path = tmp_path / "sessions.json"
    themes = [{"name": "A", "points": 3, "statements": ["een", "twee", "drie"]}, {"name": "B", "statements": ["vier"]}]
    path.write_text(json.dumps({"sessions": [a_session(questions=[{"text": "Wat?", "themes": themes}])]}))
    moments = ["/statements", "/themes", "/statements/put", "/allocation"]

    def kill(exchange: Exchange) -> None:
        if moments and exchange.method == "POST" and exchange.address.endswith(moments[0]):
            moments.pop(0)
            server.kill()
            server.start()

    asyncio.run(play.replay(path, 1, server.url, EMAIL, PASSWORD, tmp_path, watch=kill))
    assert not moments
    check_archive(read_session(path, 1), json.loads((tmp_path / "report.json").read_text()))


def test_the_comparison_of_requests_with_pages_bites() -> None:
    offers = Offers()
    offers.read(Exchange("GET", "http://x/", text='<form method="post" action="/next"><input name="seq"></form>'))
    assert offers.allow(Exchange("POST", "http://x/next", "seq=1"))
    assert not offers.allow(Exchange("POST", "http://x/next", "seq=1&force=1"))
    assert not offers.allow(Exchange("POST", "http://x/sessions/1/themes", "name=A"))
    assert not offers.allow(Exchange("GET", "http://x/api/statements"))
    assert scripts_ask_for() == {"allocation", "presence", "proposals"}


def test_the_command_plays_for_one_person_without_a_vote(server: Server, nasty: Path, tmp_path: Path) -> None:
    done = command(server, nasty, "--session", "2", "--pace", "0.01", out=tmp_path / "new" / "directory")
    assert (done.returncode, done.stderr) == (0, "")
    assert {path.name for path in (tmp_path / "new" / "directory").iterdir()} == {
        "report.pdf",
        "report.csv",
        "report.json",
    }


def test_the_command_refuses_a_file_in_one_sentence_and_makes_nothing(server: Server, tmp_path: Path) -> None:
    path = tmp_path / "sessions.json"
    path.write_text(json.dumps({"sessions": [a_session(title="Kan niet", participants=[])]}))
    done = command(server, path, "--session", "1", out=tmp_path)
    assert (done.returncode, done.stderr) == (1, "moderato: The session lists no participants.\n")
    assert "Kan niet" not in asyncio.run(_dashboard(server))


async def _dashboard(server: Server) -> str:
    browser = Browser(server.url, "nl")
    form = found((await browser.open("sign-in")).form("/sign-in"), "sign in")
    page = await browser.submit(form.fill(email=EMAIL, password=PASSWORD))
    await browser.close()
    assert "Quick scan" in page.html
    return page.html


@pytest.mark.parametrize(
    "url, password, sentence",
    [
        (None, "wrong", "refuses /sign-in"),
        ("http://127.0.0.1:9", PASSWORD, "no answer"),
        ("ftp://somewhere", PASSWORD, "not the address"),
        ("http://", PASSWORD, "not the address"),
        ("http://[", PASSWORD, "not the address"),
    ],
)
def test_what_is_wrong_with_server_or_password_is_said(
    server: Server, tmp_path: Path, url: str | None, password: str, sentence: str
) -> None:
    with pytest.raises(ReplayStopped, match=sentence):
        asyncio.run(play.replay(REAL, 1, url or server.url, EMAIL, password, tmp_path))


def test_a_directory_that_can_not_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ReplayStopped, match="can't be made"):
        asyncio.run(play.replay(REAL, 1, "http://127.0.0.1:9", EMAIL, PASSWORD, tmp_path / "file" / "out"))


@pytest.mark.parametrize("pace", [-1.0, float("nan"), float("inf")])
def test_a_pace_that_is_no_pace_is_said(tmp_path: Path, pace: float) -> None:
    with pytest.raises(ReplayStopped, match="pace"):
        asyncio.run(play.replay(REAL, 1, "http://127.0.0.1:9", EMAIL, PASSWORD, tmp_path, pace))
