"""Leading the group on: from phase to phase, back again, and the timer."""

from __future__ import annotations

import secrets
import time
from collections.abc import Awaitable, Callable, Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands import proposals, releases
from app.commands.mixing import OpenBatches
from app.commands.outcome import Outcome
from app.commands.pages import Page, check_open, question_on
from app.commands.terms import agreed_terms
from app.domain import anonymity, figures, tally
from app.domain.ballots import VoteTerms, check_spendable
from app.domain.events import BigScreenChanged, Event, PhaseChanged, TimerChanged
from app.domain.phases import Phase, next_phase, previous_phase
from app.domain.refusals import ConfirmationNeeded, Reason, Refusal
from app.domain.timer import Timer
from app.domain.turns import next_in_turn
from app.domain.verification import hashes_to_tell, tells_ballots
from app.store import ballots, questions, themes
from app.store import statements as stored
from app.store.tables import Ballot, ModerationSession, Question, Round, RoundTheme


async def advance(
    db: AsyncSession,
    session: ModerationSession,
    page: Page,
    confirmed: str,
    batches: OpenBatches,
    agreed: VoteTerms | Refusal | None = None,
    connected: int | None = None,
    typing: int = 0,
) -> Outcome:
    """The next step: the next phase, or the first phase of the next question.

    Late statements and the last proposals come in before a vote starts, which then waits for one more press.
    Raises Refusal for a stale page (so that a double click skips nothing), ConfirmationNeeded before a vote starts:
    `agreed` is then the answer, and before collecting closes on those who are `typing`, of whom the web tells how many.
    `connected` is how many participants are here: points are advised for them, and the close of a vote writes it
    beside its ballots.
    """

    async def start_vote(on: Question) -> None:
        await _open_round(db, on, await agreed_terms(db, on, confirmed, agreed, connected))

    if page.question_id is None:
        return await _begin_next_question(db, session, None, page, batches, start_vote)
    question = await question_on(db, session, page)
    if question.phase == Phase.COLLECT and typing and not confirmed:
        raise ConfirmationNeeded(_asked_while_typing(question), typing)
    following = next_phase(Phase(question.phase), questions.phases_of(question))
    if following is None:
        return await _begin_next_question(db, session, question, page, batches, start_vote)
    if question.phase == Phase.CLUSTER:
        late = await releases.release(db, question, batches)
        proposed = await proposals.show_last(db, question, batches)
        if late or proposed:
            return Outcome([*late, *proposed], {"late": len(late[0].statements) if late else 0})
    if following == Phase.VOTE:
        await start_vote(question)
    events: Sequence[Event] = []
    if question.phase == Phase.COLLECT:
        events = await close_collecting(db, session, question, batches)
    if question.phase == Phase.CLUSTER:
        await proposals.forget_last(db, page.question_id, batches)
    if question.phase == Phase.VOTE:
        await _close_round(db, question, connected)
    enter(question, following)
    return Outcome([*events, PhaseChanged(page.question_id)], wipes_order=True)


def _asked_while_typing(question: Question) -> str:
    """Which question closing asks: what is being typed can be sent all through the cluster phase, or for a minute."""
    return "still_typing" if Phase.CLUSTER in questions.phases_of(question) else "still_typing_last_minute"


def enter(question: Question, phase: Phase) -> None:
    """The question goes into a phase, with the timer that was planned for it."""
    question.phase = phase
    minutes = question.minutes.get(phase)
    question.timer_seconds = minutes * 60 if minutes else None
    question.timer_started_at = int(time.time()) if minutes else None
    question.accepts_statements = True


async def _begin_next_question(
    db: AsyncSession,
    session: ModerationSession,
    done: Question | None,
    page: Page,
    batches: OpenBatches,
    start_vote: Callable[[Question], Awaitable[None]],
) -> Outcome:
    check_open(session)
    if session.current_question_id != page.question_id:
        raise Refusal(Reason.PAGE_IS_STALE)
    behind = next_in_turn(await questions.of_session(db, int(session.id or 0)))
    if behind is None:
        raise Refusal(Reason.AGENDA_IS_EMPTY)
    first = next_phase(Phase.WAITING, questions.phases_of(behind)) or Phase.COLLECT
    if first == Phase.VOTE:
        # Before anything is released: it may ask for a confirmation, and then nothing has happened.
        await start_vote(behind)
    events = await releases.release(db, done, batches) if done is not None else []
    enter(behind, first)
    session.current_question_id = behind.id
    # Where people put themselves on the attendance list as they came in, the first question ends that.
    return Outcome([*events, PhaseChanged(int(behind.id or 0))], wipes_order=session.attendance_open)


