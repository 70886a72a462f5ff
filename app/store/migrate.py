"""Brings the database to the newest shape at every start."""

from __future__ import annotations

import contextlib
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text

from app.store.tables import METADATA

MIGRATIONS = Path(__file__).parents[2] / "migrations"


def migrate(path: Path) -> None:
    """Create or migrate the database file; an existing one is copied beside itself first.

    Runs on a connection without foreign keys, since rebuilding a table with them on would delete its children;
    they are checked afterwards. Raises RuntimeError when a reference is broken.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    _keep_private(path)
    engine = create_engine(f"sqlite:///{path}")
    try:
        with engine.connect() as connection:
            if _is_current(connection):
                return
            copy = _keep_a_copy(connection, path)
            config = Config()
            config.set_main_option("script_location", str(MIGRATIONS))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.commit()
            broken = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
            if broken:
                raise RuntimeError(f"migration left {len(broken)} broken references; the file before it is {copy}")
            copy.unlink(missing_ok=True)
    finally:
        engine.dispose()


def is_in_shape(path: Path) -> bool:
    """Whether a migrated file has exactly our tables and columns, and not only says that it is of this version."""
    engine = create_engine(f"sqlite:///{path}")
    try:
        with engine.connect() as connection:
            return not compare_metadata(MigrationContext.configure(connection), METADATA)
    finally:
        engine.dispose()


def copy_kept_beside(path: Path) -> Path:
    """Where the file as it was stays until its migration has succeeded."""
    return path.with_suffix(".before-migration.db")


def _keep_private(path: Path) -> None:
    """Readable for its owner only; the write-ahead log takes the permissions of the file it belongs to."""
    if not path.exists():
        path.touch(0o600)
        return
    # Somebody else's file is for them to protect.
    with contextlib.suppress(PermissionError):
        path.chmod(0o600)


def _is_current(connection: Connection) -> bool:
    script = ScriptDirectory(str(MIGRATIONS))
    return MigrationContext.configure(connection).get_current_revision() == script.get_current_head()


def _keep_a_copy(connection: Connection, path: Path) -> Path:
    """The file as it was, until the migration has succeeded; not longer, since it holds what people wrote."""
    copy = copy_kept_beside(path)
    copy.unlink(missing_ok=True)
    connection.exec_driver_sql("VACUUM INTO ?", (str(copy),))
    return copy
