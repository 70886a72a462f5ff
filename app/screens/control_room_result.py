"""The result of a question for the control room: its ranking, and the themes a follow-up question may carry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.agenda import numbered
from app.domain.phases import Phase
from app.domain.tally import has_ballot_too_many
from app.screens.control_room_board_view import ShownStatement, ShownTheme
from app.screens.control_room_view import FollowUpChoice, Result
from app.screens.result_order import in_result_order
from app.store import questions, statements, themes
from app.store.tables import Question, Statement

PRESELECTED = 3


async def result_of(db: AsyncSession, question: Question) -> Result:
    """The closed vote, or the themes as they are when the question has none."""
    question_id = int(question.id or 0)
    shown, loose = await grouped(db, question_id)
    vote = await questions.last_round(db, question_id)
    choices = await _follow_ups(db, question)
    is_planned = Phase.VOTE in questions.phases_of(question)
    if vote is None or not is_planned:
        return Result(shown, loose, has_vote=False, was_planned=is_planned, follow_ups=choices)
    ranked = tuple(await _ranked(db, int(vote.id or 0), shown))
    return Result(
        ranked,
        loose,
        is_few=vote.ballots is None,
        voters=vote.ballots,
        connected=vote.connected if has_ballot_too_many(vote.ballots, vote.connected) else None,
        points=sum(theme.points or 0 for theme in ranked),
        round=vote.number,
        follow_ups=choices,
    )


async def _ranked(db: AsyncSession, round_id: int, shown: Sequence[ShownTheme]) -> list[ShownTheme]:
    """Themes by falling points, as they were called when the vote opened."""
    now = {theme.id: theme for theme in shown}
    counted = await questions.themes_of_round(db, round_id)
    voted = {theme.theme_id: theme for theme in counted}
    return [
        ShownTheme(
            key,
            voted[key].name,
            voted[key].letter,
            now[key].statements if key in now else (),
            voted[key].points or None,
        )
        if key in voted
        else now[key]
        for key in in_result_order(counted, now)
    ]


async def _follow_ups(db: AsyncSession, current: Question) -> tuple[FollowUpChoice, ...]:
    """The themes of all results so far, those of the current question first."""
    agenda = list(await questions.of_session(db, current.session_id))
    numbers = {item.id: number for number, item in numbered(agenda)}
    done = [question for question in agenda if question.phase == Phase.RESULT and question.id != current.id]
    choices: list[FollowUpChoice] = []
    for question in [current, *reversed(done)]:
        shown = (await grouped(db, int(question.id or 0)))[0]
        vote = await questions.last_round(db, int(question.id or 0))
        ranked = await _ranked(db, int(vote.id or 0), shown) if vote and vote.closed else list(shown)
        is_own = question.id == current.id
        choices += [
            FollowUpChoice(
                theme.id,
                theme.name,
                theme.points,
                numbers[question.id],
                is_own and bool(theme.points) and place < PRESELECTED,
                is_own,
            )
            for place, theme in enumerate(ranked)
        ]
    return tuple(choices)


def shown_of(rows: Iterable[Statement]) -> tuple[ShownStatement, ...]:
    """Statements as the template draws them."""
    return tuple(ShownStatement(row.id, row.text) for row in rows)


async def grouped(db: AsyncSession, question_id: int) -> tuple[tuple[ShownTheme, ...], tuple[ShownStatement, ...]]:
    """The themes in board order with their statements, and the statements without a theme."""
    under: dict[int | None, list[ShownStatement]] = {}
    for key, theme_id, text in await statements.texts(db, question_id):
        under.setdefault(theme_id, []).append(ShownStatement(key, text))
    shown = tuple(
        ShownTheme(int(theme.id or 0), theme.name, theme.letter, tuple(under.get(theme.id, ())))
        for theme in await themes.of_question(db, question_id)
    )
    return shown, tuple(under.get(None, ()))
