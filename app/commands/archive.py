"""A session from an archive: a new one with a new id and no code, in the same tables as any other."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands.outcome import Outcome
from app.domain import ranks
from app.domain.phases import Phase, Status
from app.domain.refusals import Reason, Refusal
from app.domain.report import Report
from app.domain.report_questions import ReportQuestion, ReportTheme
from app.domain.report_rounds import ReportFigure, ReportRound
from app.domain.verification import hash_begins
from app.store import sessions, statements
from app.store.tables import (
    ActionItem,
    Attendee,
    Ballot,
    HandCount,
    ModerationSession,
    Question,
    Round,
    RoundTheme,
    Theme,
    random_key,
)


@dataclass(frozen=True)
class Imported:
    """What was made: the session's id, and whether it is one still to be held."""

    session_id: int
    is_draft: bool


async def bring_in(db: AsyncSession, moderator_id: int, report: Report) -> Outcome:
    """Write the session of an archive that was checked; the answer says which one it is.

    One that was open when it was exported comes in as ended: its people and its code are elsewhere.
    """
    return Outcome([], await _write(db, moderator_id, report))


async def load_examples(db: AsyncSession, moderator_id: int, reports: Sequence[Report]) -> Outcome:
    """The example sessions, all or none; the answer is how many. Raises Refusal when one of them is there already."""
    own = {(one.title, one.group_name, one.held_on) for one in await sessions.of_moderator(db, moderator_id)}
    if any((report.title, report.group, report.held_on) in own for report in reports):
        raise Refusal(Reason.EXAMPLES_ARE_THERE)
    for report in reports:
        await _write(db, moderator_id, report)
    return Outcome([], len(reports))


async def _write(db: AsyncSession, moderator_id: int, report: Report) -> Imported:
    is_draft = report.status == Status.DRAFT
    session = ModerationSession(
        moderator_id=moderator_id,
        title=report.title,
        group_name=report.group,
        held_on=report.held_on,
        language=report.language,
        status=Status.DRAFT if is_draft else Status.ENDED,
        mixing=report.mixing,
        report_shared=report.shared,
        starts_at=report.starts_at,
        names_in_report=report.names_in_report,
        roles_in_report=report.roles_in_report,
        ended_at=None if is_draft else int(time.time()),
    )
    db.add(session)
    await db.flush()
    session_id = int(session.id or 0)
    asked = [_asked(session_id, place, question, report) for place, question in enumerate(report.questions)]
    await _add(db, asked)
    keys = await _write_themes(db, report, asked)
    for row, question in zip(asked, report.questions, strict=True):
        await _write_rounds(db, int(row.id or 0), question, keys)
        await _write_statements(db, int(row.id or 0), question, keys)
    await _write_lists(db, session_id, report, keys)
    return Imported(session_id, is_draft)


async def _add(db: AsyncSession, rows: Sequence[Any]) -> None:
    """Written now and in this order, so that their ids rise."""
    db.add_all(rows)
    await db.flush()


def _asked(session_id: int, place: int, question: ReportQuestion, report: Report) -> Question:
    return Question(
        session_id=session_id,
        position=place,
        text=question.text,
        kind=question.kind,
        phases=",".join(question.phases),
        phase=_phase_afterwards(question, report),
        budget=question.budget,
        limit_per_theme=question.limit_per_theme,
        max_length=question.max_length,
        most_statements=question.most_statements,
        statements_on_phones=question.statements_on_phones,
        takes_proposals=question.takes_proposals,
        verifiable=question.verifiable,
        minutes=dict(question.minutes),
        skipped=question.skipped,
        hidden_elsewhere=question.hidden,
    )


def _phase_afterwards(question: ReportQuestion, report: Report) -> str:
    """Where a question stands that nobody can lead on: no longer collecting, as when a session ends, nor voting."""
    if report.status == Status.OPEN and question.phase == Phase.COLLECT:
        return Phase.RESULT
    if question.phase == Phase.VOTE:
        return Phase.CLUSTER if Phase.CLUSTER in question.phases else Phase.RESULT
    return question.phase


async def _write_themes(db: AsyncSession, report: Report, asked: Sequence[Question]) -> dict[str, int]:
    """The themes on the boards; the keys of all themes in the archive, also of those that were removed since."""
    keys: dict[str, int] = {}
    carried: list[tuple[Theme, str]] = []
    for row, question in zip(asked, report.questions, strict=True):
        present = sorted((theme for theme in question.themes if theme.position), key=lambda theme: theme.position or 0)
        made = [
            Theme(question_id=int(row.id or 0), name=theme.name, letter=theme.letter, rank=rank)
            for theme, rank in zip(present, ranks.evenly(len(present)), strict=True)
        ]
        await _add(db, made)
        keys |= {theme.id: int(one.id or 0) for theme, one in zip(present, made, strict=True)}
        carried += [(one, theme.carried_from) for one, theme in zip(made, present, strict=True) if theme.carried_from]
        gone = [theme for theme in question.themes if not theme.position]
        keys |= dict(zip([theme.id for theme in gone], await _keys_of_gone(db, int(row.id or 0), gone), strict=True))
    for one, source in carried:
        one.carried_from = keys[source]
    return keys


