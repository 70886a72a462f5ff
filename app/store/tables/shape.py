"""What all tables share: how their parts are named, how rows refer to each other, keys that tell nothing."""

import secrets
from typing import Any

from sqlalchemy import ForeignKey, MetaData
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
METADATA: MetaData = SQLModel.metadata

WITHOUT_ROWID = {"sqlite_with_rowid": False}
NEVER_REUSE_IDS = {"sqlite_autoincrement": True}


def reference(target: str, **options: Any) -> Any:
    """A column that names a row elsewhere and goes with it: `target` as `moderator.id`."""
    return Field(sa_column_args=[ForeignKey(target, ondelete="CASCADE")], **options)


def random_key() -> str:
    """A key that tells nothing of when its row was made: 64 random bits in hexadecimal."""
    return secrets.token_hex(8)
