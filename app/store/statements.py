"""Statements: what is shown, what still waits, and what a receipt points to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, insert
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.themes import Place
from app.store.tables import METADATA, Question, Statement

# Where hundreds come at once, rows are written as rows: an object of each costs ten times as much.
_TABLE = METADATA.tables["statement"]
SHOWN = (
    col(Statement.released).is_(True),
    col(Statement.retracted).is_(False),
    col(Statement.hidden).is_(False),
)


@dataclass(frozen=True)
class Counts:
    """How many statements a question has: shown ones, and those still waiting to be mixed or to come in late."""

    released: int
    waiting: int

    @property
    def all(self) -> int:
        return self.released + self.waiting


async def released(db: AsyncSession, question_id: int) -> Sequence[Statement]:
    """All statements that may be shown, in board order."""
    return [statement for statement in await released_or_hidden(db, question_id) if not statement.hidden]


async def released_or_hidden(db: AsyncSession, question_id: int) -> Sequence[Statement]:
    """The whole board in order, with what the moderator has hidden."""
    found = select(Statement).where(
        Statement.question_id == question_id, col(Statement.released).is_(True), col(Statement.retracted).is_(False)
    )
    return (await db.exec(found.order_by(col(Statement.rank), col(Statement.id)))).all()


async def texts(db: AsyncSession, question_id: int) -> list[tuple[str, int | None, str]]:
    """Key, theme and text of all statements that may be shown, in board order: of a full board no objects are made."""
    found = select(Statement.id, Statement.theme_id, Statement.text).where(
        Statement.question_id == question_id,
        col(Statement.released).is_(True),
        col(Statement.retracted).is_(False),
        col(Statement.hidden).is_(False),
    )
    rows = (await db.exec(found.order_by(col(Statement.rank), col(Statement.id)))).all()
    return [(key, theme, text) for key, theme, text in rows]


async def hidden(db: AsyncSession, question_id: int) -> Sequence[Statement]:
    """What the moderator has hidden, in board order."""
    found = select(Statement).where(
        Statement.question_id == question_id,
        col(Statement.released).is_(True),
        col(Statement.retracted).is_(False),
        col(Statement.hidden).is_(True),
    )
    return (await db.exec(found.order_by(col(Statement.rank), col(Statement.id)))).all()


async def places(db: AsyncSession, question_id: int) -> dict[str, Place]:
    """Where each statement of the board lies, hidden or not."""
    found = select(Statement.id, Statement.theme_id, Statement.rank, Statement.hidden).where(
        Statement.question_id == question_id, col(Statement.released).is_(True), col(Statement.retracted).is_(False)
    )
    return {key: Place(theme, rank, hidden) for key, theme, rank, hidden in (await db.exec(found)).all()}


async def lay(db: AsyncSession, places: Mapping[str, Place]) -> None:
    """Write where statements lie, all at once."""
    if not places:
        return
    rows = [
        {"key": key, "theme": place.theme, "at": place.rank, "is_hidden": place.hidden} for key, place in places.items()
    ]
    table = METADATA.tables["statement"]
    one = table.update().where(table.c.id == bindparam("key"))
    laid = one.values(theme_id=bindparam("theme"), rank=bindparam("at"), hidden=bindparam("is_hidden"))
    await (await db.connection()).execute(laid, rows)


async def released_by_ids(db: AsyncSession, ids: Iterable[str]) -> Sequence[Statement]:
    """Those of the given statements that may be shown, in board order."""
    return [statement for statement in await of_board(db, ids) if not statement.hidden]


async def of_board(db: AsyncSession, ids: Iterable[str]) -> Sequence[Statement]:
    """Those of the given statements that are on the board, hidden or not, in order."""
    found = select(Statement).where(
        col(Statement.id).in_(list(ids)), col(Statement.released).is_(True), col(Statement.retracted).is_(False)
    )
    return (await db.exec(found.order_by(col(Statement.rank), col(Statement.id)))).all()


async def shown_under(db: AsyncSession, themes: Iterable[int]) -> Sequence[tuple[int, str, str]]:
    """What may be shown under these themes, as (theme, key, text) in board order."""
    found = select(Statement.theme_id, Statement.id, Statement.text).where(
        col(Statement.theme_id).in_(list(themes)), *SHOWN
    )
    rows = (await db.exec(found.order_by(col(Statement.rank), col(Statement.id)))).all()
    return [(int(theme or 0), key, text) for theme, key, text in rows]


async def unclustered(db: AsyncSession, question_id: int) -> Sequence[tuple[str, str]]:
    """What may be shown and is under no theme, as (key, text) in board order."""
    found = select(Statement.id, Statement.text).where(
        Statement.question_id == question_id, col(Statement.theme_id).is_(None), *SHOWN
    )
    return (await db.exec(found.order_by(col(Statement.rank), col(Statement.id)))).all()


async def waiting(db: AsyncSession, question_id: int) -> Sequence[Statement]:
    """Statements stored but not shown yet."""
    found = select(Statement).where(
        Statement.question_id == question_id, col(Statement.released).is_(False), col(Statement.retracted).is_(False)
    )
    return (await db.exec(found)).all()


async def waiting_ids(db: AsyncSession, question_id: int) -> list[tuple[str, bool]]:
    """The keys of `waiting`, each with whether it came late."""
    found = select(_TABLE.c.id, _TABLE.c.late).where(
        _TABLE.c.question_id == question_id, _TABLE.c.released.is_(False), _TABLE.c.retracted.is_(False)
    )
    return [(key, late) for key, late in (await db.exec(found)).all()]


async def add_all(db: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """New statements as whole rows: one statement for the database, and none of them in the identity map."""
    await db.exec(insert(_TABLE), params=list(rows))


async def show(db: AsyncSession, ranks: Mapping[str, str]) -> None:
    """Release the statements with these keys, each at its rank; those that were loaded before don't know it."""
    shown = update(_TABLE).where(_TABLE.c.id == bindparam("key"))
    shown = shown.values(released=True, late=False, rank=bindparam("at"))
    await db.exec(shown, params=[{"key": key, "at": rank} for key, rank in ranks.items()])