async def close_collecting(
    db: AsyncSession, session: ModerationSession, question: Question, batches: OpenBatches
) -> Sequence[Event]:
    """Everything waiting is shown, and the order of arrival disappears.

    Collecting that was closed before holds a batch of one or two back: closing and reopening again and again would
    otherwise show each statement by itself.
    """
    events: Sequence[Event] = []
    enough = anonymity.may_release(batches.participants(int(question.id or 0)))
    is_mixed = anonymity.is_mixed(session.mixing, question.statements_on_phones, is_collecting=True)
    if is_mixed and question.collecting_closed_at is not None and not enough:
        await releases.hold(db, question)
    else:
        events = await releases.release(db, question, batches)
    await releases.shuffle(db, int(question.id or 0))
    question.collecting_closed_at = int(time.time())
    return events


async def _open_round(db: AsyncSession, question: Question, terms: VoteTerms) -> None:
    """A vote from zero over the themes as they stand; their order is frozen for ties. Raises Refusal without themes."""
    themes_now = await themes.of_question(db, int(question.id or 0))
    if not themes_now:
        raise Refusal(Reason.NO_THEMES_TO_VOTE_ON)
    last = await questions.last_round(db, int(question.id or 0))
    vote = Round(
        question_id=int(question.id or 0),
        number=last.number + 1 if last else 1,
        budget=terms.budget,
        limit_per_theme=terms.limit_per_theme,
        verifiable=terms.verifiable,
    )
    db.add(vote)
    await db.flush()
    check_spendable(terms.budget, terms.limit_per_theme, len(themes_now))
    for order, theme in enumerate(themes_now):
        db.add(
            RoundTheme(
                round_id=int(vote.id or 0),
                theme_id=int(theme.id or 0),
                tie_order=order,
                letter=theme.letter,
                name=theme.name,
            )
        )
    await db.flush()


async def _close_round(db: AsyncSession, question: Question, connected: int | None) -> None:
    """Count, and cut the last thread between ballots and seats: their keys and revisions become random."""
    vote = await questions.last_round(db, int(question.id or 0))
    if vote is None:
        raise Refusal(Reason.VOTE_NOT_OPEN)
    given = await ballots.of_round(db, int(vote.id or 0))
    voted = list(await questions.themes_of_round(db, int(vote.id or 0)))
    cast = [{int(theme): points for theme, points in ballot.points.items()} for ballot in given]
    hashes = [ballot.secret_hash for ballot in given]
    counted = tally.count(cast, [theme.theme_id for theme in voted])
    vote.closed, vote.ballots, vote.connected = True, counted.ballots if counted else None, connected
    await ballots.wipe(db, int(vote.id or 0))
    if counted is None:
        return
    closing = figures.closing_figures(cast, counted)
    vote.stable = closing.stable
    for theme in voted:
        theme.points, theme.givers = counted.points[theme.theme_id], counted.givers[theme.theme_id]
        theme.spread = closing.spread[theme.theme_id]
    await _write_anew(db, vote, list(zip(cast, hashes, strict=True)))


async def _write_anew(db: AsyncSession, vote: Round, cast: Sequence[tuple[dict[int, int], str | None]]) -> None:
    """The ballots (points by theme, hash of the secret) of a vote that was counted, under keys that are nobody's."""
    # Where no ballots are told, a hash would let whoever reads the file and a phone say who gave this one.
    hashes = hashes_to_tell(cast) if tells_ballots(vote.verifiable, vote.ballots) else [None] * len(cast)
    kept = [(points, secret_hash) for (points, _), secret_hash in zip(cast, hashes, strict=True)]
    for points, secret_hash in releases.CHANCE.sample(kept, len(kept)):
        db.add(
            Ballot(
                round_id=int(vote.id or 0),
                voter_key=secrets.token_hex(32),
                revision=secrets.randbelow(2**31),
                points={str(theme): number for theme, number in points.items()},
                secret_hash=secret_hash,
            )
        )
    await db.flush()


