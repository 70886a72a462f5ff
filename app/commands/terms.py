"""The terms of a vote: what a moderator reads and agrees to before it starts."""

from __future__ import annotations

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.advisor import Proposal, advise, check_terms
from app.domain.alike import look_alikes
from app.domain.ballots import VoteTerms
from app.domain.phases import Phase
from app.domain.refusals import ConfirmationNeeded, Reason, Refusal
from app.store import people, themes
from app.store.tables import Question

CONFIRMED = "start_vote"


async def agreed_terms(
    db: AsyncSession, question: Question, confirmed: str, agreed: VoteTerms | Refusal | None, connected: int | None
) -> VoteTerms:
    """The points of the vote that is about to open.

    `agreed` is what stood in the fields (a Refusal where they could not be read); None takes the question's own
    settings, and the advised points where those are automatic. Raises ConfirmationNeeded until a person has agreed.
    """
    names = [theme.name for theme in await themes.of_question(db, int(question.id or 0))]
    if not names:
        raise Refusal(Reason.NO_THEMES_TO_VOTE_ON)
    present = connected or await people.seats(db, question.session_id)
    proposal = propose(question, names, present)
    loose = len((await themes.board(db, int(question.id or 0))).under(None))
    if confirmed != CONFIRMED:
        raise ConfirmationNeeded(CONFIRMED, loose, proposal)
    if agreed is None:
        agreed = VoteTerms(proposal.terms.budget, question.limit_per_theme, question.verifiable)
    try:
        if isinstance(agreed, Refusal):
            raise agreed
        return check_terms(agreed, len(names))
    except Refusal as refused:
        raise ConfirmationNeeded(CONFIRMED, loose, proposal.again(refused)) from None


def propose(question: Question, names: list[str], participants: int) -> Proposal:
    """The moderator's own settings where there are any, otherwise the advice."""
    advice = advise(len(names), participants)
    own = question.budget is not None
    budget = question.budget or advice.terms.budget
    limit = question.limit_per_theme if own or question.limit_per_theme else advice.terms.limit_per_theme
    terms = VoteTerms(budget, limit, question.verifiable)
    return Proposal(terms, own, advice, look_alikes(names), on_board=question.phase == Phase.CLUSTER)
