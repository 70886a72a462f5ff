"""The comparison of journals bites: each way to lose, double or turn back what somebody typed is noticed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.domain.agenda import QuestionSettings
from tests.browser.journal import Journal, compare
from tests.browser.live_world import LiveWorld, join, served
from tests.world import POSITIVE


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveWorld]:
    with served(tmp_path, questions=(QuestionSettings(POSITIVE, budget=3),)) as running:
        running.do(running.world.advance())
        yield running


@pytest.fixture
def journal(live: LiveWorld, phone: Callable[..., Page]) -> Journal:
    """Somebody who wrote two statements, one of them changed, took one back and left a half sentence."""
    journal = Journal(join(phone(), live))
    journal.send("eerste gedachte")
    journal.send("tweede gedachte")
    journal.send("toch maar niet")
    journal.change("tweede gedachte", "tweede, beter gezegd")
    expect(journal.page.locator("#own-list .own-statement")).to_have_count(3)
    journal.retract("toch maar niet")
    journal.type("half gezeg")
    journal.settle()
    return journal


def change(tmp_path: Path, statement: str) -> None:
    connection = sqlite3.connect(tmp_path / "moderato.db", timeout=10)
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_an_honest_phone_has_nothing_wrong(journal: Journal, tmp_path: Path) -> None:
    assert compare([journal], tmp_path / "moderato.db") == []


def test_each_fault_in_what_stands_is_noticed(live: LiveWorld, journal: Journal, tmp_path: Path) -> None:
    def wrong() -> list[str]:
        return compare([journal], tmp_path / "moderato.db")

    change(tmp_path, "UPDATE statement SET text = 'tweede gedachte' WHERE text = 'tweede, beter gezegd'")
    assert "not in its latest form: tweede, beter gezegd" in wrong()
    assert "stands though nobody sent it: tweede gedachte" in wrong()
    change(tmp_path, "UPDATE statement SET text = 'tweede, beter gezegd' WHERE text = 'tweede gedachte'")
    live.do(live.world.write(live.world.seats[0], "eerste gedachte"))
    assert wrong() == ["doubled: eerste gedachte"]
    change(tmp_path, "UPDATE statement SET text = 'toch maar niet', retracted = 0 WHERE retracted")
    assert "stands though nobody sent it: toch maar niet" in wrong()
    change(tmp_path, "DELETE FROM statement WHERE text = 'eerste gedachte'")
    assert "said to be sent, never delivered: eerste gedachte" in wrong()


def test_a_statement_marked_sent_without_being_delivered_is_noticed(journal: Journal, tmp_path: Path) -> None:
    answer = json.dumps({"status": "stored", "revision": 1})
    journal.page.route("**/statements", lambda route: route.fulfill(status=201, body=answer))
    journal.send("nooit aangekomen")
    journal.settle()
    assert "said to be sent, never delivered: nooit aangekomen" in compare([journal], tmp_path / "moderato.db")


def test_what_a_phone_has_lost_is_noticed(journal: Journal, tmp_path: Path) -> None:
    forget = "(part) => Object.keys(localStorage).filter((key) => key.includes(part)).forEach((key) => localStorage"
    journal.page.evaluate(forget + ".removeItem(key))", ":draft:")
    assert compare([journal], tmp_path / "moderato.db") == ["draft lost: half gezeg"]
    journal.page.evaluate(forget + ".removeItem(key))", ":statement:")
    assert "on the phone 0 times: eerste gedachte" in compare([journal], tmp_path / "moderato.db")


def test_points_that_differ_are_noticed(live: LiveWorld, journal: Journal, tmp_path: Path) -> None:
    async def to_vote() -> None:
        await live.world.advance()
        await live.world.make_theme("Samenwerking", ["eerste gedachte"])
        await live.world.advance()

    journal.page.locator("#composer-text").fill("")
    journal.drafts.clear()
    live.do(to_vote())
    journal.give("Samenwerking")
    journal.settle()
    assert compare([journal], tmp_path / "moderato.db") == []
    change(tmp_path, "UPDATE ballot SET points = '{}'")
    assert compare([journal], tmp_path / "moderato.db") == ["other points in the database: {}"]
