"""THE table: which event makes which fragments stale, per screen; and the drawing of what is stale."""

from __future__ import annotations

import dataclasses
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain import events as happened
from app.domain.events import Event
from app.domain.phases import Phase
from app.domain.presence import Presence
from app.screens import (
    big_screen,
    big_screen_moved,
    control_room,
    control_room_moved,
    control_room_proposals,
    control_room_stacks,
    control_room_suggestions,
    phone,
)
from app.screens.board_pieces import Occasion, Piece, shows_board
from app.screens.render import render
from app.store import sessions, statements
from app.store.tables import ModerationSession, Question

SCREENS: dict[str, ModuleType] = {"phone": phone, "control_room": control_room, "big_screen": big_screen}


@dataclass(frozen=True)
class Fragments:
    """These fragments are drawn again from the screen's view, besides those `in_result` where that is what is shown; no
    names: the whole screen."""

    names: tuple[str, ...] = ()
    in_result: tuple[str, ...] = ()


@dataclass(frozen=True)
class Append:
    """The event's statements are added to a list (or redrawn in it), so that one statement costs O(1) bytes."""

    target: str
    allowed: Callable[[Question], bool]


@dataclass(frozen=True)
class Remove:
    """The event's statement disappears from wherever it is shown, where statements are."""

    allowed: Callable[[Question], bool] = lambda _question: True


@dataclass(frozen=True)
class Pieces:
    """`load` gives the pieces of the board that are drawn again, for all such events at once.

    `elsewhere` are the fragments that are drawn again instead where no board is shown.
    """

    load: Callable[[AsyncSession, Occasion], Awaitable[list[Piece]]]
    elsewhere: tuple[str, ...] = ()


WHOLE = Fragments()
Row = dict[str, Fragments | Append | Remove | Pieces]


def _collecting(question: Question) -> bool:
    return question.phase == Phase.COLLECT


def _collecting_in_public(question: Question) -> bool:
    return question.phase == Phase.COLLECT and question.statements_on_big_screen


def _collecting_on_phones(question: Question) -> bool:
    return question.phase == Phase.COLLECT and question.statements_on_phones


EVERYWHERE: Row = {"phone": WHOLE, "control_room": WHOLE, "big_screen": WHOLE}
STATEMENTS: Row = {
    "control_room": Append("statements", _collecting),
    "big_screen": Append("statements", _collecting_in_public),
    "phone": Append("statements", _collecting_on_phones),
}
ON_BOARD = Pieces(control_room_moved.load_moved, elsewhere=("stage", "phase-count", "colleagues"))
ON_BIG_BOARD = Pieces(big_screen_moved.load_moved, elsewhere=("stage", "counts", "footer"))
STACKS = Pieces(control_room_stacks.load_stacks)
PROPOSALS = Pieces(control_room_proposals.load_proposals)
SUGGESTIONS = Pieces(control_room_suggestions.load_places)
NOWHERE: Row = {}

TABLE: dict[type[Event], Row] = {
    # Counts only: they have their own slow tick.
    happened.ParticipantJoined: NOWHERE,
    happened.StatementSubmitted: NOWHERE,
    happened.AllocationSet: NOWHERE,
    happened.StatementsReleased: STATEMENTS,
    happened.StatementEdited: STATEMENTS,
    happened.StatementRetracted: {
        "control_room": Remove(),
        "big_screen": Remove(),
        "phone": Remove(_collecting_on_phones),
    },
    happened.StatementsRedacted: EVERYWHERE,
    # They come in late to a question that is still collecting, too, when its moderator had paused that.
    happened.LateStatementsReleased: {
        "control_room": ON_BOARD,
        "big_screen": ON_BIG_BOARD,
        "phone": STATEMENTS["phone"],
    },
    happened.SessionOpened: EVERYWHERE,
    happened.PhaseChanged: EVERYWHERE,
    happened.SessionEnded: EVERYWHERE,
    happened.AgendaChanged: EVERYWHERE,
    happened.DoorChanged: {"control_room": WHOLE, "big_screen": WHOLE},
    happened.BoardMoved: {"control_room": ON_BOARD, "big_screen": ON_BIG_BOARD},
    happened.StepPassedOver: {"control_room": ON_BOARD},
    happened.StacksChanged: {"control_room": STACKS},
    happened.ProposalsChanged: {"control_room": PROPOSALS},
    happened.ProposalsSwitched: {"control_room": PROPOSALS, "phone": Fragments(("themes-to-choose",))},
    happened.ThemesToChooseChanged: {"phone": Fragments(("themes-to-choose",))},
    happened.SuggestionIgnored: {"control_room": SUGGESTIONS},
    happened.SuggestionsFound: {"control_room": SUGGESTIONS},
    happened.HandCountsChanged: {
        "phone": Fragments(("scene",)),
        "control_room": Fragments(("stage", "colleagues")),
        "big_screen": Fragments(("stage", "footer")),
    },
    happened.TimerChanged: {
        **EVERYWHERE,
        "phone": Fragments(("header", "pause-time")),
        "control_room": Fragments(("remaining", "timer")),
    },
    happened.BigScreenChanged: {"control_room": Fragments(("stage",)), "big_screen": WHOLE},
    happened.ActionItemsChanged: {**EVERYWHERE, "control_room": Fragments(("rail",), in_result=("stage",))},
    # A count only; a page that shows the list asks for it, so that a room that signs in costs others nothing.
    happened.AttendeesChanged: {"control_room": Fragments(("attendee-count",))},
    happened.AttendanceSet: {"control_room": Fragments(("attendee-count",)), "big_screen": WHOLE},
    happened.ReportShared: {"phone": WHOLE, "control_room": WHOLE},
}


