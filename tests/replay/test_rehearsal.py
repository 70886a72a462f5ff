"""Simulated participants against a real server process, in a session that a moderator leads by its forms."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.replay import rehearsal
from app.replay.count import Count
from app.replay.stops import ReplayStopped
from tests.load.lead import Asked, Lead, make_account
from tests.replay.test_file import a_session
from tests.server import Server
from tests.warm_server import WarmServer

pytestmark = pytest.mark.anyio
QUESTION = "Wat gaat er goed?"
HEAVY = [f"samen {number}" for number in range(12)] + ["zelfde", "zelfde"]
LIGHT = ["alleen <b>een</b>", "alleen twee 🏳️‍🌈"]
THEMES = [
    {"name": "Samenwerking", "points": 30, "statements": HEAVY},
    {"name": "Alleen", "points": 1, "statements": LIGHT},
]
FOLLOW_UP = [{"name": "Samenwerking", "statements": ["vaker overleg", "samen eten"]}]
AGENDA = (
    Asked(QUESTION, ("collect", "cluster", "vote"), budget=5, limit=3, verifiable=True),
    Asked("Iets heel anders?", themes=("Samenwerking", "Geld")),
)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rehearsal") / "sessions.json"
    questions = [{"text": QUESTION, "themes": THEMES}, {"text": "En nu?", "themes": FOLLOW_UP}]
    path.write_text(json.dumps({"sessions": [a_session(questions=questions)]}))
    return path


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = WarmServer(tmp_path_factory.mktemp("rehearsal") / "data")
    running.start()
    asyncio.run(make_account(running.url, running.set_up_link))
    yield running
    running.stop()


@pytest.fixture
async def lead(server: Server) -> AsyncIterator[Lead]:
    """Of a session that is open, with AGENDA: the newest on the server."""
    made = Lead(server.url)
    await made.sign_in()
    await made.prepare("Proefavond", AGENDA, mixing=True)
    yield made
    await made.close()


def stored(server: Server, query: str) -> list[Any]:
    with sqlite3.connect(f"file:{server.data / 'moderato.db'}?mode=ro", uri=True) as db:
        return db.execute(query).fetchall()


NEWEST = "session_id = (SELECT max(id) FROM moderation_session)"
QUESTIONS = f"SELECT id FROM question WHERE {NEWEST}"
ROUNDS = f"round_id IN (SELECT id FROM round WHERE question_id IN ({QUESTIONS}))"


def texts(server: Server) -> Counter[str]:
    """Of the newest session."""
    return Counter(text for (text,) in stored(server, f"SELECT text FROM statement WHERE question_id IN ({QUESTIONS})"))


def ballots(server: Server) -> list[dict[str, int]]:
    return [json.loads(points) for (points,) in stored(server, f"SELECT points FROM ballot WHERE {ROUNDS}")]


async def eventually(is_so: Callable[[], Any]) -> None:
    """Waits until it is so; the test's own patience ends after a minute."""
    async with asyncio.timeout(60):
        while not is_so():
            await asyncio.sleep(0.05)


def rehearse(
    server: Server,
    file: Path,
    way_in: str,
    participants: int,
    pace: float = 0.0,
    show: rehearsal.Show = lambda line: None,
) -> asyncio.Task[Count]:
    playing = rehearsal.rehearse(file, 1, server.url, way_in, participants, pace, seed=1, show=show)
    return asyncio.create_task(playing)


async def ended(playing: asyncio.Task[Count]) -> Count:
    """What was counted until Ctrl+C."""
    assert signal.getsignal(signal.SIGINT) is not signal.default_int_handler
    os.kill(os.getpid(), signal.SIGINT)
    return await asyncio.wait_for(playing, 30)


async def all_connected(lead: Lead, participants: int) -> None:
    async with asyncio.timeout(60):
        while await lead.connected() != participants:
            await asyncio.sleep(0.1)


async def all_ready(lead: Lead) -> None:
    """Also a server that was started again has heard it from everybody."""
    async with asyncio.timeout(60):
        while "8 van 8" not in await lead.counts():
            await asyncio.sleep(0.1)


