"""The moderator's page on which statements are left out before a session is published."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.agenda import numbered
from app.domain.person_hints import HintKind, hints_in, words_of_names
from app.domain.phases import Status
from app.domain.redaction import Quote, Quoted, fingerprint, tells_who_asks_for_it
from app.store import people, questions, redaction
from app.store.tables import ModerationSession, Statement


@dataclass(frozen=True)
class Piece:
    """A part of a statement; `kind` says why it is pointed at, None where it is not."""

    text: str
    kind: HintKind | None = None


@dataclass(frozen=True)
class RedactionRow:
    """A statement that can be left out; `number` is its question's. One that was left out has no pieces."""

    id: str
    number: int
    pieces: tuple[Piece, ...]
    is_hidden: bool
    is_asked: bool
    is_marked: bool

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def kinds(self) -> tuple[HintKind, ...]:
        """Why it is pointed at, each reason once."""
        return tuple(dict.fromkeys(piece.kind for piece in self.pieces if piece.kind))


@dataclass(frozen=True)
class Marks:
    """How many are marked, which (as a fingerprint), and what else quotes them, `beyond` so many out of this
    moderator's reach; `left_out` were before."""

    session: int
    seq: int
    count: int
    seen: str
    quotes: tuple[Quote, ...]
    beyond: int
    left_out: int


@dataclass(frozen=True)
class RedactionView:
    """`asked` by their writers, `hinted` by the rules, and the `others`, each in the order of the agenda and the board:
    so that it tells nothing of when somebody asked. `is_over`: the session has ended, and requests are shown."""

    session: int
    seq: int
    asked: tuple[RedactionRow, ...]
    hinted: tuple[RedactionRow, ...]
    others: tuple[RedactionRow, ...]
    is_over: bool

    @property
    def has_hints(self) -> bool:
        """Whether anything is underlined, also in what is asked for."""
        return any(piece.kind for row in (*self.asked, *self.hinted) for piece in row.pieces)

    @property
    def is_empty(self) -> bool:
        return not (self.asked or self.hinted or self.others)


async def load(db: AsyncSession, session: ModerationSession) -> RedactionView:
    """All statements that can be left out now."""
    found = await redaction.statements_of(db, session)
    is_over = tells_who_asks_for_it(Status(session.status))
    listed, numbers = await _listed(db, session), await _numbers(db, session)

    def read() -> list[RedactionRow]:
        return [_row(one, listed, numbers, is_over) for one in found if not one.redacted]

    # Two thousand statements are read against the rules: beside what everybody else waits for.
    rows = await asyncio.to_thread(read)
    rest = [row for row in rows if not row.is_asked]
    return RedactionView(
        session=int(session.id or 0),
        seq=session.seq,
        asked=tuple(row for row in rows if row.is_asked),
        hinted=tuple(row for row in rest if row.kinds),
        others=tuple(row for row in rest if not row.kinds),
        is_over=is_over,
    )


async def load_row(db: AsyncSession, session: ModerationSession, statement_id: str) -> RedactionRow | None:
    """One of them, None when it can't be left out any more."""
    statement = await redaction.one_of(db, session, statement_id)
    if statement is None:
        return None
    is_over = tells_who_asks_for_it(Status(session.status))
    return _row(statement, await _listed(db, session), await _numbers(db, session), is_over)


async def load_marks(db: AsyncSession, session: ModerationSession, quoted: Quoted) -> Marks:
    """What pressing the button would do; `quoted` is what the commands found."""
    marked = await redaction.marked_in(db, session)
    left_out = await redaction.count_left_out(db, session)
    seen = fingerprint(statement.id for statement in marked)
    return Marks(int(session.id or 0), session.seq, len(marked), seen, quoted.here, quoted.beyond, left_out)


async def _listed(db: AsyncSession, session: ModerationSession) -> frozenset[str]:
    return words_of_names(person.name for person in await people.attendees(db, int(session.id or 0)))


async def _numbers(db: AsyncSession, session: ModerationSession) -> dict[int, int]:
    agenda = await questions.of_session(db, int(session.id or 0))
    return {int(question.id or 0): number or 0 for number, question in numbered(agenda)}


def _row(statement: Statement, listed: Collection[str], numbers: Mapping[int, int], is_over: bool) -> RedactionRow:
    return RedactionRow(
        id=statement.id,
        number=numbers[statement.question_id],
        pieces=tuple(_pieces(statement.text, listed)),
        is_hidden=statement.hidden,
        is_asked=statement.redaction_asked and is_over,
        is_marked=statement.redaction_marked,
    )


def _pieces(text: str, listed: Collection[str]) -> Iterator[Piece]:
    at = 0
    for hint in hints_in(text, listed):
        if hint.start > at:
            yield Piece(text[at : hint.start])
        yield Piece(text[hint.start : hint.end], hint.kind)
        at = hint.end
    if at < len(text):
        yield Piece(text[at:])
