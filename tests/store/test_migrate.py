"""Bringing an existing file to the newest shape keeps what is in it."""

import sqlite3
import stat
from datetime import date

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine
from sqlmodel import Session

from app.store import migrate as migration
from app.store.migrate import migrate
from app.store.tables import ModerationSession, Moderator, Question, Statement


@pytest.fixture
def one_more_revision(tmp_path, monkeypatch):
    """Migrations of our own: the real ones, and one that rebuilds the table everything hangs on."""
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    for file in [*migration.MIGRATIONS.glob("*.*"), *migration.MIGRATIONS.glob("versions/*.py")]:
        (folder / file.relative_to(migration.MIGRATIONS)).write_bytes(file.read_bytes())

    def add(body: str) -> None:
        newest = max(path.stem.split("_")[0] for path in (folder / "versions").glob("*.py"))
        (folder / "versions" / "9999_next.py").write_text(
            f"import sqlalchemy as sa\nfrom alembic import op\nrevision='9999'\ndown_revision='{newest}'\n"
            f"def upgrade():\n    {body}\n"
        )
        monkeypatch.setattr(migration, "MIGRATIONS", folder)

    return add


def fill(path):
    """A session with a question and a statement."""
    engine = create_engine(f"sqlite:///{path}")
    with Session(engine) as db:
        db.add(Moderator(id=1, email="m@example.org", name="M", password_hash="x"))
        db.flush()
        held_on = date(2026, 1, 1)
        db.add(ModerationSession(id=1, moderator_id=1, title="T", group_name="G", held_on=held_on, language="nl"))
        db.flush()
        db.add(Question(id=1, session_id=1, position=0, text="V?"))
        db.flush()
        db.add(Statement(question_id=1, text="blijft"))
        db.commit()
    engine.dispose()


def back_to(path, revision):
    """The same file in an earlier shape."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        config = Config()
        config.set_main_option("script_location", str(migration.MIGRATIONS))
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
        connection.commit()
    engine.dispose()


def rows(path, query):
    connection = sqlite3.connect(path)
    found = connection.execute(query).fetchall()
    connection.close()
    return found


def test_rebuilding_a_table_keeps_its_rows_and_all_that_hang_on_them(tmp_path, one_more_revision):
    path = tmp_path / "o'neill" / "moderato.db"
    migrate(path)
    fill(path)
    one_more_revision(
        "with op.batch_alter_table('moderation_session', recreate='always') as table:\n"
        "        table.add_column(sa.Column('extra', sa.String(), server_default='x'))"
    )
    migrate(path)
    assert rows(path, "select title, extra from moderation_session") == [("T", "x")]
    assert rows(path, "select text from statement") == [("blijft",)]
    assert not path.with_suffix(".before-migration.db").exists()


def test_a_migration_that_breaks_a_reference_stops_the_start_and_leaves_a_copy(tmp_path, one_more_revision):
    path = tmp_path / "moderato.db"
    migrate(path)
    fill(path)
    one_more_revision("op.execute('delete from question')")
    with pytest.raises(RuntimeError, match="broken references"):
        migrate(path)
    assert rows(path.with_suffix(".before-migration.db"), "select count(*) from question") == [(1,)]


def test_a_history_of_before_there_was_one_for_each_goes_on(tmp_path):
    path = tmp_path / "moderato.db"
    migrate(path)
    fill(path)
    back_to(path, "0004")
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(
            "insert into board_move (question_id, moderator_id, seq, undone, move) values (1, 1, 3, 0, '{}')"
        )
    connection.close()
    migrate(path)
    assert rows(path, "select moderator_id, seq, undone, passed_over, move from board_move") == [(1, 3, 0, 0, "{}")]
    assert rows(path, "select count(*) from ignored_suggestion") == [(0,)]


def test_statements_of_before_there_were_proposals_have_none(tmp_path):
    path = tmp_path / "moderato.db"
    migrate(path)
    fill(path)
    back_to(path, "0005")
    migrate(path)
    stands = rows(path, "select text, proposed_theme_id, proposed_name, proposal, proposal_revision from statement")
    assert stands == [("blijft", None, None, "none", 0)]
    assert rows(path, "select takes_proposals, last_proposals_shown from question") == [(0, 0)]


def test_migrating_twice_changes_nothing(tmp_path):
    path = tmp_path / "moderato.db"
    migrate(path)
    fill(path)
    migrate(path)
    assert rows(path, "select text from statement") == [("blijft",)]


def test_the_way_back_down_works_too(tmp_path):
    path = tmp_path / "moderato.db"
    migrate(path)
    back_to(path, "base")
    assert rows(path, "select name from sqlite_master where type = 'table' and name not like 'sqlite%'") == [
        ("alembic_version",)
    ]


def test_a_database_is_readable_for_its_owner_only_also_one_that_was_not(tmp_path):
    path = tmp_path / "moderato.db"
    migrate(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o644)
    migrate(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
