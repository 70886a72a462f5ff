"""THE table: which event makes which fragments stale, per screen; and the drawing of what is stale."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain import events as happened
from app.domain.events import Event
from app.domain.phases import Phase
from app.domain.presence import Presence
from app.screens import big_screen, control_room, phone
from app.screens.render import render
from app.store import sessions, statements
from app.store.tables import ModerationSession, Question

SCREENS: dict[str, ModuleType] = {"phone": phone, "control_room": control_room, "big_screen": big_screen}


@dataclass(frozen=True)
class Fragments:
    """These fragments are drawn again from the screen's view; no names: the whole screen."""

    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Append:
    """The event's statements are added to a list (or redrawn in it), so that one statement costs O(1) bytes."""

    target: str
    allowed: Callable[[Question], bool]


@dataclass(frozen=True)
class Remove:
    """The event's statement disappears from wherever it is shown, where statements are."""

    allowed: Callable[[Question], bool] = lambda _question: True


WHOLE = Fragments()
Row = dict[str, Fragments | Append | Remove]


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
    # They come in late to a question that is still collecting, too, when its moderator had paused that.
    happened.LateStatementsReleased: {"control_room": WHOLE, "big_screen": WHOLE, "phone": STATEMENTS["phone"]},
    happened.SessionOpened: EVERYWHERE,
    happened.PhaseChanged: EVERYWHERE,
    happened.SessionEnded: EVERYWHERE,
    happened.AgendaChanged: EVERYWHERE,
    happened.DoorChanged: {"control_room": WHOLE, "big_screen": WHOLE},
    happened.BoardMoved: {"control_room": Fragments(("stage", "phase-count", "colleagues")), "big_screen": WHOLE},
    happened.StepPassedOver: {"control_room": Fragments(("history",))},
    happened.SuggestionIgnored: {"control_room": Fragments(("stage",))},
    happened.StacksChanged: {"control_room": Fragments(("stacks",))},
    happened.TimerChanged: {
        **EVERYWHERE,
        "phone": Fragments(("header", "pause-time")),
        "control_room": Fragments(("remaining", "timer")),
    },
    happened.BigScreenChanged: {"control_room": Fragments(("stage",)), "big_screen": WHOLE},
    happened.ActionItemsChanged: {**EVERYWHERE, "control_room": Fragments(("rail",))},
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
) -> dict[str, str]:
    """The named fragments of a screen as a push, per language, from one view."""
    module = SCREENS[screen]
    # Statements are the only thing there are thousands of: read where they are shown, and only counted elsewhere.
    load = module.load if module.WITH_STATEMENTS.intersection(names) else module.load_counts
    view = await load(db, int(session.id or 0), presence)
    return {
        language: push(session.seq, [render(module.FRAGMENTS[name], language, view=view) for name in names])
        for language in languages
    }


async def draw_counts(
    db: AsyncSession, screen: str, session: ModerationSession, languages: Sequence[str], presence: Presence
) -> dict[str, str]:
    """The fragments that count people and statements, as a push per language; no statement is read for them."""
    return await draw_fragments(db, screen, session, languages, presence, SCREENS[screen].COUNTS)


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
) -> dict[str, str]:
    """What the events made stale on a screen, as one push per language; empty when nothing is stale."""
    if is_stale_as_a_whole(screen, events):
        return await draw_whole(db, screen, session, languages, presence)
    rows = [(event, TABLE[type(event)].get(screen)) for event in events]
    redraws = [row for _, row in rows if isinstance(row, Fragments)]
    drawn: dict[str, str] = {}
    names = tuple(dict.fromkeys(name for row in redraws for name in row.names))
    if names:
        drawn = await draw_fragments(db, screen, session, languages, presence, names)
    pieces = await _draw_statements(db, session, rows, languages)
    if not pieces:
        return drawn
    if drawn:
        return {language: drawn[language] + push(session.seq, pieces[language]) for language in languages}
    return {language: push(session.seq, pieces[language]) for language in languages}


async def _draw_statements(
    db: AsyncSession, session: ModerationSession, rows: Sequence[tuple[Event, Any]], languages: Sequence[str]
) -> dict[str, list[str]]:
    question = await sessions.current_question(db, session)
    if question is None:
        return {}
    gone = [event for event, row in rows if isinstance(row, Remove) and row.allowed(question)]
    removed = [event.statement for event in gone]  # type: ignore[attr-defined]
    added: dict[str, list[str]] = {}
    for event, row in rows:
        if isinstance(row, Append) and row.allowed(question):
            ids = getattr(event, "statements", None) or [event.statement]  # type: ignore[attr-defined]
            added.setdefault(row.target, []).extend(ids)
    if not removed and not added:
        return {}
    found = {target: await statements.released_by_ids(db, dict.fromkeys(ids)) for target, ids in added.items()}
    return {
        language: [
            *(render("shared/removed_statement.html", language, id=key) for key in removed),
            *(
                render("shared/added_statements.html", language, target=target, statements=some)
                for target, some in found.items()
                if some
            ),
        ]
        for language in languages
    }


def push(seq: int, fragments: Sequence[str]) -> str:
    """Fragments in their envelope; the same text for everybody on that screen in that language."""
    return f'<div id="push" data-seq="{seq}">{"".join(fragments)}</div>'