async def go_back(
    db: AsyncSession, session: ModerationSession, page: Page, confirmed: str, batches: OpenBatches
) -> Outcome:
    """One phase back. Out of an open vote its ballots are dropped, which ConfirmationNeeded says first."""
    question = await question_on(db, session, page)
    back = previous_phase(Phase(question.phase), questions.phases_of(question))
    if back is None:
        raise Refusal(Reason.NOT_IN_THIS_PHASE)
    if question.phase == Phase.VOTE:
        if confirmed != "drop_votes":
            raise ConfirmationNeeded("drop_votes", await voters(db, question))
        await drop_open_round(db, question)
    if question.phase == Phase.RESULT:
        await releases.release(db, question, batches)
    wipes_order = question.phase == Phase.VOTE
    enter(question, back)
    return Outcome([PhaseChanged(int(question.id or 0))], wipes_order=wipes_order)


async def voters(db: AsyncSession, question: Question) -> int:
    """How many have given a point in the last vote on a question."""
    vote = await questions.last_round(db, int(question.id or 0))
    given = await ballots.of_round(db, int(vote.id or 0)) if vote else []
    return sum(1 for ballot in given if tally.has_voted(ballot.points))


async def drop_open_round(db: AsyncSession, question: Question) -> None:
    """A vote that was not closed goes with its ballots, as if it had never been opened."""
    vote = await questions.last_round(db, int(question.id or 0))
    if vote is not None and not vote.closed:
        await db.delete(vote)


async def vote_again(
    db: AsyncSession, session: ModerationSession, page: Page, batches: OpenBatches, confirmed: str = ""
) -> Outcome:
    """A new round from zero on the same themes and the same terms; the closed one stays as it was.

    Raises ConfirmationNeeded where a tally stands, since from then on the new vote is what all screens show.
    """
    question = await question_on(db, session, page)
    if question.phase != Phase.RESULT or Phase.VOTE not in questions.phases_of(question):
        raise Refusal(Reason.NOT_IN_THIS_PHASE)
    last = await questions.last_round(db, int(question.id or 0))
    if last is None:
        raise Refusal(Reason.NOT_IN_THIS_PHASE)
    if last.ballots is not None and confirmed != "vote_again":
        raise ConfirmationNeeded("vote_again", last.ballots)
    await _open_round(db, question, VoteTerms(last.budget, last.limit_per_theme, last.verifiable))
    enter(question, Phase.VOTE)
    return Outcome([PhaseChanged(int(question.id or 0))])


async def set_timer(
    db: AsyncSession, session: ModerationSession, page: Page, act: str, batches: OpenBatches
) -> Outcome:
    """`start` (or resume), `pause`, or `add` a minute."""
    question = await question_on(db, session, page)
    timer = questions.timer_of(question)
    acts = {"start": timer.start, "resume": timer.start, "pause": timer.pause, "add": timer.add_minute}
    if act not in acts:
        raise Refusal(Reason.INPUT_MALFORMED)
    after: Timer = acts[act](time.time())
    question.timer_seconds = after.seconds
    question.timer_started_at = int(after.started_at) if after.started_at is not None else None
    return Outcome([TimerChanged(int(question.id or 0))])


async def show_on_big_screen(
    db: AsyncSession, session: ModerationSession, page: Page, shown: bool, batches: OpenBatches
) -> Outcome:
    """Whether the big screen shows statements while they are collected."""
    question = await question_on(db, session, page)
    question.statements_on_big_screen = shown
    return Outcome([BigScreenChanged(int(question.id or 0))])


async def accept_statements(
    db: AsyncSession, session: ModerationSession, page: Page, accepted: bool, batches: OpenBatches
) -> Outcome:
    """Whether collecting takes new statements; off, only what was already typed comes in, as in the cluster phase."""
    question = await question_on(db, session, page)
    if question.phase != Phase.COLLECT:
        raise Refusal(Reason.NOT_IN_THIS_PHASE)
    question.accepts_statements = accepted
    return Outcome([PhaseChanged(int(question.id or 0))])


async def release_past_late_time(
    db: AsyncSession, session: ModerationSession, question_id: int, batches: OpenBatches
) -> Outcome:
    """The minute for late statements is over where no cluster phase follows: what waits comes in."""
    question = await questions.by_id(db, int(session.id or 0), question_id)
    if question is None or not (await stored.counts(db, question_id)).waiting:
        return Outcome()
    return Outcome(await releases.release(db, question, batches), wipes_order=True)
