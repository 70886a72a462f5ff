"""The report of a session, built once from the store; every export writes it in its own format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.actions import is_overdue, status_of
from app.domain.agenda import numbered
from app.domain.phases import Phase, Status
from app.domain.report import Report, ReportAction, ReportAttendee
from app.domain.report_questions import ReportQuestion, ReportStatement, ReportTheme
from app.screens.report_votes import Vote, votes_on
from app.screens.result_order import in_result_order
from app.store import actions, people, questions, sessions, statements, themes
from app.store.tables import ActionItem, ModerationSession, Question, RoundTheme, Statement, Theme


async def build_report(db: AsyncSession, session_id: int) -> Report:
    """The report of a session as it stands now. Raises SessionGone when there is no such session."""
    session = await sessions.existing(db, session_id)
    found = [await _found(db, question) for question in await questions.of_session(db, session_id)]
    ids = {
        key: f"q{number}-t{place}"
        for number, one in enumerate(found, 1)
        for place, key in enumerate(one.in_result_order(), 1)
    }
    numbers = [number or 0 for number, _ in numbered(one.question for one in found)]
    asked = tuple(_question(one, place, numbers[place - 1], ids) for place, one in enumerate(found, 1))
    return _report(
        session,
        asked,
        tuple(_action(item, ids) for item in await actions.of_session(db, session_id)),
        tuple(ReportAttendee(person.name, person.role) for person in await people.attendees(db, session_id)),
    )


@dataclass(frozen=True)
class _Found:
    """The rows of one question that may be told."""

    question: Question
    themes: Sequence[Theme]
    votes: Sequence[Vote]
    statements: Mapping[int | None, tuple[ReportStatement, ...]]
    waiting: int
    hidden: int

    @property
    def last_vote(self) -> Vote | None:
        """The last one that was closed."""
        return next((vote for vote in reversed(self.votes) if vote.round.closed), None)

    @property
    def counted(self) -> Sequence[RoundTheme]:
        """The themes of that one."""
        return self.last_vote.themes if self.last_vote else ()

    @property
    def counted_by_hand(self) -> Mapping[int, int]:
        """The points that hands gave beside that one, by theme."""
        return self.last_vote.by_hand if self.last_vote else {}

    def in_result_order(self) -> list[int]:
        return in_result_order(self.counted, [int(theme.id or 0) for theme in self.themes], self.counted_by_hand)


async def _found(db: AsyncSession, question: Question) -> _Found:
    key = int(question.id or 0)
    under: dict[int | None, list[ReportStatement]] = {}
    board = await statements.released_or_hidden(db, key)
    shown = [statement for statement in board if not statement.hidden]
    if question.phase == Phase.COLLECT:
        # While collecting, the board's order still follows that of the batches; random keys tell nothing.
        shown = sorted(shown, key=lambda statement: statement.id)
    for statement in shown:
        under.setdefault(statement.theme_id, []).append(_statement(statement))
    return _Found(
        question,
        await themes.of_question(db, key),
        await votes_on(db, key),
        {theme: tuple(texts) for theme, texts in under.items()},
        (await statements.counts(db, key)).waiting,
        len(board) - len(shown) + question.hidden_elsewhere,
    )


def _statement(row: Statement) -> ReportStatement:
    return ReportStatement("" if row.redacted else row.text, row.redacted)


def _question(found: _Found, place: int, number: int, ids: Mapping[int, str]) -> ReportQuestion:
    question = found.question
    return ReportQuestion(
        id=f"q{place}",
        number=number,
        text=question.text,
        kind=question.kind,
        phases=tuple(str(phase) for phase in questions.phases_of(question)),
        phase=question.phase,
        budget=question.budget,
        limit_per_theme=question.limit_per_theme,
        max_length=question.max_length,
        most_statements=question.most_statements,
        rounds=tuple(vote.told(ids) for vote in found.votes),
        themes=tuple(_theme(found, key, ids) for key in found.in_result_order()),
        unclustered=found.statements.get(None, ()),
        waiting=found.waiting,
        hidden=found.hidden,
        minutes=question.minutes,
        skipped=question.skipped,
        statements_on_phones=question.statements_on_phones,
        takes_proposals=question.takes_proposals,
        verifiable=question.verifiable,
    )


def _theme(found: _Found, key: int, ids: Mapping[int, str]) -> ReportTheme:
    points = next((voted.points for voted in found.counted if voted.theme_id == key), None) or None
    by_hand = found.counted_by_hand.get(key)
    place = next((place for place, theme in enumerate(found.themes, 1) if theme.id == key), None)
    if place is None:
        gone = next(voted for voted in found.counted if voted.theme_id == key)
        return ReportTheme(ids[key], gone.letter, gone.name, None, points, by_hand=by_hand)
    theme = found.themes[place - 1]
    carried = ids.get(theme.carried_from) if theme.carried_from else None
    texts = found.statements.get(key, ())
    return ReportTheme(ids[key], theme.letter, theme.name, place, points, carried, texts, by_hand)


def _action(item: ActionItem, ids: Mapping[int, str]) -> ReportAction:
    theme = ids.get(item.theme_id) if item.theme_id else None
    overdue = is_overdue(status_of(item.done, item.carried), item.due, date.today())
    return ReportAction(item.text, theme, item.owner, item.due, item.done, item.carried, item.uid, overdue)


def _report(
    session: ModerationSession,
    asked: tuple[ReportQuestion, ...],
    agreed: tuple[ReportAction, ...],
    present: tuple[ReportAttendee, ...],
) -> Report:
    return Report(
        session_id=int(session.id or 0),
        code=session.code if session.status != Status.ENDED else None,
        title=session.title,
        group=session.group_name,
        held_on=session.held_on,
        language=session.language,
        status=session.status,
        mixing=session.mixing,
        shared=session.report_shared,
        questions=asked,
        actions=agreed,
        attendees=present,
        starts_at=session.starts_at,
        names_in_report=session.names_in_report,
        roles_in_report=session.roles_in_report,
        made_at=datetime.now(UTC),
    )
