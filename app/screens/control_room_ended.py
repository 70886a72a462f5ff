"""The control room of an ended session: what it brought, with the themes of each question in result order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.agenda import numbered
from app.domain.phases import Phase
from app.screens.control_room_board_view import ShownTheme
from app.screens.control_room_view import Ended, EndedQuestion, EndedTheme, HandCounting
from app.screens.result_order import in_result_order
from app.store import hand_counts, questions, redaction, statements, themes
from app.store.tables import ModerationSession, Question, Round, RoundTheme


async def ended_of(db: AsyncSession, session: ModerationSession) -> Ended:
    """Sums as the report has them, and per question the themes as they are called now."""
    session_id = int(session.id or 0)
    agenda = await questions.of_session(db, session_id)
    held = [one for one in agenda if one.phase not in (Phase.WAITING, Phase.PAUSE)]
    counted = [await statements.counts(db, int(one.id or 0)) for one in held]
    asked = [await _question(db, number or 0, one) for number, one in numbered(agenda)]
    carried = sum(theme.carried_from is not None for theme in await themes.of_session(db, session_id))
    return Ended(
        len(held),
        sum(count.all for count in counted),
        sum(len(question.themes) for question in asked) - carried,
        session.report_shared,
        tuple(question for question in asked if question.themes),
        await redaction.count_asked(db, session),
    )


async def _question(db: AsyncSession, number: int, question: Question) -> EndedQuestion:
    """What a vote gave to a theme that was removed since is told too; only its name stands."""
    question_id = int(question.id or 0)
    last = next((vote for vote in reversed(await questions.rounds_of(db, question_id)) if vote.closed), None)
    counted = await questions.themes_of_round(db, int(last.id or 0)) if last else ()
    by_hand = await hand_counts.of_round(db, int(last.id or 0)) if last else {}
    voted = {one.theme_id: one for one in counted}
    present = {int(theme.id or 0): theme for theme in await themes.of_question(db, question_id)}
    shown = []
    for key in in_result_order(counted, present, by_hand):
        named = present.get(key) or voted[key]
        points = (voted[key].points if key in voted else None) or None
        shown.append(EndedTheme(key, named.name, named.letter, points, key in present, by_hand.get(key)))
    return EndedQuestion(number, question.text, tuple(shown), _counting(last, voted, shown))


def _counting(last: Round | None, voted: Mapping[int, RoundTheme], shown: Sequence[EndedTheme]) -> HandCounting | None:
    """What hands were counted for can still be entered and put right."""
    if last is None:
        return None
    fields = [ShownTheme(one.id, one.name, one.letter, by_hand=one.by_hand) for one in shown if one.id in voted]
    return HandCounting(int(last.id or 0), tuple(fields), last.ballots is not None)
