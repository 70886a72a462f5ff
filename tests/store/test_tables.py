"""The shape of the database: what the migrations make is what the tables say, and nothing in it dates or signs."""

import sqlite3

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from sqlalchemy.orm import configure_mappers

from app.store.migrate import migrate
from app.store.tables import METADATA
from tests.promises.checks import SchemaLeak, check_schema


def test_the_tables_fit_together():
    configure_mappers()


def test_the_migrations_make_exactly_the_tables(tmp_path):
    migrate(tmp_path / "moderato.db")
    engine = create_engine(f"sqlite:///{tmp_path / 'moderato.db'}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    engine.dispose()


@pytest.mark.parametrize("table", ["statement", "ballot", "participant", "attendee"])
def test_what_people_gave_has_no_row_number_that_would_tell_the_order(tmp_path, table):
    migrate(tmp_path / "moderato.db")
    with sqlite3.connect(tmp_path / "moderato.db") as connection, pytest.raises(sqlite3.OperationalError):
        connection.execute(f"select rowid from {table}")
    connection.close()


def test_the_schema_holds_nothing_that_dates_or_signs(tmp_path):
    migrate(tmp_path / "moderato.db")
    check_schema(tmp_path / "moderato.db")


@pytest.mark.parametrize(
    "change",
    [
        "alter table statement add column author text",
        "alter table statement add column participant_hash text references participant(token_hash)",
        "alter table statement add column created_at integer",
        "alter table ballot add column moment integer",
        "alter table ballot add column seat text",
        "create table arrival (statement_id text, participant text)",
        "create table note (statement_id text references statement(id))",
        "drop table ballot; create table ballot (id integer primary key, round_id integer, points text)",
        "alter table participant add column name text",
        "alter table attendee add column participant_hash text",
    ],
)
def test_a_column_that_dates_or_signs_is_noticed(tmp_path, change):
    migrate(tmp_path / "moderato.db")
    connection = sqlite3.connect(tmp_path / "moderato.db")
    connection.executescript(change)
    connection.close()
    with pytest.raises(SchemaLeak):
        check_schema(tmp_path / "moderato.db")