async def test_participants_follow_the_moderator_through_a_killed_server_and_each_statement_is_stored_once(
    server: Server, lead: Lead, file: Path
) -> None:
    playing = rehearse(server, file, lead.code, 8, pace=0.05)
    await all_connected(lead, 8)
    await lead.begin_next()
    await eventually(lambda: len(texts(server)) > 2)
    server.kill()
    server.start()
    await eventually(lambda: texts(server).total() == 16)
    await all_connected(lead, 8)
    assert texts(server) == Counter([*HEAVY, *LIGHT])
    await lead.go_on_to("cluster")
    together = await lead.make_theme("Samenwerking")
    await lead.make_theme("Alleen")
    await lead.put([card.id for card in lead.room.cards], together)
    await lead.go_on_to("vote")
    await all_ready(lead)
    server.kill()
    server.start()
    await all_ready(lead)
    assert len(stored(server, f"SELECT DISTINCT secret_hash FROM ballot WHERE secret_hash NOT NULL AND {ROUNDS}")) == 8
    assert sum(sum(given.values()) for given in ballots(server)) >= 8 * 5 - 5
    given = ballots(server)
    assert all(sum(points.values()) <= 5 and max(points.values()) <= 3 for points in given)
    assert sum(points.get(together, 0) for points in given) > sum(sum(points.values()) for points in given) / 2
    await lead.go_on_to("result")
    await lead.begin_next()
    await eventually(lambda: texts(server).total() == 18)
    about = stored(
        server, "SELECT theme.name FROM statement JOIN theme ON theme.id = theme_id WHERE text = 'samen eten'"
    )
    assert about == [("Samenwerking",)]
    await lead.go_on_to("result")
    await lead.end()
    count = await asyncio.wait_for(playing, 30)
    assert (count.joined, count.sent, count.acknowledged, count.refusals) == (8, 18, 18, Counter())


async def test_more_participants_than_statements_write_each_once_and_ctrl_c_ends_it_with_a_summary_of_numbers(
    server: Server, lead: Lead, file: Path
) -> None:
    wishes = ["--session", "1", "--url", server.url, "--join", lead.code, "--participants", "30", "--pace", "0.1"]
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "app.cli", "replay", str(file), *wishes, stdout=-1, stderr=-1
    )
    await all_connected(lead, 30)
    await lead.begin_next()
    await eventually(lambda: texts(server).total() == 16)
    running.send_signal(signal.SIGINT)
    out, errors = await asyncio.wait_for(running.communicate(), 30)
    said = out.decode()
    assert (running.returncode, errors) == (0, b"")
    assert "30 of 30 took part" in said
    assert "16 sent, 16 acknowledged" in said
    assert not any(text in said for text in texts(server))
    assert texts(server) == Counter([*HEAVY, *LIGHT])
    await all_connected(lead, 0)


async def test_a_wrong_code_is_said_in_one_sentence_and_the_link_lets_people_in(
    server: Server, lead: Lead, file: Path
) -> None:
    with pytest.raises(ReplayStopped, match="can't join: Deze code kennen we niet"):
        await rehearse(server, file, "000000", 3)
    playing = rehearse(server, file, f"https://elsewhere.example/j/{lead.join_key}", 2)
    await all_connected(lead, 2)
    assert (await ended(playing)).joined == 2


async def test_who_is_in_goes_on_when_the_door_closes(
    server: Server, lead: Lead, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rehearsal, "JOINS_A_SECOND", 0.4)
    lines: list[str] = []
    playing = rehearse(server, file, lead.code, 2, pace=0.01, show=lines.append)
    await all_connected(lead, 1)
    await lead.close_door()
    await lead.begin_next()
    await eventually(lambda: lines[-1].endswith("1 not let in"))
    await eventually(lambda: texts(server).total() == 8)
    assert stored(server, f"SELECT count(*) FROM participant WHERE {NEWEST}") == [(1,)]
    count = await ended(playing)
    assert (count.joined, count.not_joined.total(), count.acknowledged) == (1, 1, 8)
    with pytest.raises(ReplayStopped, match="can't join: De deur van deze sessie is dicht"):
        await rehearse(server, file, lead.code, 1)


async def test_what_is_being_typed_when_collecting_closes_is_sent_late_and_the_rest_when_it_opens_again(
    server: Server, lead: Lead, file: Path
) -> None:
    playing = rehearse(server, file, lead.code, 8, pace=1.5)
    await all_connected(lead, 8)
    await lead.begin_next()
    await eventually(lambda: texts(server))
    await lead.go_on_to("cluster")
    await eventually(lambda: texts(server).total() >= 8)
    await lead.go_back_to("collect")
    await eventually(lambda: texts(server).total() == 16)
    assert texts(server) == Counter([*HEAVY, *LIGHT])
    count = await ended(playing)
    assert count.acknowledged == 16
    assert count.held > 0
