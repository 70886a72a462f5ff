"""The tables. No statement and no ballot has an author or a time; both have random keys and no rowid."""

import secrets
from datetime import date
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, Index, MetaData, Text
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


def _reference(target: str, **options: Any) -> Any:
    return Field(sa_column_args=[ForeignKey(target, ondelete="CASCADE")], **options)


def random_key() -> str:
    """A key that tells nothing of when its row was made: 64 random bits in hexadecimal."""
    return secrets.token_hex(8)


class Moderator(SQLModel, table=True):
    """An account of somebody who runs sessions."""

    __tablename__ = "moderator"
    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(unique=True)
    name: str
    password_hash: str
    is_owner: bool = False


class SignIn(SQLModel, table=True):
    """A moderator's signed-in browser; only the hash of its token is kept."""

    __tablename__ = "sign_in"
    __table_args__ = WITHOUT_ROWID
    token_hash: str = Field(primary_key=True)
    moderator_id: int = _reference("moderator.id", index=True)
    expires_at: int


class KnownBrowser(SQLModel, table=True):
    """A browser in which a moderator once signed in: strangers' wrong passwords do not slow it down."""

    __tablename__ = "known_browser"
    __table_args__ = WITHOUT_ROWID
    token_hash: str = Field(primary_key=True)
    moderator_id: int = _reference("moderator.id", index=True)
    expires_at: int


class SetUpLink(SQLModel, table=True):
    """A one-time link: it makes the first moderator, or lets the one it names choose a password."""

    __tablename__ = "set_up_link"
    __table_args__ = WITHOUT_ROWID
    token_hash: str = Field(primary_key=True)
    expires_at: int
    moderator_id: int | None = _reference("moderator.id", default=None)


class OwnerSetting(SQLModel, table=True):
    """What the server's owner chose on the settings page, by the setting's name."""

    __tablename__ = "owner_setting"
    __table_args__ = WITHOUT_ROWID
    name: str = Field(primary_key=True)
    value: str = Field(sa_column=Column(Text, nullable=False))


class ModerationSession(SQLModel, table=True):
    """One gathering of one group."""

    __tablename__ = "moderation_session"
    __table_args__ = NEVER_REUSE_IDS
    id: int | None = Field(default=None, primary_key=True)
    moderator_id: int = _reference("moderator.id", index=True)
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
    session_id: int = _reference("moderation_session.id", primary_key=True)
    moderator_id: int = _reference("moderator.id", primary_key=True, index=True)


class Template(SQLModel, table=True):
    """An agenda that a moderator saved to begin with again; a shared one is there for every moderator."""

    __tablename__ = "template"
    __table_args__ = NEVER_REUSE_IDS
    id: int | None = Field(default=None, primary_key=True)
    moderator_id: int = _reference("moderator.id", index=True)
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


class Question(SQLModel, table=True):
    """One of the ordered items of a session's agenda: a question, or a pause.

    `skipped` is passed over unless it is asked after all; `hidden_elsewhere` counts statements that were hidden
    in the archive this question was imported from, whose texts are not here.
    """

    __tablename__ = "question"
    __table_args__ = NEVER_REUSE_IDS
    id: int | None = Field(default=None, primary_key=True)
    session_id: int = _reference("moderation_session.id", index=True)
    position: int
    text: str
    kind: str = "open"
    phases: str = "collect,cluster,vote,result"
    phase: str = "waiting"
    budget: int | None = None
    limit_per_theme: int | None = None
    max_length: int = 140
    most_statements: int = 30
    minutes: dict[str, int] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    accepts_statements: bool = True
    statements_on_big_screen: bool = False
    statements_on_phones: bool = False
    takes_proposals: bool = False
    last_proposals_shown: bool = False
    timer_seconds: int | None = None
    timer_started_at: int | None = None
    collecting_closed_at: int | None = None
    changed_seq: int = 0
    skipped: bool = False
    hidden_elsewhere: int = 0


class Round(SQLModel, table=True):
    """One vote on a question; `ballots` counts those with a point once it is closed, None when too few to tell.

    `connected` is how many participants were connected at the close, None where nobody counted.
    """

    __tablename__ = "round"
    __table_args__ = NEVER_REUSE_IDS
    id: int | None = Field(default=None, primary_key=True)
    question_id: int = _reference("question.id", index=True)
    number: int
    budget: int
    limit_per_theme: int | None = None
    closed: bool = False
    ballots: int | None = None
    connected: int | None = None


