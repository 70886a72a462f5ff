"""Statements: what is shown, what still waits, and what a receipt points to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, func
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.themes import Place
from app.store.tables import METADATA, Question, Statement


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


async def waiting(db: AsyncSession, question_id: int) -> Sequence[Statement]:
    """Statements stored but not shown yet."""
    found = select(Statement).where(
        Statement.question_id == question_id, col(Statement.released).is_(False), col(Statement.retracted).is_(False)
    )
    return (await db.exec(found)).all()


async def counts(db: AsyncSession, question_id: int) -> Counts:
    """Released and waiting; retracted ones are in neither."""
    found = (
        select(Statement.released, func.count())
        .where(Statement.question_id == question_id, col(Statement.retracted).is_(False))
        .group_by(col(Statement.released))
    )
    numbers: dict[bool, int] = {bool(flag): number for flag, number in (await db.exec(found)).all()}
    return Counts(numbers.get(True, 0), numbers.get(False, 0))


async def any_for(db: AsyncSession, question_id: int) -> bool:
    """Whether a question has had a statement, retracted ones included."""
    found = select(Statement.id).where(Statement.question_id == question_id).limit(1)
    return (await db.exec(found)).first() is not None


async def by_receipts(db: AsyncSession, receipt_hashes: Iterable[str]) -> dict[str, Statement]:
    """Statements by receipt hash, retracted ones included."""
    found = select(Statement).where(col(Statement.receipt_hash).in_(list(receipt_hashes)))
    return {str(statement.receipt_hash): statement for statement in (await db.exec(found)).all()}


async def last_rank(db: AsyncSession, question_id: int) -> str | None:
    """The highest rank in use in a question, to append behind."""
    found = select(func.max(Statement.rank)).where(Statement.question_id == question_id, Statement.rank != "")
    return (await db.exec(found)).first()


async def wipe_receipts(db: AsyncSession, session_id: int) -> None:
    """Forget which device wrote what, for good."""
    questions = select(Question.id).where(Question.session_id == session_id)
    own = update(Statement).where(col(Statement.question_id).in_(questions))
    # How often somebody edited is nobody's business either.
    await db.exec(own.values(receipt_hash=None, revision=1))
