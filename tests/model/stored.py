"""What really is stored of a session, read from the file beside the running server, in the model's shapes."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.model.board import Board, Key
from tests.model.question import Question

OF_ITS_ROUNDS = "select r.id from round r join question q on q.id = r.question_id where q.session_id = :session"
OF_A_SESSION = {
    "moderation_session": "id = :session",
    "participant": "session_id = :session",
    "question": "session_id = :session",
    "statement": "question_id in (select id from question where session_id = :session)",
    "theme": "question_id in (select id from question where session_id = :session)",
    "board_move": "question_id in (select id from question where session_id = :session)",
    "round": "question_id in (select id from question where session_id = :session)",
    "round_theme": f"round_id in ({OF_ITS_ROUNDS})",
    "ballot": f"round_id in ({OF_ITS_ROUNDS})",
}
SHOWN = ("moderation_session", "question", "theme", "round", "statement")


@dataclass(frozen=True)
class Stored:
    """All rows of a session, by table."""

    rows: dict[str, list[dict[str, Any]]]

    @property
    def session(self) -> dict[str, Any]:
        return self.rows["moderation_session"][0]

    @property
    def shown(self) -> object:
        """What people can see of it; seq must rise whenever this changes."""
        hidden_from_all = {"seq", "text", "revision", "receipt_hash"}
        rows = [
            {name: value for name, value in row.items() if name not in hidden_from_all}
            for table in SHOWN
            for row in self.rows[table]
            if table != "statement" or row["released"]
        ]
        texts = [row["text"] for row in self.rows["statement"] if row["released"]]
        return rows, texts

    def statements(self, question: int) -> list[dict[str, Any]]:
        return [row for row in self.rows["statement"] if row["question_id"] == question]

    def questions(self) -> list[dict[str, Any]]:
        return sorted(self.rows["question"], key=lambda row: (row["position"], row["id"]))

    def newest(self, table: str) -> int:
        return max((int(row["id"]) for row in self.rows[table]), default=0)

    def board(self, question: Question) -> Board:
        """The board of a question, with statements by the keys that the model knows them by."""
        themes = [row for row in self.rows["theme"] if row["question_id"] == question.id]
        themes.sort(key=lambda row: (row["rank"], row["id"]))
        on_board = [row for row in self.statements(question.id) if row["released"] and not row["retracted"]]
        on_board.sort(key=lambda row: (row["rank"], row["id"]))
        keys = keys_of(question)
        board = Board(
            [row["id"] for row in themes],
            {row["id"]: (row["name"], row["letter"]) for row in themes},
            {None: [], **{row["id"]: [] for row in themes}},
            {keys[name_of(row)] for row in on_board if row["hidden"]},
            {row["id"]: row["rank"] for row in themes} | {keys[name_of(row)]: row["rank"] for row in on_board},
        )
        for row in on_board:
            board.under[row["theme_id"]].append(keys[name_of(row)])
        return board


def name_of(row: dict[str, Any]) -> str:
    """By what a statement is known: the hash of its receipt, or the text of one that has none."""
    return str(row["receipt_hash"] or row["text"])


def keys_of(question: Question) -> dict[str, Key]:
    """The model's keys by what the file knows a statement by."""
    return {hashed(one.receipt) if one.is_somebodys else one.text: one.key for one in question.statements.values()}


def hashed(receipt: str) -> str:
    return hashlib.sha256(receipt.encode()).hexdigest()


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    try:
        yield connection
    finally:
        connection.close()


def read(path: Path, session: int) -> Stored:
    with _reading(path) as connection:
        rows = {
            table: [
                dict(row) for row in connection.execute(f"select * from {table} where {which}", {"session": session})
            ]
            for table, which in OF_A_SESSION.items()
        }
    for ballot in rows["ballot"]:
        ballot["points"] = json.loads(ballot["points"])
    return Stored(rows)