class RoundTheme(SQLModel, table=True):
    """A theme in a vote: its name and place on the board when the vote opened, its points since the close."""

    __tablename__ = "round_theme"
    __table_args__ = WITHOUT_ROWID
    round_id: int = _reference("round.id", primary_key=True)
    theme_id: int = Field(primary_key=True)
    tie_order: int
    letter: str
    name: str
    points: int | None = None
    givers: int | None = None


class Theme(SQLModel, table=True):
    """A named group of statements of one question."""

    __tablename__ = "theme"
    __table_args__ = NEVER_REUSE_IDS
    id: int | None = Field(default=None, primary_key=True)
    question_id: int = _reference("question.id", index=True)
    name: str
    letter: str
    rank: str
    carried_from: int | None = None


class Statement(SQLModel, table=True):
    """What a participant wrote: unsigned, undated. A retracted one keeps its receipt hash as a tombstone.

    `proposed_theme_id` or `proposed_name` is where its writer would lay it, `proposal` how that stands. The id is no
    reference: when a theme that was removed comes back by undo, so does what was proposed for it.
    """

    __tablename__ = "statement"
    __table_args__ = (
        Index("ix_statement_question_id_theme_id", "question_id", "theme_id"),
        # What waits, and the last rank in use, without reading the whole board.
        Index("ix_statement_question_id_released_rank", "question_id", "released", "rank"),
        WITHOUT_ROWID,
    )
    id: str = Field(primary_key=True, default_factory=random_key)
    question_id: int = _reference("question.id")
    theme_id: int | None = Field(default=None, sa_column_args=[ForeignKey("theme.id", ondelete="SET NULL")])
    rank: str = ""
    text: str
    released: bool = False
    late: bool = False
    hidden: bool = False
    retracted: bool = False
    revision: int = 1
    receipt_hash: str | None = Field(default=None, unique=True)
    proposed_theme_id: int | None = None
    proposed_name: str | None = None
    proposal: str = "none"
    proposal_revision: int = 0


class Participant(SQLModel, table=True):
    """A seat, known by the hash of its token; joined to no statement and to no ballot."""

    __tablename__ = "participant"
    __table_args__ = WITHOUT_ROWID
    token_hash: str = Field(primary_key=True)
    session_id: int = _reference("moderation_session.id", index=True)


class Ballot(SQLModel, table=True):
    """How one participant votes in a round: points per theme id. Its key can be computed only from a seat's cookie."""

    __tablename__ = "ballot"
    __table_args__ = WITHOUT_ROWID
    round_id: int = _reference("round.id", primary_key=True)
    voter_key: str = Field(primary_key=True)
    revision: int
    points: dict[str, int] = Field(sa_column=Column(JSON, nullable=False))


class Attendee(SQLModel, table=True):
    """A name on the attendance list; listed by name, never joined to anything."""

    __tablename__ = "attendee"
    __table_args__ = WITHOUT_ROWID
    id: str = Field(primary_key=True, default_factory=random_key)
    session_id: int = _reference("moderation_session.id", index=True)
    name: str
    role: str = ""


class ActionItem(SQLModel, table=True):
    """What was agreed, who does it, by when."""

    __tablename__ = "action_item"
    __table_args__ = NEVER_REUSE_IDS
    id: int | None = Field(default=None, primary_key=True)
    session_id: int = _reference("moderation_session.id", index=True)
    text: str
    theme_id: int | None = Field(default=None, sa_column_args=[ForeignKey("theme.id", ondelete="SET NULL")])
    owner: str = ""
    due: date | None = None
    done: bool = False
    changed_seq: int = 0


class BoardMove(SQLModel, table=True):
    """One step of a moderator's undo history: ids and theme names, never the text of a statement.

    One that was passed over can't be undone or done again any more; it is kept to tell whose step changed what.
    """

    __tablename__ = "board_move"
    __table_args__ = NEVER_REUSE_IDS
    id: int | None = Field(default=None, primary_key=True)
    question_id: int = _reference("question.id", index=True)
    moderator_id: int = _reference("moderator.id")
    seq: int
    undone: bool = False
    passed_over: bool = False
    move: str = Field(sa_column=Column(Text, nullable=False))


class IgnoredSuggestion(SQLModel, table=True):
    """A suggestion that a moderator ignored, so that it is not made again: the ids it was about, as JSON."""

    __tablename__ = "ignored_suggestion"
    __table_args__ = WITHOUT_ROWID
    question_id: int = _reference("question.id", primary_key=True)
    what: str = Field(primary_key=True)