async def counts(db: AsyncSession, question_id: int) -> Counts:
    """Released and waiting; retracted ones are in neither."""
    found = (
        select(Statement.released, func.count())
        .where(Statement.question_id == question_id, col(Statement.retracted).is_(False))
        .group_by(col(Statement.released))
    )
    numbers: dict[bool, int] = {bool(flag): number for flag, number in (await db.exec(found)).all()}
    return Counts(numbers.get(True, 0), numbers.get(False, 0))


async def counts_on_board(db: AsyncSession, question_id: int) -> tuple[int, int]:
    """How many statements may be shown, and how many of them are under a theme."""
    found = select(func.count(), func.count(col(Statement.theme_id))).where(
        Statement.question_id == question_id,
        col(Statement.released).is_(True),
        col(Statement.retracted).is_(False),
        col(Statement.hidden).is_(False),
    )
    shown, grouped = (await db.exec(found)).one()
    return shown, grouped


async def any_for(db: AsyncSession, question_id: int) -> bool:
    """Whether a question has had a statement, retracted ones included."""
    found = select(Statement.id).where(Statement.question_id == question_id).limit(1)
    return (await db.exec(found)).first() is not None


async def by_receipts(db: AsyncSession, receipt_hashes: Iterable[str]) -> dict[str, Statement]:
    """Statements by receipt hash, retracted ones included."""
    found = select(Statement).where(col(Statement.receipt_hash).in_(list(receipt_hashes)))
    return {str(statement.receipt_hash): statement for statement in (await db.exec(found)).all()}


async def last_rank(db: AsyncSession, question_id: int) -> str | None:
    """The highest rank in use in a question, to append behind; only what was released has one."""
    found = select(func.max(Statement.rank)).where(
        Statement.question_id == question_id, col(Statement.released).is_(True), Statement.rank != ""
    )
    return (await db.exec(found)).first()


async def wipe_receipts(db: AsyncSession, session_id: int) -> None:
    """Forget which device wrote what, for good."""
    questions = select(Question.id).where(Question.session_id == session_id)
    own = update(Statement).where(col(Statement.question_id).in_(questions))
    # How often somebody edited is nobody's business either.
    await db.exec(own.values(receipt_hash=None, revision=1))