async def _keys_of_gone(db: AsyncSession, question_id: int, gone: Sequence[ReportTheme | ReportFigure]) -> list[int]:
    """Keys that no theme has, nor will have: rounds still name themes that were removed since."""
    rows = [Theme(question_id=question_id, name=one.name, letter=one.letter, rank="") for one in gone]
    await _add(db, rows)
    keys = [int(row.id or 0) for row in rows]
    for row in rows:
        await db.delete(row)
    await db.flush()
    return keys


async def _write_rounds(db: AsyncSession, question_id: int, question: ReportQuestion, keys: Mapping[str, int]) -> None:
    """The closed votes; one that was open has no figures to bring in."""
    for vote in question.rounds:
        if not vote.closed:
            continue
        made = Round(
            question_id=question_id,
            number=vote.number,
            budget=vote.budget,
            limit_per_theme=vote.limit_per_theme,
            closed=True,
            ballots=vote.ballots,
            verifiable=vote.verifiable,
            stable=vote.stable,
        )
        await _add(db, [made])
        unnamed = [figure for figure in vote.figures if figure.theme is None]
        spare = iter(await _keys_of_gone(db, question_id, unnamed))
        figures = list(_figures(int(made.id or 0), vote, keys, spare))
        await _add(db, figures)
        await _add(db, list(_ballots(int(made.id or 0), vote, [figure.theme_id for figure in figures])))
        await _add(db, list(_hand_counts(figures, vote)))


def _figures(round_id: int, vote: ReportRound, keys: Mapping[str, int], spare: Iterator[int]) -> Iterator[RoundTheme]:
    for place, figure in enumerate(vote.figures):
        yield RoundTheme(
            round_id=round_id,
            theme_id=keys[figure.theme] if figure.theme is not None else next(spare),
            tie_order=place,
            letter=figure.letter,
            name=figure.name,
            points=None if vote.ballots is None else figure.points or 0,
            # One or two, where points were given: that many is told nowhere, so none is kept here.
            givers=figure.givers if figure.points or vote.ballots is None else 0,
            spread=figure.spread,
        )


def _ballots(round_id: int, vote: ReportRound, themes: Sequence[int]) -> Iterator[Ballot]:
    """The ballots of a vote that tells them, under keys that are nobody's; of a hash the code is all there is."""
    for ballot in vote.each:
        yield Ballot(
            round_id=round_id,
            voter_key=secrets.token_hex(32),
            revision=secrets.randbelow(2**31),
            points={str(theme): points for theme, points in zip(themes, ballot.points, strict=True) if points},
            secret_hash=hash_begins(ballot.code) if ballot.code is not None else None,
        )


def _hand_counts(rows: Sequence[RoundTheme], vote: ReportRound) -> Iterator[HandCount]:
    for row, figure in zip(rows, vote.figures, strict=True):
        if figure.by_hand is not None:
            yield HandCount(round_id=row.round_id, theme_id=row.theme_id, points=figure.by_hand)


async def _write_statements(
    db: AsyncSession, question_id: int, question: ReportQuestion, keys: Mapping[str, int]
) -> None:
    """Shown, unsigned and without a receipt, in the order of the file, which is that of the board."""
    grouped = [(keys[theme.id], theme.statements) for theme in question.themes if theme.position]
    rows = [
        {"theme_id": theme, "rank": rank, "text": one.text, "redacted": one.redacted}
        for theme, texts in [(None, question.unclustered), *grouped]
        for one, rank in zip(texts, ranks.evenly(len(texts)), strict=True)
    ]
    facts: dict[str, Any] = {
        "question_id": question_id,
        "released": True,
        "late": False,
        "hidden": False,
        "retracted": False,
    }
    facts |= {"revision": 1, "receipt_hash": None}
    if rows:
        ids = sorted(random_key() for _ in rows)
        await statements.add_all(db, [{**facts, **row, "id": id} for row, id in zip(rows, ids, strict=True)])


async def _write_lists(db: AsyncSession, session_id: int, report: Report, keys: Mapping[str, int]) -> None:
    await _add(
        db,
        [
            ActionItem(
                session_id=session_id,
                text=action.text,
                theme_id=keys[action.theme] if action.theme else None,
                owner=action.owner,
                due=action.due,
                done=action.done,
                carried=action.carried,
                uid=action.uid or secrets.token_hex(16),
            )
            for action in report.actions
        ],
    )
    # Rising keys, so that two people of one name keep their order.
    ids = sorted(random_key() for _ in report.attendees)
    people = zip(ids, report.attendees, strict=True)
    await _add(db, [Attendee(id=id, session_id=session_id, name=one.name, role=one.role) for id, one in people])
