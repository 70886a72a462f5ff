"""The votes on questions. No ballot has an author or a time, and none a rowid."""

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from app.store.tables.shape import NEVER_REUSE_IDS, WITHOUT_ROWID, reference


class Round(SQLModel, table=True):
    """One vote on a question; `ballots` counts those with a point once it is closed, None when too few to tell.

    `connected` is how many participants were connected at the close, None where nobody counted. `stable` is whether
    the first three would stand in the same order without any one ballot, `verifiable` whether ballots have a code.
    """

    __tablename__ = "round"
    __table_args__ = NEVER_REUSE_IDS
    id: int | None = Field(default=None, primary_key=True)
    question_id: int = reference("question.id", index=True)
    number: int
    budget: int
    limit_per_theme: int | None = None
    closed: bool = False
    ballots: int | None = None
    connected: int | None = None
    verifiable: bool = False
    stable: bool | None = None


class RoundTheme(SQLModel, table=True):
    """A theme in a vote: its name and place on the board when the vote opened, its points since the close."""

    __tablename__ = "round_theme"
    __table_args__ = WITHOUT_ROWID
    round_id: int = reference("round.id", primary_key=True)
    theme_id: int = Field(primary_key=True)
    tie_order: int
    letter: str
    name: str
    points: int | None = None
    givers: int | None = None
    spread: float | None = None


class HandCount(SQLModel, table=True):
    """Points for a theme that were counted on paper or by raised hands: beside a round's ballots, never in them."""

    __tablename__ = "hand_count"
    __table_args__ = WITHOUT_ROWID
    round_id: int = reference("round.id", primary_key=True)
    theme_id: int = Field(primary_key=True)
    points: int


class Ballot(SQLModel, table=True):
    """How one participant votes in a round: points per theme id. Its key can be computed only from a seat's cookie."""

    __tablename__ = "ballot"
    __table_args__ = WITHOUT_ROWID
    round_id: int = reference("round.id", primary_key=True)
    voter_key: str = Field(primary_key=True)
    revision: int
    points: dict[str, int] = Field(sa_column=Column(JSON, nullable=False))
    secret_hash: str | None = None
