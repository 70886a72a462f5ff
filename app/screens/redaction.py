"""The moderator's page on which statements are redacted before a session is published."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.agenda import numbered
from app.domain.person_hints import HintKind, hints_in, words_of_names
from app.domain.phases import Status
from app.domain.quoting import Quoted, telling_of
from app.domain.redaction import fingerprint, tells_who_asks_for_it
from app.store import people, questions, redaction
from app.store.tables import ModerationSession, Statement

# So many rows are read, drawn and walked through by keyboard without a wait, on a small laptop too.
ROWS_ON_A_PAGE = 100


class Shown(StrEnum):
    """Which statements a page has: those that something points at, those that are marked, or all."""

    POINTED_AT = "pointed-at"
    MARKED = "marked"
    ALL = "all"


@dataclass(frozen=True)
class Part:
    """One page of them; None as `shown`: what is pointed at, or all where nothing is."""

    shown: Shown | None = None
    page: int = 1


@dataclass(frozen=True)
class Piece:
    """A part of a statement; `kind` says why it is pointed at, None where it is not."""

    text: str
    kind: HintKind | None = None


@dataclass(frozen=True)
class RedactionRow:
    """A statement that can be redacted; `number` is its question's. `repeats`: it has something of a marked one."""

    id: str
    number: int
    pieces: tuple[Piece, ...]
    is_hidden: bool
    is_asked: bool
    is_marked: bool
    repeats: bool = False

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def kinds(self) -> tuple[HintKind, ...]:
        """Why it is pointed at, each reason once."""
        return tuple(dict.fromkeys(piece.kind for piece in self.pieces if piece.kind))


@dataclass(frozen=True)
class Marks:
    """How many are marked, which (as a fingerprint), and what else quotes them; `redacted` were before."""

    session: int
    seq: int
    count: int
    seen: str
    quoted: Quoted
    redacted: int


@dataclass(frozen=True)
class RedactionView:
    """One page of statements: `asked` for by their writers, `hinted` by the rules, and the `others`, each in the order
    of the agenda and the board, so that it tells nothing of when somebody asked; without headings unless it shows what
    is pointed at. `counts` has how many there are of each to show. `is_over`: the session has ended, and requests are
    shown."""

    session: int
    seq: int
    shown: Shown
    page: int
    pages: int
    counts: Mapping[Shown, int]
    rows: tuple[RedactionRow, ...]
    count_asked: int
    is_over: bool

    @property
    def asked(self) -> tuple[RedactionRow, ...]:
        return tuple(row for row in self.rows if row.is_asked)

    @property
    def hinted(self) -> tuple[RedactionRow, ...]:
        return tuple(row for row in self.rows if not row.is_asked)


async def load(db: AsyncSession, session: ModerationSession, part: Part) -> RedactionView:
    """The statements that can be redacted now, as far as `part` shows them; the last page where it has gone."""
    found = await redaction.statements_of(db, session)
    is_over = tells_who_asks_for_it(Status(session.status))
    listed, numbers = await _listed(db, session), await _numbers(db, session)

    def read() -> RedactionView:
        telling = telling_of((one.text for one in found if one.redaction_marked), listed)
        rows = [_row(one, listed, numbers, is_over) for one in found if not one.redacted]
        rows = [replace(row, repeats=not row.is_marked and telling.is_in(row.text)) for row in rows]
        return _view(session, rows, part, is_over)

    # Two thousand statements are read against the rules: beside what everybody else waits for.
    return await asyncio.to_thread(read)


def _view(session: ModerationSession, rows: list[RedactionRow], part: Part, is_over: bool) -> RedactionView:
    asked = [row for row in rows if row.is_asked]
    pointed_at = asked + [row for row in rows if not row.is_asked and (row.kinds or row.repeats)]
    among = {Shown.POINTED_AT: pointed_at, Shown.MARKED: [row for row in rows if row.is_marked], Shown.ALL: rows}
    shown = part.shown or (Shown.POINTED_AT if pointed_at else Shown.ALL)
    pages = max(1, -(-len(among[shown]) // ROWS_ON_A_PAGE))
    page = min(max(part.page, 1), pages)
    return RedactionView(
        session=int(session.id or 0),
        seq=session.seq,
        shown=shown,
        page=page,
        pages=pages,
        counts={one: len(rows) for one, rows in among.items()},
        count_asked=len(asked),
        rows=tuple(among[shown][(page - 1) * ROWS_ON_A_PAGE : page * ROWS_ON_A_PAGE]),
        is_over=is_over,
    )


async def load_row(db: AsyncSession, session: ModerationSession, statement_id: str) -> RedactionRow | None:
    """One of them, None when it can't be redacted any more."""
    statement = await redaction.one_of(db, session, statement_id)
    if statement is None:
        return None
    is_over = tells_who_asks_for_it(Status(session.status))
    return _row(statement, await _listed(db, session), await _numbers(db, session), is_over)


async def load_marks(db: AsyncSession, session: ModerationSession, quoted: Quoted) -> Marks:
    """What pressing the button would do; `quoted` is what the commands found."""
    marked = await redaction.marked_in(db, session)
    redacted = await redaction.count_redacted(db, session)
    seen = fingerprint(statement.id for statement in marked)
    return Marks(int(session.id or 0), session.seq, len(marked), seen, quoted, redacted)


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
