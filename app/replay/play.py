"""The script of the evening: who does what when, from signing in to taking the report home."""

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from app.domain.limits import LARGEST_MOST_STATEMENTS
from app.replay.browser import Browser, Watch
from app.replay.file import read_session
from app.replay.live import Live
from app.replay.moderator import Moderator
from app.replay.participant import Participant
from app.replay.plan import QuestionPlan, plan_question
from app.replay.printed import PrintedQuestion, PrintedSession
from app.replay.stops import ReplayStopped
from app.replay.wishes import check_pace, check_url


async def replay(
    file: Path,
    number: int,
    url: str,
    email: str,
    password: str,
    out: Path,
    pace: float = 0.0,
    watch: Watch | None = None,
) -> None:
    """Plays session `number` of the file on the server at `url`; the three reports are in `out` afterwards.

    Raises ReplayStopped, and makes nothing when the file can't be played.
    """
    session = read_session(file, number)
    check_url(url)
    check_pace(pace)
    plans = _plan(session)
    _make_ready(out)
    moderator = Moderator(Browser(url, session.language, watch), pace)
    people = [Participant(Browser(url, session.language, watch), pace) for _ in session.people]
    try:
        await moderator.sign_in(email, password)
        await _play(session, plans, moderator, people)
        await moderator.take_home(out)
    finally:
        await asyncio.gather(moderator.browser.close(), *(person.leave() for person in people))


def _make_ready(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReplayStopped(f"{out} can't be made: {error.strerror}.") from error
    if not os.access(out, os.W_OK):
        raise ReplayStopped(f"{out} can't be written in.")


def _plan(session: PrintedSession) -> list[QuestionPlan]:
    """Raises ReplayStopped where somebody would have to write more than anybody may."""
    people = len(session.people)
    plans = [plan_question(question, people, turn) for turn, question in enumerate(session.questions)]
    for number, plan in enumerate(plans, 1):
        if plan.most_statements > LARGEST_MOST_STATEMENTS:
            count = sum(len(written) for written in plan.statements)
            raise ReplayStopped(
                f"Question {number} has {count} statements for {people} participants, "
                f"and each may write {LARGEST_MOST_STATEMENTS} at most: name more participants."
            )
    return plans


async def _play(
    session: PrintedSession, plans: Sequence[QuestionPlan], moderator: Moderator, people: Sequence[Participant]
) -> None:
    await moderator.prepare(session, plans)
    code = await moderator.open_session()
    async with _live(moderator):
        await asyncio.gather(*(person.join(code) for person in people))
        for number, (question, plan) in enumerate(zip(session.questions, plans, strict=True)):
            await _play_question(number, question, plan, moderator, people)
            following = number + 1
            if following < len(plans) and session.questions[following].is_follow_up:
                await moderator.queue_follow_up(session.questions[following], plans[following])
        await moderator.list_attendees(session.people)
        await moderator.end()
        await asyncio.gather(*(person.see("ended") for person in people))


async def _play_question(
    number: int, question: PrintedQuestion, plan: QuestionPlan, moderator: Moderator, people: Sequence[Participant]
) -> None:
    id = await moderator.begin_question()
    names = [theme.name for theme in question.themes]
    await asyncio.gather(
        *(person.write(id, statements, names) for person, statements in zip(people, plan.statements, strict=True))
    )
    await moderator.go_on_to("cluster")
    await moderator.order_board(number, question)
    if question.points:
        await moderator.go_on_to("vote")
        await asyncio.gather(*(person.vote(id, ballot) for person, ballot in zip(people, plan.ballots, strict=True)))
    await moderator.go_on_to("result")
    await asyncio.gather(*(person.see("result", id) for person in people))


@asynccontextmanager
async def _live(moderator: Moderator) -> AsyncIterator[None]:
    """The control room keeps its socket open, as any page does."""
    async with Live(moderator.browser, await moderator.browser.open(moderator.room.page.address)):
        yield