async def draw_whole(
    db: AsyncSession, screen: str, session: ModerationSession, languages: Sequence[str], presence: Presence
) -> dict[str, str]:
    """The whole screen as a push, per language: what a return, a poll and a moderator's form get."""
    return await draw_fragments(db, screen, session, languages, presence, tuple(SCREENS[screen].FRAGMENTS))


async def draw_fragments(
    db: AsyncSession,
    screen: str,
    session: ModerationSession,
    languages: Sequence[str],
    presence: Presence,
    names: tuple[str, ...],
    seq: int | None = None,
) -> dict[str, str]:
    """The named fragments of a screen as a push, per language, from one view.

    `seq` is how far a page is when it has taken them; without it as far as they were drawn from.
    """
    module, seq = SCREENS[screen], session.seq if seq is None else seq
    # Statements are the only thing there are thousands of: read where they are shown, and only counted elsewhere.
    load = module.load if module.WITH_STATEMENTS.intersection(names) else module.load_counts
    view = dataclasses.replace(await load(db, int(session.id or 0), presence), seq=seq)
    return {
        language: push(seq, [render(module.FRAGMENTS[name], language, view=view) for name in names])
        for language in languages
    }


async def draw_counts(
    db: AsyncSession,
    screen: str,
    session: ModerationSession,
    languages: Sequence[str],
    presence: Presence,
    seq: int | None = None,
) -> dict[str, str]:
    """The fragments that count people and statements, as a push per language; no statement is read for them."""
    return await draw_fragments(db, screen, session, languages, presence, SCREENS[screen].COUNTS, seq)


def is_stale_as_a_whole(screen: str, events: Sequence[Event]) -> bool:
    """Whether one of the events makes every fragment of a screen stale."""
    return any(TABLE[type(event)].get(screen) == WHOLE for event in events)


async def draw_changes(
    db: AsyncSession,
    screen: str,
    session: ModerationSession,
    languages: Sequence[str],
    presence: Presence,
    events: Sequence[Event],
    seq: int | None = None,
) -> dict[str, str]:
    """What the events made stale on a screen, as one push per language; empty when nothing is stale.

    `seq` is that of the last of the events: what is drawn may be newer, and what came after it is pushed again.
    """
    if is_stale_as_a_whole(screen, events):
        return await draw_whole(db, screen, session, languages, presence)
    seq = session.seq if seq is None else seq
    question = await sessions.current_question(db, session)
    rows = [(event, TABLE[type(event)].get(screen)) for event in events]
    names = _fragments(question, [row for _, row in rows if isinstance(row, Fragments)])
    on_board, pieces = _on_board(screen, events), []
    if question is not None and shows_board(question) and "stage" not in names:
        for row, some in on_board.items():
            pieces += await row.load(db, Occasion(session, question, presence, tuple(some), seq))
    else:
        names |= dict.fromkeys(name for row in on_board for name in row.elsewhere)
    if question is not None:
        pieces += await _statements(db, question, rows)
    drawn = [_rendered(pieces, languages, seq)]
    if names:
        drawn.append(await draw_fragments(db, screen, session, languages, presence, tuple(names), seq))
    return {language: text for language in languages if (text := "".join(one.get(language, "") for one in drawn))}


def _fragments(question: Question | None, rows: Sequence[Fragments]) -> dict[str, None]:
    """The names of what is drawn again, in the order of the events."""
    is_result = question is not None and question.phase == Phase.RESULT
    return dict.fromkeys(name for row in rows for name in (*row.names, *(row.in_result if is_result else ())))


def _on_board(screen: str, events: Sequence[Event]) -> dict[Pieces, list[Event]]:
    """The events that are drawn in pieces of the board, in the order of the table: a theme before what is in it."""
    found: dict[Pieces, list[Event]] = {}
    for kind, row in TABLE.items():
        pieces, some = row.get(screen), [event for event in events if type(event) is kind]
        if some and isinstance(pieces, Pieces):
            found.setdefault(pieces, []).extend(some)
    return found


def _rendered(pieces: Sequence[Piece], languages: Sequence[str], seq: int) -> dict[str, str]:
    if not pieces:
        return {}
    return {
        language: push(seq, [render(template, language, **values) for template, values in pieces])
        for language in languages
    }


async def _statements(db: AsyncSession, question: Question, rows: Sequence[tuple[Event, Any]]) -> list[Piece]:
    """What comes into lists of statements, and what goes from wherever it is shown."""
    gone = [event for event, row in rows if isinstance(row, Remove) and row.allowed(question)]
    added: dict[str, list[str]] = {}
    for event, row in rows:
        if isinstance(row, Append) and row.allowed(question):
            ids = getattr(event, "statements", None) or [event.statement]  # type: ignore[attr-defined]
            added.setdefault(row.target, []).extend(ids)
    pieces: list[Piece] = [
        ("shared/removed_statement.html", {"id": event.statement})  # type: ignore[attr-defined]
        for event in gone
    ]
    for target, ids in added.items():
        if found := await statements.released_by_ids(db, dict.fromkeys(ids)):
            pieces.append(("shared/added_statements.html", {"target": target, "statements": found}))
    return pieces


def push(seq: int, fragments: Sequence[str]) -> str:
    """Fragments in their envelope; the same text for everybody on that screen in that language."""
    return f'<div id="push" data-seq="{seq}">{"".join(fragments)}</div>'
