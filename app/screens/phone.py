"""The participant's phone: reads what its one scene shows; of an open vote neither ballots nor points."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.agenda import Kind, count_questions, numbered
from app.domain.phases import LATE_SECONDS_WITHOUT_CLUSTER, Phase, Status, accepts_late_statements, standing
from app.domain.presence import Presence
from app.domain.proposals import takes_proposals
from app.domain.themes import tint
from app.domain.turns import next_in_turn
from app.domain.verification import tells_ballots
from app.screens import figures
from app.screens.phone_view import (
    AgreedAction,
    Ended,
    PhoneView,
    Result,
    ShownQuestion,
    ShownStatement,
    ShownTheme,
    Timer,
    VerifiableVote,
    Vote,
)
from app.screens.result_order import in_result_order
from app.store import actions, hand_counts, questions, sessions, statements, themes
from app.store.tables import ModerationSession, Question, Round, RoundTheme, Statement, Theme

FRAGMENTS = {
    "header": "phone/header.html",
    "scene": "phone/scene.html",
    "counts": "phone/counts.html",
    # Inside the scene of a pause, and redrawn alone when its time changes.
    "pause-time": "phone/pause_time.html",
    # Inside the scene of grouping, and redrawn alone when a theme is made, renamed or gone.
    "themes-to-choose": "phone/themes_to_choose.html",
}
WITH_STATEMENTS = frozenset({"scene"})
COUNTS = ("counts",)
# Collecting while the moderator takes no new statements.
PAUSED = "collect-closed"


async def load(db: AsyncSession, session_id: int, presence: Presence) -> PhoneView:
    """What all phones of a session show now."""
    return await _load(db, session_id, presence, with_statements=True)


async def load_counts(db: AsyncSession, session_id: int, presence: Presence) -> PhoneView:
    """The same without what the scene alone shows, of which there may be thousands."""
    return await _load(db, session_id, presence, with_statements=False)


async def _load(db: AsyncSession, session_id: int, presence: Presence, with_statements: bool) -> PhoneView:
    session = await sessions.existing(db, session_id)
    agenda = await questions.of_session(db, session_id)
    question = next((one for one in agenda if one.id == session.current_question_id), None)
    kind = _kind(session, question)
    shown = question if kind not in ("waiting", "ended") else None
    vote = await _round(db, shown, kind)
    takes_late, late_seconds = _late(shown)
    view = PhoneView(
        code=session.code or "",
        mark=hashlib.sha256(session.join_key.encode()).hexdigest()[:16],
        seq=session.seq,
        title=session.title,
        group=session.group_name,
        kind=kind,
        scene=_scene(kind, shown, vote),
        connected=presence.connected,
        question_count=count_questions(agenda),
        question=await _question(db, shown, agenda, with_statements) if shown else None,
        takes_late=takes_late,
        late_seconds=late_seconds,
        timer=_timer(shown),
    )
    if not with_statements:
        return view
    return replace(
        view,
        vote=await _vote(db, shown, vote) if shown and vote and kind == "vote" else None,
        result=await _result(db, shown, vote, agenda) if shown and kind == "result" else None,
        ended=await _ended(db, session, agenda) if kind == "ended" else None,
    )


def _kind(session: ModerationSession, question: Question | None) -> str:
    if session.status == Status.ENDED:
        return "ended"
    if session.status != Status.OPEN or question is None:
        return "waiting"
    phase = Phase(question.phase)
    return str(phase) if standing(phase, question.accepts_statements) == phase else PAUSED


def _late(question: Question | None) -> tuple[bool, int | None]:
    """Whether text typed in time may still be sent, and for how many seconds where that has an end."""
    if question is None or Phase.COLLECT not in (through := questions.phases_of(question)):
        return False, None
    phase = questions.standing_of(question)
    since = time.time() - (question.collecting_closed_at or 0)
    if not accepts_late_statements(phase, through, since):
        return False, None
    return True, None if phase == Phase.CLUSTER else int(LATE_SECONDS_WITHOUT_CLUSTER - since)


def _scene(kind: str, question: Question | None, vote: Round | None) -> str:
    if question is None:
        return kind
    return f"q{question.id}-{kind}" + (f"-r{vote.number}" if vote else "")


async def _round(db: AsyncSession, question: Question | None, kind: str) -> Round | None:
    if question is None or kind not in (Phase.VOTE, Phase.RESULT):
        return None
    vote = await questions.last_round(db, int(question.id or 0))
    return vote if vote is None or kind == Phase.VOTE or vote.closed else None


async def _question(
    db: AsyncSession, question: Question, agenda: Sequence[Question], with_statements: bool
) -> ShownQuestion:
    question_id, is_collecting = int(question.id or 0), question.phase == Phase.COLLECT
    proposes = takes_proposals(question.takes_proposals, Phase(question.phase))
    given: Sequence[Theme] = ()
    if (question.kind == Kind.GUIDED and is_collecting) or proposes:
        given = await themes.of_question(db, question_id)
    group: Sequence[Statement] | None = None
    if question.statements_on_phones and is_collecting and with_statements:
        group = await statements.released(db, question_id)
    return ShownQuestion(
        id=question_id,
        number=next(number for number, item in numbered(agenda) if item.id == question.id),
        text=question.text,
        max_length=question.max_length,
        collects=Phase.COLLECT in questions.phases_of(question),
        themes=tuple(ShownTheme(int(theme.id or 0), theme.name, theme.letter, tint(theme.letter)) for theme in given),
        statements=None if group is None else tuple(ShownStatement(one.id, one.text) for one in group),
        proposes=proposes,
        verifiable=question.verifiable and Phase.VOTE in questions.phases_of(question),
    )


def _timer(question: Question | None) -> Timer | None:
    timer = questions.timer_of(question) if question else None
    left = timer.seconds_left(time.time()) if timer else None
    return None if timer is None or left is None else Timer(left, timer.is_running)


async def _vote(db: AsyncSession, question: Question, vote: Round) -> Vote:
    by_theme = _by_theme(await statements.released(db, int(question.id or 0)))
    in_vote = await questions.themes_of_round(db, int(vote.id or 0))
    shown = tuple(
        ShownTheme(theme.theme_id, theme.name, theme.letter, tint(theme.letter), by_theme.get(theme.theme_id, ()))
        for theme in in_vote
    )
    return Vote(int(vote.id or 0), vote.budget, vote.limit_per_theme, shown, vote.number, vote.verifiable)


async def _result(db: AsyncSession, question: Question, vote: Round | None, agenda: Sequence[Question]) -> Result:
    by_theme = _by_theme(await statements.released(db, int(question.id or 0)))
    counted = await questions.themes_of_round(db, int(vote.id or 0)) if vote else ()
    by_hand = await hand_counts.of_round(db, int(vote.id or 0)) if vote else {}
    present = {int(theme.id or 0): theme for theme in await themes.of_question(db, int(question.id or 0))}
    points = {theme.theme_id: theme.points or None for theme in counted}
    shown = [
        ShownTheme(
            key,
            theme.name,
            theme.letter,
            tint(theme.letter),
            by_theme.get(key, ()),
            points.get(key),
            by_hand.get(key),
        )
        for key, theme in _named(counted, present, by_hand)
    ]
    return Result(
        round=vote.id if vote else None,
        themes=tuple(shown),
        without_theme=by_theme.get(None, ()),
        is_few=vote is not None and vote.ballots is None,
        not_voted=vote is None and Phase.VOTE in questions.phases_of(question),
        voters=(vote.ballots or 0) if vote else 0,
        follow_up_themes=await _follow_up_themes(db, agenda),
        verifiable=vote is not None and vote.verifiable,
        tells_ballots=vote is not None and tells_ballots(vote.verifiable, vote.ballots),
        figures=await figures.load(db, vote, counted) if vote else None,
        standing=await figures.load_standing(db, vote) if vote else None,
    )


def _named(
    counted: Sequence[RoundTheme], present: dict[int, Theme], by_hand: Mapping[int, int]
) -> list[tuple[int, RoundTheme | Theme]]:
    """The themes in result order, as they were called when the vote opened."""
    by_id: dict[int, RoundTheme | Theme] = {**present, **{theme.theme_id: theme for theme in counted}}
    return [(key, by_id[key]) for key in in_result_order(counted, present, by_hand)]


async def _follow_up_themes(db: AsyncSession, agenda: Sequence[Question]) -> int:
    """How many carried themes the next question asks about; 0 when it is no follow-up."""
    following = next_in_turn(agenda)
    if following is None or following.kind != Kind.GUIDED:
        return 0
    carried = await themes.of_question(db, int(following.id or 0))
    return sum(theme.carried_from is not None for theme in carried)


async def _ended(db: AsyncSession, session: ModerationSession, agenda: Sequence[Question]) -> Ended:
    counts = [await statements.counts(db, int(question.id or 0)) for question in agenda]
    agreed = await actions.of_session(db, int(session.id or 0))
    return Ended(
        statements=sum(count.released for count in counts),
        actions=tuple(AgreedAction(action.text, action.owner, action.due) for action in agreed),
        report_is_shared=session.report_shared,
        verifiable=await _verifiable(db, agenda),
    )


async def _verifiable(db: AsyncSession, agenda: Sequence[Question]) -> tuple[VerifiableVote, ...]:
    """The votes whose ballots the report tells, for which a code is of use."""
    told: list[VerifiableVote] = []
    for number, question in numbered(agenda):
        votes = await questions.rounds_of(db, int(question.id or 0))
        for vote in votes:
            if number is not None and vote.closed and tells_ballots(vote.verifiable, vote.ballots):
                told.append(VerifiableVote(int(vote.id or 0), number, vote.number))
    return tuple(told)


def _by_theme(shown: Iterable[Statement]) -> dict[int | None, tuple[ShownStatement, ...]]:
    in_themes = sorted(shown, key=lambda statement: statement.theme_id or 0)
    return {
        theme: tuple(ShownStatement(statement.id, statement.text) for statement in some)
        for theme, some in groupby(in_themes, key=lambda statement: statement.theme_id)
    }
