"""The result of a question for the control room: its ranking, and the themes a follow-up question may carry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.agenda import numbered
from app.domain.hand_counts import weights
from app.domain.phases import Phase
from app.domain.tally import has_ballot_too_many
from app.screens import figures
from app.screens.control_room_board_view import ShownStatement, ShownTheme
from app.screens.control_room_view import FollowUpChoice, HandCounting, Result
from app.screens.result_order import in_result_order
from app.store import hand_counts, questions, statements, themes
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
    counted = await questions.themes_of_round(db, int(vote.id or 0))
    voted_on = {theme.theme_id for theme in counted}
    countable = tuple(theme for theme in ranked if theme.id in voted_on)
    return Result(
        ranked,
        loose,
        is_few=vote.ballots is None,
        voters=vote.ballots,
        connected=vote.connected if has_ballot_too_many(vote.ballots, vote.connected) else None,
        round=vote.number,
        figures=await figures.load(db, vote, counted),
        standing=await figures.load_standing(db, vote),
        follow_ups=choices,
        counting=HandCounting(int(vote.id or 0), countable, vote.ballots is not None) if vote.closed else None,
    )


async def _ranked(db: AsyncSession, round_id: int, shown: Sequence[ShownTheme]) -> list[ShownTheme]:
    """Themes by falling points, as they were called when the vote opened."""
    now = {theme.id: theme for theme in shown}
    counted, by_hand = await questions.themes_of_round(db, round_id), await hand_counts.of_round(db, round_id)
    voted = {theme.theme_id: theme for theme in counted}
    return [
        ShownTheme(
            key,
            voted[key].name,
            voted[key].letter,
            now[key].statements if key in now else (),
            voted[key].points or None,
            by_hand=by_hand.get(key),
        )
        if key in voted
        else now[key]
        for key in in_result_order(counted, now, by_hand)
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
        heaviest = _heaviest(ranked) if is_own else frozenset()
        choices += [
            FollowUpChoice(
                theme.id,
                theme.name,
                theme.points,
                numbers[question.id],
                theme.id in heaviest,
                is_own,
                theme.by_hand,
            )
            for theme in ranked
        ]
    return tuple(choices)


def _heaviest(ranked: Sequence[ShownTheme]) -> frozenset[int]:
    """The first themes that have points; counted by hand ones only where no ballots tell of any, as in their order."""
    by_hand = {theme.id: theme.by_hand for theme in ranked if theme.by_hand is not None}
    given = weights({theme.id: theme.points for theme in ranked}, by_hand)
    return frozenset(theme.id for theme in ranked[:PRESELECTED] if given.get(theme.id))


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
