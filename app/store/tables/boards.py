"""Questions with the statements under their themes. No statement has an author or a time, and none a rowid."""

from sqlalchemy import JSON, Column, ForeignKey, Index, Text
from sqlmodel import Field, SQLModel

from app.store.tables.shape import NEVER_REUSE_IDS, WITHOUT_ROWID, random_key, reference


class Question(SQLModel, table=True):
    """One of the ordered items of a session's agenda: a question, or a pause.

    `skipped` is passed over unless it is asked after all; `hidden_elsewhere` counts statements that were hidden
    in the archive this question was imported from, whose texts are not here.
    """

    __tablename__ = "question"
    __table_args__ = NEVER_REUSE_IDS
    id: int | None = Field(default=None, primary_key=True)
    session_id: int = reference("moderation_session.id", index=True)
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
    verifiable: bool = False
    timer_seconds: int | None = None
    timer_started_at: int | None = None
    collecting_closed_at: int | None = None
    changed_seq: int = 0
    skipped: bool = False
    hidden_elsewhere: int = 0


class Theme(SQLModel, table=True):
    """A named group of statements of one question."""

    __tablename__ = "theme"
    __table_args__ = NEVER_REUSE_IDS
    id: int | None = Field(default=None, primary_key=True)
    question_id: int = reference("question.id", index=True)
    name: str
    letter: str
    rank: str
    carried_from: int | None = None


class Statement(SQLModel, table=True):
    """What a participant wrote: unsigned, undated. A retracted one keeps its receipt hash as a tombstone.

    `redaction_asked` by its writer, `redaction_marked` by a moderator; once `redacted` its text is gone.
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
    question_id: int = reference("question.id")
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
    redaction_asked: bool = False
    redaction_marked: bool = False
    redacted: bool = False


class BoardMove(SQLModel, table=True):
    """One step of a moderator's undo history: ids and theme names, never the text of a statement.

    One that was passed over can't be undone or done again any more; it is kept to tell whose step changed what.
    """

    __tablename__ = "board_move"
    __table_args__ = NEVER_REUSE_IDS
    id: int | None = Field(default=None, primary_key=True)
    question_id: int = reference("question.id", index=True)
    moderator_id: int = reference("moderator.id")
    seq: int
    undone: bool = False
    passed_over: bool = False
    move: str = Field(sa_column=Column(Text, nullable=False))


class IgnoredSuggestion(SQLModel, table=True):
    """A suggestion that a moderator ignored, so that it is not made again: the ids it was about, as JSON."""

    __tablename__ = "ignored_suggestion"
    __table_args__ = WITHOUT_ROWID
    question_id: int = reference("question.id", primary_key=True)
    what: str = Field(primary_key=True)
