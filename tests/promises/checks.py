"""The promises of docs/security.md as functions; each raises AssertionError where a promise is broken."""

from __future__ import annotations

import sqlite3
from pathlib import Path


class SchemaLeak(AssertionError):
    """The database could hold who said or chose what, or when."""


# Everything these tables may ever hold. A column is added here only after asking what it tells of whom.
WHAT_PEOPLE_GAVE = {
    "statement": {
        "id",
        "question_id",
        "theme_id",
        "rank",
        "text",
        "released",
        "hidden",
        "late",
        "retracted",
        "revision",
        "receipt_hash",
        "proposed_theme_id",
        "proposed_name",
        "proposal",
        "proposal_revision",
    },
    "ballot": {"round_id", "voter_key", "revision", "points"},
    "participant": {"token_hash", "session_id"},
    "attendee": {"id", "session_id", "name", "role"},
}
# Tables that hold what moderators do; nothing in them comes from one participant.
OTHER_TABLES = {
    "action_item",
    "alembic_version",
    "board_move",
    "co_moderator",
    "ignored_suggestion",
    "known_browser",
    "moderation_session",
    "moderator",
    "owner_setting",
    "question",
    "resting_code",
    "round",
    "round_theme",
    "set_up_link",
    "sign_in",
    "template",
    "theme",
}
TELLING_NAMES = ("participant", "author", "seat", "voter", "receipt", "attendee", "address", "agent", "device")


def check_schema(path: Path) -> None:
    """No table can sign or date a statement or a ballot, and none counts the order in which they came."""
    connection = sqlite3.connect(path)
    try:
        listed = connection.execute("pragma table_list").fetchall()
        tables = {row[1]: row for row in listed if row[0] == "main" and not row[1].startswith("sqlite_")}
        unknown = tables.keys() - WHAT_PEOPLE_GAVE.keys() - OTHER_TABLES
        _demand(not unknown, f"tables nobody has judged: {sorted(unknown)}")
        for name, row in tables.items():
            columns = {column[1] for column in connection.execute(f"pragma table_info({name})")}
            _check_columns(name, columns, has_rowid=not row[4])
            _check_references(name, connection)
    finally:
        connection.close()


def _check_columns(table: str, columns: set[str], has_rowid: bool) -> None:
    if table in WHAT_PEOPLE_GAVE:
        _demand(columns == WHAT_PEOPLE_GAVE[table], f"{table} holds {columns ^ WHAT_PEOPLE_GAVE[table]}")
        _demand(not has_rowid, f"{table} has a rowid, which counts the order of arrival")
        return
    telling = {column for column in columns for name in TELLING_NAMES if name in column}
    _demand(not telling, f"{table} names a participant: {telling}")


def _check_references(table: str, connection: sqlite3.Connection) -> None:
    targets = {row[2] for row in connection.execute(f"pragma foreign_key_list({table})")}
    telling = targets & WHAT_PEOPLE_GAVE.keys()
    _demand(not telling, f"{table} refers to {telling}")


def _demand(holds: bool, broken: str) -> None:
    if not holds:
        raise SchemaLeak(broken)
