"""Sessions, who leads and attends them, and the agendas they begin with."""

import secrets
from datetime import date
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey
from sqlmodel import Field, SQLModel

from app.store.tables.shape import NEVER_REUSE_IDS, WITHOUT_ROWID, random_key, reference


class ModerationSession(SQLModel, table=True):
    """One gathering of one group."""

    __tablename__ = "moderation_session"
    __table_args__ = NEVER_REUSE_IDS
    id: int | None = Field(default=None, primary_key=True)
    moderator_id: int = reference("moderator.id", index=True)
    title: str
    group_name: str
    held_on: date
    language: str
    status: str = "draft"
    code: str | None = Field(default=None, unique=True)
    join_key: str = Field(unique=True, default_factory=lambda: secrets.token_hex(8))
    big_screen_key: str = Field(unique=True, default_factory=lambda: secrets.token_urlsafe(18))
    mixing: bool = True
    report_shared: bool = False
    seq: int = 0
    current_question_id: int | None = None
    changed_seq: int = 0
    ended_at: int | None = None
    starts_at: str | None = None
    kept_from: date = Field(default_factory=date.today)
    deleted_at: int | None = None
    door_open: bool = True
    attendance_open: bool = False
    attendance_key: str = Field(unique=True, index=True, default_factory=lambda: secrets.token_urlsafe(18))
    names_in_report: bool = False
    roles_in_report: bool | None = None


class CoModerator(SQLModel, table=True):
    """An account with which the owner of a session shares it."""

    __tablename__ = "co_moderator"
    __table_args__ = WITHOUT_ROWID
    session_id: int = reference("moderation_session.id", primary_key=True)
    moderator_id: int = reference("moderator.id", primary_key=True, index=True)


class Template(SQLModel, table=True):
    """An agenda that a moderator saved to begin with again; a shared one is there for every moderator."""

    __tablename__ = "template"
    __table_args__ = NEVER_REUSE_IDS
    id: int | None = Field(default=None, primary_key=True)
    moderator_id: int = reference("moderator.id", index=True)
    name: str
    script: str = ""
    language: str
    shared: bool = False
    questions: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class RestingCode(SQLModel, table=True):
    """A code that was given out, and until when it is not given out again (seconds since 1970)."""

    __tablename__ = "resting_code"
    __table_args__ = WITHOUT_ROWID
    code: str = Field(primary_key=True)
    until: int


class Participant(SQLModel, table=True):
    """A seat, known by the hash of its token; joined to no statement and to no ballot."""

    __tablename__ = "participant"
    __table_args__ = WITHOUT_ROWID
    token_hash: str = Field(primary_key=True)
    session_id: int = reference("moderation_session.id", index=True)


class Attendee(SQLModel, table=True):
    """A name on the attendance list; listed by name, never joined to anything."""

    __tablename__ = "attendee"
    __table_args__ = WITHOUT_ROWID
    id: str = Field(primary_key=True, default_factory=random_key)
    session_id: int = reference("moderation_session.id", index=True)
    name: str
    role: str = ""


class ActionItem(SQLModel, table=True):
    """What was agreed, who does it, by when; nothing of it points to the statement whose words it may have.

    `carried`: it goes on as an item of a later session. `uid` names it in people's calendars, there too.
    """

    __tablename__ = "action_item"
    __table_args__ = NEVER_REUSE_IDS
    id: int | None = Field(default=None, primary_key=True)
    session_id: int = reference("moderation_session.id", index=True)
    text: str
    theme_id: int | None = Field(default=None, sa_column_args=[ForeignKey("theme.id", ondelete="SET NULL")])
    owner: str = ""
    due: date | None = None
    done: bool = False
    carried: bool = False
    uid: str = Field(default_factory=lambda: secrets.token_hex(16))
    changed_seq: int = 0
