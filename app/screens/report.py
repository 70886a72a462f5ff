"""The report of a session, built once from the store; every export writes it in its own format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.agenda import numbered
from app.domain.anonymity import is_few
from app.domain.phases import Phase, Status
from app.domain.report import (
    Report,
    ReportAction,
    ReportAttendee,
    ReportFigure,
    ReportQuestion,
    ReportRound,
    ReportTheme,
)
from app.screens.result_order import in_result_order
from app.store import actions, people, questions, sessions, statements, themes
from app.store.tables import ActionItem, ModerationSession, Question, Round, RoundTheme, Theme


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
    rounds: Sequence[tuple[Round, Sequence[RoundTheme]]]
    statements: Mapping[int | None, tuple[str, ...]]
    waiting: int
    hidden: int

    @property
    def counted(self) -> Sequence[RoundTheme]:
        """The themes of the last closed round."""
        return next((voted for vote, voted in reversed(self.rounds) if vote.closed), ())

    def in_result_order(self) -> list[int]:
        return in_result_order(self.counted, [int(theme.id or 0) for theme in self.themes])


async def _found(db: AsyncSession, question: Question) -> _Found:
    key = int(question.id or 0)
    under: dict[int | None, list[str]] = {}
    board = await statements.released_or_hidden(db, key)
    shown = [statement for statement in board if not statement.hidden]
    if question.phase == Phase.COLLECT:
        # While collecting, the board's order still follows that of the batches; random keys tell nothing.
        shown = sorted(shown, key=lambda statement: statement.id)
    for statement in shown:
        under.setdefault(statement.theme_id, []).append(statement.text)
    votes = await questions.rounds_of(db, key)
    return _Found(
        question,
        await themes.of_question(db, key),
        [(vote, await questions.themes_of_round(db, int(vote.id or 0))) for vote in votes],
        {theme: tuple(texts) for theme, texts in under.items()},
        (await statements.counts(db, key)).waiting,
        len(board) - len(shown) + question.hidden_elsewhere,
    )


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
        rounds=tuple(_round(vote, voted, ids) for vote, voted in found.rounds),
        themes=tuple(_theme(found, key, ids) for key in found.in_result_order()),
        unclustered=found.statements.get(None, ()),
        waiting=found.waiting,
        hidden=found.hidden,
        minutes=question.minutes,
        skipped=question.skipped,
        statements_on_phones=question.statements_on_phones,
        takes_proposals=question.takes_proposals,
    )


def _round(vote: Round, voted: Sequence[RoundTheme], ids: Mapping[int, str]) -> ReportRound:
    # An open round has no figures in the store either; not reading them here keeps that true whatever is stored.
    figures = tuple(
        ReportFigure(
            ids.get(theme.theme_id),
            theme.letter,
            theme.name,
            (theme.points or None) if vote.closed else None,
            theme.givers if vote.closed and not is_few(theme.givers or 0) else None,
        )
        for theme in voted
    )
    ballots = vote.ballots if vote.closed else None
    return ReportRound(vote.number, vote.budget, vote.limit_per_theme, vote.closed, ballots, figures)


def _theme(found: _Found, key: int, ids: Mapping[int, str]) -> ReportTheme:
    points = next((voted.points for voted in found.counted if voted.theme_id == key), None) or None
    place = next((place for place, theme in enumerate(found.themes, 1) if theme.id == key), None)
    if place is None:
        gone = next(voted for voted in found.counted if voted.theme_id == key)
        return ReportTheme(ids[key], gone.letter, gone.name, None, points)
    theme = found.themes[place - 1]
    carried = ids.get(theme.carried_from) if theme.carried_from else None
    return ReportTheme(ids[key], theme.letter, theme.name, place, points, carried, found.statements.get(key, ()))


def _action(item: ActionItem, ids: Mapping[int, str]) -> ReportAction:
    return ReportAction(item.text, ids.get(item.theme_id) if item.theme_id else None, item.owner, item.due, item.done)


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
    )
