"""The action list: what was agreed, what each item still lacks, and what the group left to be done before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.actions import (
    ActionFields,
    ActionStatus,
    Lack,
    goes_into_calendar,
    is_overdue,
    is_same_group,
    lacks,
    status_of,
)
from app.domain.themes import tint
from app.screens.control_room_board_view import ShownTheme
from app.store import actions, questions, sessions, themes
from app.store.tables import ActionItem, ModerationSession, Theme


@dataclass(frozen=True)
class ActionRow:
    """One action item; `lacks` is what it doesn't say yet, and only an open one lacks anything."""

    id: int
    text: str
    theme: int | None
    tint: str | None
    owner: str
    due: date | None
    status: ActionStatus
    lacks: tuple[Lack, ...]
    is_overdue: bool

    @property
    def is_done(self) -> bool:
        return self.status == ActionStatus.DONE

    @property
    def filters(self) -> tuple[str, ...]:
        """Under which of FILTERS it is shown."""
        lacking = {"no-owner": Lack.WHO in self.lacks, "no-date": Lack.WHEN in self.lacks, "overdue": self.is_overdue}
        return ("all", *(name for name, is_so in lacking.items() if is_so))


FILTERS = ("all", "overdue", "no-owner", "no-date")


@dataclass(frozen=True)
class ThemesOfQuestion:
    """The themes of one question, as a group of choices for an action."""

    question: str
    themes: tuple[ShownTheme, ...]


@dataclass(frozen=True)
class ActionsView:
    """The list, and the themes an action may belong to; `shown` is the one of FILTERS that the page asked for."""

    session: int
    seq: int
    rows: tuple[ActionRow, ...]
    choices: tuple[ThemesOfQuestion, ...]
    shown: str = "all"

    @property
    def filters(self) -> tuple[tuple[str, int], ...]:
        """Each way to look at the list with how many rows it has; those without any are left out."""
        counted = [(name, sum(name in row.filters for row in self.rows)) for name in FILTERS]
        return tuple((name, count) for name, count in counted if count or name in ("all", self.shown))

    @property
    def dated(self) -> int:
        """How many a calendar can show."""
        return sum(goes_into_calendar(row.status, row.due) for row in self.rows)


@dataclass(frozen=True)
class EarlierAction:
    """What the group still has to do from an earlier session."""

    id: int
    text: str
    owner: str
    due: date | None
    is_overdue: bool
    session: int
    held_on: date


@dataclass(frozen=True)
class EarlierView:
    """All of that; `seq` of the session that is being prepared."""

    session: int
    seq: int
    group: str
    rows: tuple[EarlierAction, ...]


async def load(db: AsyncSession, session_id: int, shown: str = "all") -> ActionsView:
    """The action list in the order it was noted; `shown` is one of FILTERS, anything else is all of it."""
    session = await sessions.existing(db, session_id)
    known = await themes.of_session(db, session_id)
    letters = {theme.id: theme.letter for theme in known}
    rows = [_row(item, letters) for item in await actions.of_session(db, session_id)]
    asked = await questions.of_session(db, session_id)
    choices = [
        ThemesOfQuestion(question.text, tuple(_bare(theme) for theme in known if theme.question_id == question.id))
        for question in asked
    ]
    return ActionsView(
        session_id,
        session.seq,
        tuple(rows),
        tuple(choice for choice in choices if choice.themes),
        shown if shown in FILTERS else "all",
    )


def in_calendar(items: Sequence[ActionItem]) -> int:
    """How many of them a calendar can show."""
    return sum(goes_into_calendar(status_of(item.done, item.carried), item.due) for item in items)


def _row(item: ActionItem, letters: dict[int | None, str]) -> ActionRow:
    status = status_of(item.done, item.carried)
    return ActionRow(
        int(item.id or 0),
        item.text,
        item.theme_id,
        tint(letters[item.theme_id]) if item.theme_id in letters else None,
        item.owner,
        item.due,
        status,
        lacks(ActionFields(item.text, owner=item.owner, due=item.due), status),
        is_overdue(status, item.due, date.today()),
    )


def _bare(theme: Theme) -> ShownTheme:
    return ShownTheme(int(theme.id or 0), theme.name, theme.letter)


async def load_earlier(db: AsyncSession, session_id: int, moderator_id: int) -> EarlierView:
    """What the group left to be done in the ended sessions that this moderator leads, oldest session first."""
    session = await sessions.existing(db, session_id)
    found = await actions.open_elsewhere(db, session_id, moderator_id)
    own = [pair for pair in found if is_same_group(pair[1].group_name, session.group_name)]
    return EarlierView(session_id, session.seq, session.group_name, _earlier(own))


def _earlier(found: Sequence[tuple[ActionItem, ModerationSession]]) -> tuple[EarlierAction, ...]:
    today = date.today()
    return tuple(
        EarlierAction(
            int(item.id or 0),
            item.text,
            item.owner,
            item.due,
            is_overdue(ActionStatus.OPEN, item.due, today),
            int(home.id or 0),
            home.held_on,
        )
        for item, home in found
    )
