"""What the server holds after the end: read from the database file itself and from the JSON archive."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Row:
    """A statement in the database; `receipt` is the hash of its receipt, None for what the moderator wrote."""

    receipt: str | None
    text: str
    revision: int = 1
    is_retracted: bool = False
    is_hidden: bool = False


@dataclass(frozen=True)
class Count:
    """A closed vote: the points behind each theme, and the ballots as they lie in the database.

    `is_few`: there were so few with a point that none is kept.
    """

    points: dict[str, int]
    ballots: list[dict[str, int]]
    is_few: bool = False


@dataclass
class Stored:
    rows: list[Row] = field(default_factory=list)
    counts: dict[int, Count] = field(default_factory=dict)
    archived: Counter[str] = field(default_factory=Counter)
    archived_points: list[int] = field(default_factory=list)
    """The sum of each closed round in the archive, in the order of the rounds."""


def read(database: Path, archive: bytes) -> Stored:
    """The one session of this database, whose server has stopped."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        rows = [
            Row(receipt, text, revision, bool(retracted), bool(hidden))
            for receipt, text, revision, retracted, hidden in db.execute(
                "select receipt_hash, text, revision, retracted, hidden from statement"
            )
        ]
        closed = db.execute("select id, ballots from round where closed").fetchall()
        counts = {round_id: _count(db, round_id, is_few=ballots is None) for round_id, ballots in closed}
    questions = json.loads(archive)["questions"]
    rounds = [vote for question in questions for vote in question["rounds"] if vote["closed"]]
    texts = Counter(text for question in questions for text in _texts(question))
    return Stored(rows, counts, texts, [sum(theme["points"] or 0 for theme in vote["themes"]) for vote in rounds])


def _count(db: sqlite3.Connection, round_id: int, is_few: bool) -> Count:
    points = db.execute("select theme_id, points from round_theme where round_id = ?", (round_id,))
    ballots = db.execute("select points from ballot where round_id = ?", (round_id,))
    return Count(
        {str(theme): given for theme, given in points if given}, [json.loads(given) for (given,) in ballots], is_few
    )


def _texts(question: dict[str, Any]) -> list[str]:
    under = [statement for theme in question["themes"] for statement in theme["statements"]]
    return [statement["text"] for statement in [*under, *question["unclustered"]]]
