"""The big screen: what everybody in the room sees together in each phase."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterable
from urllib.parse import urlsplit

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.agenda import count_questions, numbered
from app.domain.attendance import Standing
from app.domain.phases import Phase, Status
from app.domain.presence import Presence
from app.domain.turns import next_in_turn
from app.screens import big_screen_board, figures, qr
from app.screens.big_screen_view import (
    MOST_NAMED,
    BigScreenView,
    Invitation,
    JoinWay,
    People,
    Result,
    ShownAction,
    ShownQuestion,
    ShownStatement,
    ShownTheme,
    Timer,
)
from app.screens.result_order import in_result_order
from app.settings import Settings, settings
from app.store import actions, hand_counts, questions, sessions, statements, themes
from app.store.attendance import standing_of
from app.store.tables import ModerationSession, Question, RoundTheme, Statement, Theme

FRAGMENTS = {
    "stage": "big_screen/stage.html",
    "counts": "big_screen/counts.html",
    "footer": "big_screen/footer.html",
    "attendance": "big_screen/attendance.html",
}
# The footer names those that are still without a theme.
WITH_STATEMENTS = frozenset({"stage", "footer"})
COUNTS = ("counts",)


async def load(db: AsyncSession, session_id: int, presence: Presence) -> BigScreenView:
    """What the room sees now; what a phase may not show is not asked of the database."""
    view = await load_counts(db, session_id, presence)
    if view.scene == "ended":
        return dataclasses.replace(view, actions=await _actions(db, session_id))
    session = await sessions.by_id(db, session_id)
    question = await sessions.current_question(db, session) if session else None
    if question is None:
        return view
    if view.scene == "collect" and view.in_public:
        return dataclasses.replace(view, statements=_shown(await statements.released(db, int(question.id or 0))))
    return await _with_statements(db, view, question) if view.scene == "themes" else view


async def load_counts(db: AsyncSession, session_id: int, presence: Presence) -> BigScreenView:
    """The same but for the statements, which are counted and not read: it costs the same on a full board."""
    session = await sessions.existing(db, session_id)
    question = await sessions.current_question(db, session)
    view = BigScreenView(
        seq=session.seq,
        key=session.big_screen_key,
        title=session.title,
        group=session.group_name,
        scene="join",
        join=join_way(session, settings()),
        connected=presence.connected,
        attendance=await _invitation(db, session),
    )
    if session.status == Status.ENDED:
        return dataclasses.replace(view, scene="ended")
    if session.status == Status.DRAFT or question is None or question.phase == Phase.WAITING:
        return view
    view = dataclasses.replace(
        view, question=await _question(db, session_id, question), timer=_timer(question, time.time())
    )
    if question.phase == Phase.PAUSE:
        return dataclasses.replace(view, scene="pause")
    if question.phase == Phase.COLLECT:
        return await _collect(db, view, question, presence)
    if question.phase == Phase.VOTE:
        return await _vote(db, view, question, presence)
    if question.phase == Phase.RESULT and Phase.VOTE in questions.phases_of(question):
        return await _result(db, view, question)
    return await _themes(db, view, question)


async def _invitation(db: AsyncSession, session: ModerationSession) -> Invitation | None:
    """The way to the attendance list, while it is open."""
    if await standing_of(db, session, time.time()) != Standing.OPEN:
        return None
    own = settings()
    address = f"{own.base_url}/attendance/{session.attendance_key}"
    return Invitation(address, None if own.is_loopback else qr.draw(address))


def join_way(session: ModerationSession, own: Settings) -> JoinWay:
    """The code, the address to type, and the QR code that carries the join key."""
    link = f"{own.base_url}/j/{session.join_key}"
    reachable = session.code is not None and not own.is_loopback
    drawn = qr.draw(link) if reachable else None
    return JoinWay(session.code, urlsplit(own.base_url).netloc, drawn, session.door_open)


async def _question(db: AsyncSession, session_id: int, question: Question) -> ShownQuestion:
    agenda = await questions.of_session(db, session_id)
    number = next(number for number, item in numbered(agenda) if item.id == question.id)
    return ShownQuestion(number, count_questions(agenda), question.text)


def _timer(question: Question, now: float) -> Timer:
    timer = questions.timer_of(question)
    return Timer(timer.seconds_left(now), timer.is_running)


async def _collect(db: AsyncSession, view: BigScreenView, question: Question, presence: Presence) -> BigScreenView:
    question_id = int(question.id or 0)
    return dataclasses.replace(
        view,
        scene="collect",
        people=_people(presence.submitted, presence.connected),
        statement_count=(await statements.counts(db, question_id)).all,
        in_public=question.statements_on_big_screen,
        themes=tuple(ShownTheme(theme.name, theme.letter) for theme in await themes.of_question(db, question_id)),
    )


async def _themes(db: AsyncSession, view: BigScreenView, question: Question) -> BigScreenView:
    question_id = int(question.id or 0)
    shown, grouped = await statements.counts_on_board(db, question_id)
    return dataclasses.replace(
        view,
        scene="themes",
        themes=tuple(ShownTheme(theme.name, theme.letter) for theme in await themes.of_question(db, question_id)),
        statement_count=shown,
        loose=shown - grouped,
        is_over=question.phase == Phase.RESULT,
        not_voted=question.phase == Phase.RESULT and Phase.VOTE in questions.phases_of(question),
    )


async def _with_statements(db: AsyncSession, view: BigScreenView, question: Question) -> BigScreenView:
    board = await big_screen_board.load(db, question)
    return dataclasses.replace(await with_names(db, view, question), themes=board.themes, board=board)


async def with_names(db: AsyncSession, view: BigScreenView, question: Question) -> BigScreenView:
    """The statements without a theme, to be named; while clustering only the last few, since more are a number."""
    if not view.loose or (view.loose > MOST_NAMED and not view.is_over):
        return view
    loose = await statements.unclustered(db, int(question.id or 0))
    return dataclasses.replace(view, apart=tuple(ShownStatement(key, text) for key, text in loose))


async def _vote(db: AsyncSession, view: BigScreenView, question: Question, presence: Presence) -> BigScreenView:
    vote = await questions.last_round(db, int(question.id or 0))
    if vote is None or view.question is None:
        return view
    voted_on = await questions.themes_of_round(db, int(vote.id or 0))
    return dataclasses.replace(
        view,
        scene="vote",
        question=dataclasses.replace(view.question, budget=vote.budget, round=vote.number),
        people=_people(presence.ready, presence.connected),
        themes=tuple(ShownTheme(theme.name, theme.letter) for theme in voted_on),
    )


async def _result(db: AsyncSession, view: BigScreenView, question: Question) -> BigScreenView:
    vote = await questions.last_round(db, int(question.id or 0))
    if vote is None or not vote.closed:
        return await _themes(db, view, question)
    counted = await questions.themes_of_round(db, int(vote.id or 0))
    by_hand = await hand_counts.of_round(db, int(vote.id or 0))
    present = {int(theme.id or 0): theme for theme in await themes.of_question(db, int(question.id or 0))}
    points = {theme.theme_id: theme.points or None for theme in counted}
    named: dict[int, Theme | RoundTheme] = {**present, **{theme.theme_id: theme for theme in counted}}
    order = in_result_order(counted, present, by_hand)
    shown = tuple(
        ShownTheme(named[key].name, named[key].letter, (), points.get(key), key, by_hand=by_hand.get(key))
        for key in order
    )
    carried = await _carried_from_the_top(db, int(question.session_id), order)
    told, standing = await figures.load(db, vote, counted), await figures.load_standing(db, vote)
    result = Result(shown, vote.ballots, carried, vote.number, told, standing)
    return dataclasses.replace(view, scene="result", result=result)


async def _carried_from_the_top(db: AsyncSession, session_id: int, order: list[int]) -> int:
    """How many of the first themes the next question is about; 0 unless it is about exactly those."""
    following = next_in_turn(await questions.of_session(db, session_id))
    if following is None:
        return 0
    carried = {theme.carried_from for theme in await themes.of_question(db, int(following.id or 0))} - {None}
    return len(carried) if carried and carried == set(order[: len(carried)]) else 0


async def _actions(db: AsyncSession, session_id: int) -> tuple[ShownAction, ...]:
    return tuple(
        ShownAction(action.text, action.owner, action.due, action.done)
        for action in await actions.of_session(db, session_id)
    )


def _people(number: int | None, connected: int) -> People:
    """Who has left may have done something, and nobody should read "18 of 17"."""
    return People(number, max(connected, number or 0))


def _shown(rows: Iterable[Statement]) -> tuple[ShownStatement, ...]:
    return tuple(ShownStatement(row.id, row.text) for row in rows)
